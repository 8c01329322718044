using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Edge.Tests.Lists;

/// <summary>One list of the product, asked as a page would ask it.</summary>
/// <param name="Ask">Answers the cursor of the next page.</param>
public sealed record AnyList(string Name, Func<object, PageAsk, Task<string?>> Ask)
{
    public override string ToString() => Name;
}

/// <summary>Every list there is, with each thing that it is narrowed to, and each order.</summary>
internal static class AllLists
{
    private static CancellationToken Ever => CancellationToken.None;

    public static IEnumerable<AnyList> All => [.. Tickets, .. Handoffs, .. Others];

    private static IEnumerable<AnyList> Tickets
    {
        get
        {
            (string Name, TicketFilter Filter)[] narrowed =
            [
                ("", new()),
                ("status=check", new(Status: TicketStatus.Check)),
                ("waitingFor=me", new(WaitsFor: WaitsFor.Me)),
                ("waitingFor=partner", new(WaitsFor: WaitsFor.Partner)),
                ("overTime=true", new(OverTime: true)),
                ("assignee=Tom", new(Assignee: "Tom")),
                ("assignee=Rita, who has few", new(Assignee: "Rita")),
                ("assignee=none", new(Assignee: TicketFilter.Nobody)),
                ("priority=urgent", new(Priority: Priority.Urgent)),
                ("category=pumps", new(Category: "pumps")),
                ("category=boats, of which there are few", new(Category: "boats")),
                ("status=with_partner&assignee=Tom&priority=normal", new(Status: TicketStatus.WithPartner, Assignee: "Tom", Priority: Priority.Normal)),
                ("waitingFor=me&assignee=Rita", new(WaitsFor: WaitsFor.Me, Assignee: "Rita")),
                ("waitingFor=partner&overTime=true", new(WaitsFor: WaitsFor.Partner, OverTime: true)),
            ];
            foreach (var (name, filter) in narrowed)
            {
                foreach (var sort in Enum.GetValues<TicketSort>())
                {
                    var query = string.Join('&', new[] { name, sort == TicketSort.Number ? "" : $"sort={sort.Word()}" }.Where(p => p.Length > 0));
                    yield return Of($"/tickets{(query.Length > 0 ? "?" : "")}{query}", async (c, page) => (await c.World.Get<TicketViews>().List(c.Ada, filter with { Sort = sort }, page, Ever)).Next);
                }
            }

            (string Name, Func<Crowd, TicketFilter> Filter)[] own =
            [
                ("field.site=hall 1", c => new(Fields: [new(c.Site, "hall 1")])),
                ("field.site=annex, where few are", c => new(Fields: [new(c.Site, "annex")])),
                ("field.visit.from=2026-01-01&field.visit.to=2026-12-31, when few are", c => new(Fields: [new(c.Visit, null, "2026-01-01", "2026-12-31")])),
                ("field.visit.from=2030-01-01", c => new(Fields: [new(c.Visit, null, "2030-01-01")])),
                ("field.site=hall 2&field.visit=2026-01-01", c => new(Fields: [new(c.Site, "hall 2"), new(c.Visit, "2026-01-01")])),
                ("status=check&field.site=hall 1", c => new(Status: TicketStatus.Check, Fields: [new(c.Site, "hall 1")])),
            ];
            foreach (var (name, filter) in own)
            {
                foreach (var sort in Enum.GetValues<TicketSort>())
                {
                    yield return Of($"/tickets?{name}{(sort == TicketSort.Number ? "" : $"&sort={sort.Word()}")}", async (c, page) => (await c.World.Get<TicketViews>().List(c.Ada, filter(c) with { Sort = sort }, page, Ever)).Next);
                }
            }

            yield return Of("/tickets/count?waitingFor=partner", async (c, _) => Nothing(await c.World.Get<TicketViews>().Count(c.Ada, new TicketFilter(WaitsFor: WaitsFor.Partner), Ever)));
            yield return Of("/tickets/count?status=check&assignee=Tom", async (c, _) => Nothing(await c.World.Get<TicketViews>().Count(c.Ada, new TicketFilter(TicketStatus.Check, Assignee: "Tom"), Ever)));
        }
    }

    private static IEnumerable<AnyList> Handoffs =>
        from side in (Side?[])[null, Side.Placer, Side.Fulfiller]
        from state in (HandoffState?[])[null, HandoffState.Resolved]
        from whom in (WaitsFor?[])[null, WaitsFor.Me, WaitsFor.Partner]
        from late in (bool[])[false, true]
        where state is null || (whom is null && !late)
        let parts = new[]
        {
            side is { } s ? $"direction={(s == Side.Placer ? "out" : "in")}" : "", state is { } at ? $"state={at.Word()}" : "", whom is { } w ? $"waitingFor={w.Word()}" : "", late ? "overTime=true" : "",
        }
        let query = string.Join('&', parts.Where(p => p.Length > 0))
        select Of($"/handoffs{(query.Length > 0 ? "?" : "")}{query}", async (c, page) => (await c.World.Get<HandoffViews>().List(c.Bob, new HandoffFilter(side, state, whom, late), page, Ever)).Next);

    private static IEnumerable<AnyList> Others =>
    [
        Of("/handoffs/{id}/entries", async (c, page) => (await c.World.Get<HandoffViews>().Entries(c.Ada, c.First, page, raw: false, Ever))!.Next),
        Of("/handoffs/{id}/comments", async (c, page) => (await c.World.Get<ConversationViews>().OfHandoff(c.Ada, c.First, page, Ever))!.Next),
        Of("/handoffs/{id}/comments, without a ticket", async (c, page) => (await c.World.Get<HandoffViews>().Said(c.Ada, c.First, page, Ever))!.Next),
        Of("/tickets/{id}/comments", async (c, page) => (await c.World.Get<ConversationViews>().OfTicket(c.Ada, c.Ticket, page, Ever))!.Next),
        Of("/tickets/{id}/files", async (c, page) => (await c.World.Get<FileViews>().List(c.Ada, c.Ticket, page, Ever))!.Next),
        Of("/events", async (c, page) => Nothing(await c.World.Get<EventViews>().List(c.Ada, page.After is null ? 0 : 5000, page.Limit, Ever), next: new Cursor(0, default))),
        Of("/parked", async (c, page) => (await c.World.Get<ParkedViews>().List(c.Bob, null, page, Ever)).Next),
        Of("/parked?cause=...", async (c, page) => (await c.World.Get<ParkedViews>().List(c.Bob, "no mapping", page, Ever)).Next),
        Of("/links", async (c, page) => (await c.World.Get<LinkViews>().List(c.Ada, null, page, Ever)).Next),
        Of("/links?state=active", async (c, page) => (await c.World.Get<LinkViews>().List(c.Ada, LinkState.Active, page, Ever)).Next),
        Of("/keys", async (c, page) => (await c.World.Get<AccountViews>().Keys(c.Ada, page, Ever)).Next),
        Of("/routes", async (c, page) => (await c.World.Get<RouteViews>().List(c.Ada, page, Ever)).Next),
    ];

    private static AnyList Of(string name, Func<Crowd, PageAsk, Task<string?>> ask) => new(name, (crowd, page) => ask((Crowd)crowd, page));

    /// <summary>What has no page after it, or none with a cursor of the usual kind.</summary>
    private static string? Nothing(object _, Cursor? next = null) => next?.ToString();
}
