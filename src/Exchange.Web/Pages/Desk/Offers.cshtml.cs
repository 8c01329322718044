using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>What was offered to us and by us, and what came to nothing.</summary>
[Sees(Roles.Any)]
public sealed class OffersModel(HandoffViews handoffs, LostOfferViews lost, LinkViews links) : DeskPage
{
    /// <summary>The form that stands open: accept, decline, counter, recall or reroute.</summary>
    [BindProperty(SupportsGet = true, Name = "open")]
    public string? Opened { get; set; }

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid? Id { get; set; }

    /// <summary>The version that was looked at.</summary>
    [BindProperty(Name = "version")]
    public long? Version { get; set; }

    [BindProperty(Name = "reason")]
    public string? Reason { get; set; }

    [BindProperty(Name = "text")]
    public string? Text { get; set; }

    [BindProperty(Name = "until")]
    public string? Until { get; set; }

    [BindProperty(Name = "amount")]
    public string? Amount { get; set; }

    [BindProperty(Name = "currency")]
    public string? Currency { get; set; }

    [BindProperty(Name = "scope")]
    public string? Scope { get; set; }

    [BindProperty(Name = "over")]
    public Guid? Over { get; set; }

    [BindProperty(Name = "contact")]
    public bool Contact { get; set; }

    [BindProperty(Name = "asset")]
    public bool Asset { get; set; }

    /// <summary>The first that runs out stands first.</summary>
    public IReadOnlyList<HandoffView> Incoming { get; private set; } = [];

    public IReadOnlyList<HandoffView> Outgoing { get; private set; } = [];

    public IReadOnlyList<LostOffer> Lost { get; private set; } = [];

    /// <summary>Over which links a ticket may go.</summary>
    public IReadOnlyList<LinkView> Open { get; private set; } = [];

    public static IReadOnlyCollection<string> DeclineReasons => Words<DeclineReason>.All;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetInAsync()
    {
        await Load();
        return Partial("_OffersIn", this);
    }

    public async Task<IActionResult> OnGetOutAsync()
    {
        await Load();
        return Partial("_OffersOut", this);
    }

    public Task<IActionResult> OnPostAcceptAsync() => Timed("accept", until => new AcceptHandoff(Handoff, until, Version), h => T["Accepted as {0}. {1} has the number.", h.Fulfiller.TicketNumber, h.Placer.Account.Name]);

    public Task<IActionResult> OnPostDeclineAsync() => Carry("decline", new DeclineHandoff(Handoff, Reason, Entered.Text(Text), Version), h => T["Declined. {0} knows the reason.", h.Placer.Account.Name]);

    public Task<IActionResult> OnPostCounterAsync()
    {
        var price = Entered.Text(Amount) is null ? null : new Money(Entered.Number(Amount), Currency?.Trim().ToUpperInvariant());
        return price is { Amount: null }
            ? Refused("counter", T["This is not an amount. Write it like 160 or 160.50."])
            : Timed("counter", until => new CounterHandoff(Handoff, until, price, Entered.Text(Scope), Entered.Text(Text), Version), h => T["Sent. {0} decides now.", h.Placer.Account.Name]);
    }

    public Task<IActionResult> OnPostRecallAsync() => Carry("recall", new RecallHandoff(Handoff, Entered.Text(Reason), null, Version), h => T["Taken back from {0}.", h.Fulfiller.Account.Name]);

    public Task<IActionResult> OnPostTakeAsync() => Carry("take", new AcceptCounter(Handoff, Version), h => T["Agreed with {0}.", h.Fulfiller.Account.Name]);

    public Task<IActionResult> OnPostKeepAsync() => Carry("keep", new RejectCounter(Handoff, Version), h => T["The first offer stands. {0} decides again.", h.Fulfiller.Account.Name]);

    public Task<IActionResult> OnPostRerouteAsync() => Carry(
        "reroute",
        new RerouteHandoff(Handoff, Over is { } link ? new LinkId(link) : null, Entered.Text(Text), new ShareAsk(Contact, Asset, null, null, []), Version),
        h => T["Offered to {0}.", h.Fulfiller.Account.Name]);

    public bool IsOpen(HandoffView handoff, string form) => Id == handoff.Id.Value && Opened == form;

    public bool Can<TAsk>(HandoffView handoff, string command) => handoff.Allowed.Contains(command, StringComparer.Ordinal) && May<TAsk>();

    /// <summary>A counter-offer in a line.</summary>
    public string Said(CounterData counter) => string.Join(" · ", ((string?[])
    [
        counter.Price is { } price ? $"{price.Amount:0.##} {price.Currency}" : null,
        counter.ResolveBy is { } by ? T["solved by {0}", Show.When(by)] : null,
        counter.Scope,
        counter.Text,
    ]).OfType<string>());

    private HandoffId Handoff => new(Id ?? Guid.Empty);

    private Task<IActionResult> Timed<TAsk>(string form, Func<DateTimeOffset?, TAsk> ask, Func<HandoffView, string> done)
        where TAsk : IAsk<HandoffId>
    {
        var until = Entered.Time(Until, At.Zone);
        return until is null && Entered.Text(Until) is not null
            ? Refused(form, T["This is not a time. Write it like 2026-03-31T14:30."])
            : Carry(form, ask(until), done);
    }

    private async Task<IActionResult> Carry<TAsk>(string form, TAsk ask, Func<HandoffView, string> done)
        where TAsk : IAsk<HandoffId>
    {
        var outcome = await Ask<TAsk, HandoffId>(ask);
        if (!outcome.Ok)
        {
            Opened = form;
            await Load();
            return Page();
        }

        Toast = await handoffs.One(Me, outcome.Value, Gone) is { } now ? done(now) : null;
        return Redirect(At.Path("offers"));
    }

    private async Task<IActionResult> Refused(string form, string why)
    {
        Say(why);
        Response.StatusCode = 400;
        Opened = form;
        await Load();
        return Page();
    }

    private async Task Load()
    {
        var all = new PageAsk(PageAsk.MaxLimit, null);
        Incoming = [.. (await handoffs.List(Me, new HandoffFilter(Side.Fulfiller, HandoffState.Offered), all, Gone)).Items.OrderBy(h => h.Clocks.AcceptBy ?? DateTimeOffset.MaxValue).ThenBy(h => h.OfferedAt)];
        Outgoing = [.. (await handoffs.List(Me, new HandoffFilter(Side.Placer, HandoffState.Offered), all, Gone)).Items
            .OrderBy(h => h.Counter is null).ThenBy(h => h.Clocks.AcceptBy ?? DateTimeOffset.MaxValue).ThenBy(h => h.OfferedAt)];
        Lost = await lost.List(Me, Gone);
        Open = Opened != "reroute" ? [] : [.. (await links.List(Me, LinkState.Active, all, Gone)).Items.Where(l => l.Terms.Allows(inviterPlaces: l.Role == "inviter"))];
    }
}
