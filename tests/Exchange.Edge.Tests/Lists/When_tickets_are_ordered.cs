using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Data;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Lists;

[TestFixtureSource(typeof(Engines))]
public sealed class When_tickets_are_ordered(Engine engine)
{
    [Test]
    public async Task Each_order_and_each_narrowing_has_each_ticket_once()
    {
        if (engine == Engine.SqlServer)
        {
            Assert.Ignore("The crowd is copied in words that this engine does not know.");
        }

        await using var crowd = await Crowd.Gather(engine, 160);
        var views = crowd.World.Get<TicketViews>();
        var book = await Whole(views, crowd.Ada, new TicketFilter());
        (TicketFilter Filter, Func<TicketView, bool> Is)[] narrowed =
        [
            (new(), _ => true),
            (new(Assignee: "Tom"), t => t.Assignee == "Tom"),
            (new(Assignee: TicketFilter.Nobody), t => t.Assignee is null),
            (new(Priority: Priority.Urgent), t => t.Priority == "urgent"),
            (new(Category: "pumps", WaitsFor: WaitsFor.Partner), t => t is { Category: "pumps", WaitingFor: "partner" }),
            (new(TicketStatus.Check, OverTime: true), t => t is { Status: "check", OverTime: true }),
        ];
        foreach (var (filter, fits) in narrowed)
        {
            var wanted = book.Where(fits).ToList();
            Assert.That(wanted, Is.Not.Empty, $"{filter}");
            Assert.That(await Numbers(views, crowd.Ada, filter), Is.EqualTo(wanted.Select(t => t.Number)), $"{filter}");
            Assert.That(await Numbers(views, crowd.Ada, filter with { Sort = TicketSort.Changed }),
                Is.EqualTo(wanted.OrderByDescending(t => t.ChangedAt).ThenByDescending(t => t.Id.Value).Select(t => t.Number)), $"{filter}, changed");
            Assert.That(await Numbers(views, crowd.Ada, filter with { Sort = TicketSort.Due }),
                Is.EqualTo(wanted.Where(t => t.DueAt is not null).OrderBy(t => t.DueAt).ThenBy(t => t.Id.Value).Concat(wanted.Where(t => t.DueAt is null)).Select(t => t.Number)), $"{filter}, due");
            Assert.That(await views.Count(crowd.Ada, filter, CancellationToken.None), Is.EqualTo(new TicketCount(wanted.Count, false)), $"{filter}");
        }
    }

    [Test]
    public async Task A_suspension_makes_no_ticket_late()
    {
        await using var world = World.Open(engine);
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var link = await world.Link(ada, bob);
        var due = world.Clock.GetUtcNow().AddHours(5);
        var ticket = await world.OpenTicket(ada);
        var handoff = (await world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(ticket, link, null, null, null, null, due), ada)).Must();
        (await world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), bob)).Must();
        await world.Carry();
        Assert.That(Kept(world), Is.EquivalentTo(new[] { ("partner", Micros.Of(due)), ("me", (long?)Micros.Of(due)) }));

        (await world.Ask<SuspendLink, LinkId>(new SuspendLink(link, null, null), ada)).Must();
        world.Clock.Advance(TimeSpan.FromHours(8));
        Assert.That(await Late(world, ada), Is.Empty);
        (await world.Ask<ResumeLink, LinkId>(new ResumeLink(link, null), ada)).Must();
        world.Clock.Advance(TimeSpan.FromHours(4));
        Assert.That(await Late(world, ada), Is.Empty);
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.That(await Late(world, ada), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_ticket_waits_for_whoever_acts_next_until_the_first_of_its_handoffs_is_due()
    {
        await using var world = World.Open(engine);
        var (ada, bob, cleo) = (await world.Join("Ada"), await world.Join("Bob"), await world.Join("Cleo"));
        var (late, soon) = (world.Clock.GetUtcNow().AddHours(5), world.Clock.GetUtcNow().AddHours(3));
        var ticket = await world.OpenTicket(ada);
        foreach (var (partner, due) in ((Caller, DateTimeOffset)[])[(bob, late), (cleo, soon)])
        {
            var link = await world.Link(ada, partner);
            var handoff = (await world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(ticket, link, null, null, null, null, due), ada)).Must();
            (await world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), partner)).Must();
            await world.Carry();
        }

        (string?, long?)[] waits = [("partner", Micros.Of(soon)), ("me", Micros.Of(late)), ("me", Micros.Of(soon))];
        Assert.That(Kept(world), Is.EquivalentTo(waits));

        // Work on the ticket itself looks at its handoffs anew.
        (await world.Ask<ChangeTicket, TicketId>(new ChangeTicket(ticket, "check", null, null, null, null, null), ada)).Must();
        Assert.That(Kept(world), Is.EquivalentTo(waits));
    }

    [Test]
    public async Task An_upgrade_finds_what_the_desks_would_have_kept()
    {
        await using var world = World.Open(engine);
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var link = await world.Link(ada, bob);
        var ticket = await world.OpenTicket(ada);
        var handoff = (await world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(ticket, link, null, null, null, null, world.Clock.GetUtcNow().AddHours(5)), ada)).Must();
        (await world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), bob)).Must();
        await world.Carry();
        var before = Kept(world);
        await using (var connection = world.Tables(write: true))
        {
            await Engine.Run(connection, "UPDATE ticket SET waiting_for = NULL, due_at = NULL");
            await Engine.Run(connection, TicketListsBackfill.Tickets);
        }

        Assert.That(Kept(world), Is.EquivalentTo(before));
    }

    private static async Task<IReadOnlyList<TicketView>> Late(World world, Caller of) =>
        (await world.Get<TicketViews>().List(of, new TicketFilter(OverTime: true), new PageAsk(9, null), CancellationToken.None)).Items;

    private static List<(string? Whom, long? Due)> Kept(World world)
    {
        using var connection = world.Tables();
        return Rows.Each(connection, "SELECT waiting_for, due_at FROM ticket", r => (r.IsDBNull(0) ? null : r.GetString(0), r.IsDBNull(1) ? (long?)null : r.GetInt64(1)));
    }

    private static async Task<List<string>> Numbers(TicketViews views, Caller caller, TicketFilter filter) => (await Whole(views, caller, filter)).ConvertAll(t => t.Number);

    private static async Task<List<TicketView>> Whole(TicketViews views, Caller caller, TicketFilter filter)
    {
        var (rows, after) = (new List<TicketView>(), (Cursor?)null);
        do
        {
            var page = await views.List(caller, filter, new PageAsk(7, after), CancellationToken.None);
            rows.AddRange(page.Items);
            after = page.Next is null ? null : Cursor.TryParse(page.Next);
        }
        while (after is not null);
        return rows;
    }
}
