using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>Tickets that wait for the same.</summary>
/// <param name="Id">Of its heading.</param>
/// <param name="Count">As it is shown.</param>
/// <param name="All">Where all of them are.</param>
/// <param name="Empty">What is said where there are none.</param>
public sealed record Pile(string Id, string Title, string Count, IReadOnlyList<TicketRow> Rows, string All, string AllText, string Empty);

/// <param name="First">The offer whose time runs out first; null where none has a time.</param>
public sealed record NewOffers(string Count, int Number, HandoffView? First);

/// <param name="Links">How many links there are.</param>
/// <param name="UpToDate">How many of them have brought everything over.</param>
/// <param name="Parked">How many handoffs are stuck at one's own desk.</param>
public sealed record HealthLine(int Links, int UpToDate, int Parked);

[Sees(Roles.Any)]
public sealed class HomeModel(TicketRows rows, HandoffViews handoffs, HealthViews health) : DeskPage
{
    private const int Shown = 7;
    private const int Counted = 50;

    /// <summary>What has waited for less is on its way.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    public string Greeting => T[Show.Local(Show.Now).Hour switch { < 5 => "Good evening, {0}", < 12 => "Good morning, {0}", < 18 => "Good afternoon, {0}", _ => "Good evening, {0}" }, At.In.MemberName.Split(' ')[0]];

    public TicketsSince Today { get; private set; } = new(0, 0);

    public int OverTime { get; private set; }

    public NewOffers? Offers { get; private set; }

    public IReadOnlyList<Pile> Piles { get; private set; } = [];

    public HealthLine Health { get; private set; } = new(0, 0, 0);

    public async Task<IActionResult> OnGetAsync()
    {
        await Load();
        return Page();
    }

    /// <summary>What changes by itself.</summary>
    public async Task<IActionResult> OnGetLiveAsync()
    {
        await Load();
        return Partial("_HomeLive", this);
    }

    public static string Capped(int count) => count > Counted ? $"{Counted}+" : $"{count}";

    private async Task Load()
    {
        var zone = Show.Local(Show.Now);
        Today = await rows.Since(Me, zone - zone.TimeOfDay, Gone);
        OverTime = await rows.Count(Me, (TicketQuery.Nothing with { Over = true }).Filter(At.In.MemberName), Counted + 1, Gone);
        Offers = await WaitingOffers();
        Piles = [await Mine(), await Company(), await Partners()];
        Health = Line(await health.Of(Me, Gone));
    }

    private async Task<NewOffers?> WaitingOffers()
    {
        var offers = (await handoffs.List(Me, new HandoffFilter(Side.Fulfiller, HandoffState.Offered), new PageAsk(Counted + 1, null), Gone)).Items;
        return offers.Count == 0 ? null : new NewOffers(Capped(offers.Count), offers.Count, offers.Where(o => o.DueAt is not null).MinBy(o => o.DueAt));
    }

    private async Task<Pile> Mine()
    {
        var query = TicketQuery.Nothing with { Ball = "us", Assignee = TicketQuery.Me };
        var (found, count) = await Look(query, Shown, words: true);
        return new Pile("h-me", T["Waits for me"], Capped(count), found, To(query), T.Count("All {0} that wait for me", count, Capped(count)), T["Nothing waits for you."]);
    }

    /// <summary>What waits for the company and is not one's own: that stands in the pile beside it.</summary>
    private async Task<Pile> Company()
    {
        var query = TicketQuery.Nothing with { Ball = "us" };
        var (found, count) = await Look(query, Counted, words: false);
        var others = found.Where(r => r.Ticket.Assignee != At.In.MemberName).Take(Shown).ToList();
        var number = count > Counted ? count : found.Count(r => r.Ticket.Assignee != At.In.MemberName);
        return new Pile("h-co", T["Waits for {0}", At.In.Name], Capped(number), others, To(query), T["All that wait for {0}", At.In.Name], T["Nothing waits for the others at {0}.", At.In.Name]);
    }

    private async Task<Pile> Partners()
    {
        var query = TicketQuery.Nothing with { Ball = "partner" };
        var (found, count) = await Look(query, Shown, words: false);
        return new Pile("h-pa", T["Waits for partners"], Capped(count), found, To(query), T.Count("All {0} with partners", count, Capped(count)), T["Nothing is with a partner. Hand a ticket over, and it stands here until they are done."]);
    }

    private async Task<(IReadOnlyList<TicketRow> Found, int Count)> Look(TicketQuery query, int most, bool words)
    {
        var filter = query.Filter(At.In.MemberName);
        var page = await rows.List(Me, filter, new PageAsk(most, null), words, Gone);
        return (page.Items, page.Next is null ? page.Items.Count : await rows.Count(Me, filter, Counted + 1, Gone));
    }

    private string To(TicketQuery query) => At.Path($"tickets?{query}");

    private HealthLine Line(HealthView view) => new(
        view.Links.Count,
        view.Links.Count(l => l.Parked == 0 && (l.Oldest is not { } oldest || Show.Now - oldest < OnItsWay)),
        view.Desk.Parked);
}
