using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>One chain, drawn as far as it is shown to us.</summary>
[Sees(Roles.Any)]
public sealed class ChainModel(ChainViews chains, HandoffViews handoffs) : DeskPage
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    public HandoffView Handoff { get; private set; } = null!;

    public IReadOnlyList<RelayRow> Rows { get; private set; } = [];

    public IReadOnlyList<(string X, string Words)> Axis { get; private set; } = [];

    /// <summary>Who has the ball, and since when: one sentence each.</summary>
    public IReadOnlyList<IHtmlContent> Ball { get; private set; } = [];

    /// <summary>The number of one's own ticket.</summary>
    public string? Number => Handoff.Direction == "out" ? Handoff.Placer.TicketNumber : Handoff.Fulfiller.TicketNumber;

    /// <summary>The own partner through whom the holder is reached; null where it is that partner, or oneself.</summary>
    public string? Through { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : NotFound();

    public async Task<IActionResult> OnGetRelayAsync() => await Load() ? Partial("_Relay", this) : NotFound();

    private async Task<bool> Load()
    {
        var id = new HandoffId(Id);
        if (await handoffs.One(Me, id, Gone) is not { } handoff || await chains.Of(Me, id, Gone) is not { } chain)
        {
            return false;
        }

        Handoff = handoff;
        var own = (await handoffs.Some(Me, [.. Ids(chain.Top)], Gone)).ToDictionary(h => h.Id.Value);
        var drawing = new ChainDrawing(T, Show, At.In.Name, own);
        Rows = drawing.Draw(chain);
        Axis = drawing.Axis();
        Ball = [.. chain.Ball.Select(Said)];
        var partners = own.Values.SelectMany(h => (string[])[h.Placer.Account.Name, h.Fulfiller.Account.Name]).ToHashSet(StringComparer.Ordinal);
        Through = chain.Ball.Any(b => b.Who is null || (b.Who != "you" && !partners.Contains(b.Who))) && handoff.Direction == "out" ? handoff.Fulfiller.Account.Name : null;
        return true;
    }

    private IHtmlContent Said(HolderView holder)
    {
        var why = T[$"why:{holder.Why.Split(':')[0]}"];
        var since = holder.Since is { } s ? Show.Span(Show.Now - s) : "";
        return holder.Who switch
        {
            null => T.Strong("The ball is **further down**, with a company that is not shown to you: {0}.", why),
            "you" => T.Strong("The ball is with **you**, for {0}: {1}.", since, why),
            var alias when holder.Account is null => T.Strong("The ball is with **{0}**, for {1}: {2}.", T["Partner {0}", alias[(alias.LastIndexOf(' ') + 1)..]], since, why),
            var name => T.Strong("The ball is with **{0}**, for {1}: {2}.", name, since, why),
        };
    }

    private static IEnumerable<HandoffId> Ids(HopView hop) => (hop.Id is { } id ? [id] : Enumerable.Empty<HandoffId>()).Concat(hop.Children.SelectMany(Ids));
}
