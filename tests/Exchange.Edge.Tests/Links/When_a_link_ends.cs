using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Links;

/// <summary>Semantics 2: with notice or at once; open handoffs are severed one by one, and both desks are told.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_link_ends(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;
    private HandoffId _running;
    private HandoffId _offered;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _link = await _world.Link(_ada, _bob);
        _running = await _world.Running(_ada, _bob, _link);
        _offered = await _world.Offer(_ada, await _world.OpenTicket(_ada), _link);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task At_once_its_open_handoffs_are_severed_and_both_desks_are_told()
    {
        await Terminate(_bob, "fraud");
        var view = await LinkOf(_ada);
        Assert.That((view.State, view.EndedBy?.Name, view.EndReason, view.Allowed.Count), Is.EqualTo(("terminated", "Bob", "fraud", 0)));
        await _world.Fire();
        await _world.Carry();

        var rows = _world.Read();
        Assert.That(rows.Handoffs.Select(h => (h.State, h.Over)), Is.All.EqualTo(("severed", true)));
        var entry = rows.Entries[_running.Value].Single(e => e.Type == "severed");
        Assert.That(entry.Side, Is.EqualTo(3), "the exchange says so");
        foreach (var desk in (int[])[1, 2])
        {
            var note = rows.Items[(_running.Value, desk)].Single(i => i.Seq == entry.Seq);
            Assert.That((note.Kind, note.Body), Is.EqualTo(("system", "The link between the companies has ended: this ticket is no longer shared.")), $"desk {desk}");
        }

        var (own, mirror) = (await TicketOf(_ada), await TicketOf(_bob));
        Assert.That((own.Status, mirror.Status), Is.EqualTo(("check", "open")), "the placer looks; the mirror stays as it is, a ticket of its own desk");
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(mirror.Id, "resolved", null, null, null, null, null), _bob)).Must();
        Assert.That((await _world.Say(_ada, _running, "?")).Fault?.Code, Is.EqualTo(Codes.Over));
        await Whole();
    }

    [Test]
    public async Task It_makes_room_for_a_new_one()
    {
        await Terminate(_ada, null);
        var again = await _world.Link(_bob, _ada);
        Assert.That(again, Is.Not.EqualTo(_link));
        await _world.Running(_bob, _ada, again);
    }

    /// <summary>The job is a row: a process that dies in the middle leaves what is open to the next.</summary>
    [Test]
    public async Task A_crash_in_the_middle_leaves_no_handoff_open()
    {
        await Terminate(_ada, null);
        (await _world.Ask<SeverHandoff, HandoffId>(new SeverHandoff(_running), Caller.Exchange)).Must();
        await _world.Crash();
        await _world.Fire();
        Assert.That(_world.Read().Handoffs.Select(h => h.State), Is.All.EqualTo("severed"));
        await _world.Heal();
        Assert.That(_world.Read().Items[(_running.Value, 1)].Count(i => i.Kind == "system"), Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_but_the_exchange_severs()
    {
        var refused = await _world.Ask<SeverHandoff, HandoffId>(new SeverHandoff(_running), _ada);
        Assert.That(refused.Fault?.Code, Is.EqualTo(Codes.Forbidden));
    }

    [Test]
    public async Task What_was_kept_is_delivered_first()
    {
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, "audit", null), _ada)).Must();
        (await _world.Say(_bob, _running, "one")).Must();
        (await _world.Say(_bob, _running, "two")).Must();
        await _world.Carry();
        await Terminate(_ada, "fraud");
        await _world.Fire();
        await _world.Carry();
        Assert.That(_world.Read().Items[(_running.Value, 1)].OrderBy(i => i.Seq).Select(i => i.Body),
            Is.EqualTo(new[] { "one", "two", "The link between the companies has ended: this ticket is no longer shared." }));
        await Whole();
    }

    [Test]
    public async Task With_notice_what_is_open_goes_on_and_nothing_new_begins()
    {
        (await _world.Ask<DrainLink, LinkId>(new DrainLink(_link, "moving on", null), _bob)).Must();
        var view = await LinkOf(_ada);
        Assert.That((view.State, view.DrainsUntil, view.EndedBy?.Name, view.EndReason), Is.EqualTo(("draining", (DateTimeOffset?)_world.Clock.Present().AddDays(14), "Bob", "moving on")));
        Assert.That(view.Allowed, Is.EqualTo(new[] { "terminate" }));

        var offer = await _world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(await _world.OpenTicket(_ada), _link, null, null, null, null, null), _ada);
        Assert.That(offer.Fault?.Code, Is.EqualTo(Codes.LinkNotActive));
        (await _world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(_offered, null, null), _bob)).Must();
        (await _world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(_running, "done", null, null, null), _bob)).Must();
        (await _world.Ask<ConfirmHandoff, HandoffId>(new ConfirmHandoff(_running, null), _ada)).Must();

        _world.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(1));
        await _world.Fire();
        Assert.That((await LinkOf(_ada)).State, Is.EqualTo("draining"));
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.Fire(db => db.Handoffs.AllAsync(h => h.OverAt != null));
        Assert.That(((await LinkOf(_ada)).State, (await LinkOf(_ada)).EndReason), Is.EqualTo(("terminated", "moving on")));
        Assert.That(_world.Read().Handoffs.ToDictionary(h => h.Id, h => h.State), Is.EqualTo(new Dictionary<Guid, string> { [_running.Value] = "closed", [_offered.Value] = "severed" }));
    }

    [Test]
    public async Task The_notice_is_as_long_as_the_terms_say()
    {
        var cid = await _world.Join("Cid");
        var link = await _world.Link(_ada, cid, new TermsAsk(null, null, null, null, null, null, null, null, null, null, NoticeDays: 0));
        (await _world.Ask<DrainLink, LinkId>(new DrainLink(link, null, null), cid)).Must();
        await _world.Fire();
        Assert.That((await _world.Get<LinkViews>().One(_ada, link, CancellationToken.None))!.State, Is.EqualTo("terminated"));
    }

    [Test]
    public async Task Notice_on_a_suspended_link_lets_what_was_kept_flow()
    {
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, "audit", null), _ada)).Must();
        (await _world.Say(_bob, _running, "one")).Must();
        await _world.Carry();
        (await _world.Ask<DrainLink, LinkId>(new DrainLink(_link, null, null), _bob)).Must();
        await _world.Carry();
        Assert.That(_world.Read().Items[(_running.Value, 1)].Select(i => i.Body), Is.EqualTo(new[] { "one" }));
        Assert.That((await LinkOf(_ada)).SuspendedBy, Is.Empty);
    }

    [Test]
    public async Task A_notice_that_was_cut_short_ends_nothing_twice()
    {
        (await _world.Ask<DrainLink, LinkId>(new DrainLink(_link, "moving on", null), _bob)).Must();
        await Terminate(_ada, "fraud");
        var ended = await LinkOf(_ada);
        _world.Clock.Advance(TimeSpan.FromDays(15));
        await _world.Fire();
        var later = await LinkOf(_ada);
        Assert.That((later.Version, later.EndedAt, later.EndedBy?.Name, later.EndReason), Is.EqualTo((ended.Version, ended.EndedAt, "Ada", "fraud")));
    }

    private async Task Terminate(Caller caller, string? reason) => (await _world.Ask<TerminateLink, LinkId>(new TerminateLink(_link, reason, null), caller)).Must();

    private async Task<LinkView> LinkOf(Caller caller) => (await _world.Get<LinkViews>().One(caller, _link, CancellationToken.None))!;

    private async Task<TicketView> TicketOf(Caller caller)
    {
        var handoff = (await _world.Get<HandoffViews>().One(caller, _running, CancellationToken.None))!;
        return (await _world.Get<TicketViews>().One(caller, handoff.TicketId!.Value, CancellationToken.None))!;
    }

    private async Task Whole()
    {
        await _world.Heal();
        var invariants = new Invariants();
        invariants.Check(_world.Read());
        Assert.That(invariants.Broken, Is.Empty);
    }
}
