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

/// <summary>Semantics 2: what is said meanwhile is taken, shown as kept, and comes in order; commands are refused; clocks stand still.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_link_is_suspended(Engine engine)
{
    private static readonly PageAsk All = new(200, null);

    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;
    private HandoffId _handoff;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob", TestDesk.Name));
        _link = await _world.Link(_ada, _bob);
        _handoff = await _world.Running(_ada, _bob, _link);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task What_is_said_meanwhile_is_kept_and_comes_in_order_when_it_is_resumed()
    {
        await Suspend(_ada, "audit");
        foreach (var body in (string[])["one", "two"])
        {
            (await _world.Say(_bob, _handoff, body)).Must();
        }

        (await _world.Upload(_bob, await Mirror(), "partner", _handoff, "plan.txt", [1, 2, 3])).Must();
        (await _world.Say(_bob, _handoff, "three")).Must();
        (await _world.Say(_ada, _handoff, "from Ada")).Must();
        await _world.Carry();
        await _world.Relay.Settle(CancellationToken.None);
        _world.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await _world.Relay.Sweep(CancellationToken.None), Is.Zero, "the sweeper leaves it alone");
        Assert.That((Bodies(1), Bodies(2)), Is.EqualTo(("from Ada", "one|two|three")), "nothing crosses, whoever rings or sweeps");

        await Resume(_ada);
        await _world.Carry();
        Assert.That((Bodies(1), Bodies(2)), Is.EqualTo(("one|two|three|from Ada", "one|two|three|from Ada")), "the resume has rung, and nothing was swept");
        var came = (await _world.Get<ConversationViews>().OfTicket(_ada, (await View(_ada)).TicketId!.Value, All, CancellationToken.None))!
            .Items.Where(c => c.Author.Account.Name == "Bob").Select(c => c.Body);
        Assert.That(came, Is.EqualTo(new[] { "one", "two", "three" }), "in the order in which they were written");
        Assert.That((await Said(_bob)).Select(c => c.Receipt?.State), Is.All.EqualTo("applied").Or.Null);
        await Whole();
    }

    [Test]
    public async Task Its_writer_is_told_that_it_is_kept_and_why()
    {
        (await _world.Say(_bob, _handoff, "before")).Must();
        await _world.Carry();
        await Suspend(_ada, "audit");
        _world.Clock.Advance(TimeSpan.FromHours(1));
        var posted = (await _world.Say(_bob, _handoff, "hello?")).Must();
        Assert.That(posted.View, Is.Null, "it is read anew, with its receipt");

        var said = await Said(_bob);
        Assert.That(said.Select(c => c.Receipt?.State), Is.EqualTo(new[] { "applied", "kept" }));
        var receipt = said[1].Receipt!;
        Assert.That(receipt.Reason, Is.EqualTo("Link to Ada is suspended since 2 March by Ada (reason: audit). Your comment is kept and will be delivered when they resume."));
        Assert.That((receipt.At, receipt.Head), Is.EqualTo((said[1].At, (await View(_bob)).Head)));
        Assert.That((await _world.Get<ConversationViews>().One(_bob, posted.Id, CancellationToken.None))!.Receipt, Is.EqualTo(receipt));
        Assert.That((await _world.Get<ConversationViews>().OfTicket(_bob, await Mirror(), All, CancellationToken.None))!.Items.Last(c => c.Seq is not null).Receipt, Is.EqualTo(receipt));

        await Resume(_ada);
        Assert.That((await Said(_bob))[1].Receipt, Is.Null, "on its way again");
    }

    [Test]
    public async Task Both_may_have_it_suspended_and_it_flows_when_neither_has()
    {
        await Suspend(_ada, "audit");
        await Suspend(_bob, "stocktaking");
        var view = await LinkOf(_ada);
        Assert.That(view.SuspendedBy.Select(s => (s.Account.Name, s.Name, s.Reason)), Is.EqualTo(new[] { ("Ada", "Agent of Ada", "audit"), ("Bob", "Agent of Bob", "stocktaking") }));
        (await _world.Say(_bob, _handoff, "one")).Must();

        await Resume(_ada);
        await _world.Carry();
        Assert.That(((await LinkOf(_ada)).State, Bodies(1)), Is.EqualTo(("suspended", "")));
        Assert.That((await Do(new ResumeLink(_link, null), _ada)).Fault?.Code, Is.EqualTo(Codes.Forbidden));
        await Resume(_bob);
        await _world.Carry();
        Assert.That(((await LinkOf(_ada)).State, Bodies(1)), Is.EqualTo(("active", "one")));
    }

    [Test]
    public async Task Only_who_suspended_it_resumes_it_and_asking_twice_changes_nothing()
    {
        await Suspend(_ada, "audit");
        var before = await LinkOf(_ada);
        await Suspend(_ada, "something else");
        var after = await LinkOf(_ada);
        Assert.That((after.Version, after.SuspendedBy.Single().Reason), Is.EqualTo((before.Version, "audit")));
        Assert.That(after.Allowed, Is.EquivalentTo(new[] { "propose-terms", "resume", "drain", "terminate" }));
        Assert.That((await LinkOf(_bob)).Allowed, Is.EquivalentTo(new[] { "propose-terms", "suspend", "drain", "terminate" }));
        var refused = await Do(new ResumeLink(_link, null), _bob);
        Assert.That((refused.Fault?.Code, refused.Fault?.Truth?.State), Is.EqualTo((Codes.Forbidden, "suspended")));
    }

    [Test]
    public async Task Commands_are_refused_also_an_answer_in_a_comment()
    {
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoff, "which?", null), _bob)).Must();
        await Suspend(_bob, null);
        var answer = await _world.Ask<CommentOnHandoff, Said>(new CommentOnHandoff(_handoff, "the red one", null, null, true), _ada);
        var resumed = await _world.Ask<ResumeHandoff, HandoffId>(new ResumeHandoff(_handoff, "by telephone", null), _bob);
        var offered = await _world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(await _world.OpenTicket(_ada), _link, null, null, null, null, null), _ada);
        Assert.That((answer.Fault?.Code, resumed.Fault?.Code, offered.Fault?.Code), Is.EqualTo((Codes.LinkNotActive, Codes.LinkNotActive, Codes.LinkNotActive)));
    }

    [Test]
    public async Task The_log_ends_for_each_side_before_the_other_sides_first_undelivered_entry()
    {
        await Suspend(_ada, null);
        (await _world.Say(_bob, _handoff, "4")).Must();
        (await _world.Say(_ada, _handoff, "5")).Must();
        (await _world.Say(_bob, _handoff, "6")).Must();
        Assert.That((await Log(_ada), await Log(_bob)), Is.EqualTo((3L, 4L)));
        Assert.That((await View(_ada)).LastSeq, Is.EqualTo(6), "the handoff shows the exchange's own state");

        await Resume(_ada);
        Assert.That((await Log(_ada), await Log(_bob)), Is.EqualTo((6L, 6L)));
    }

    [Test]
    public async Task A_fulfiller_without_a_ticket_reads_what_was_said_before_it_and_its_own()
    {
        var offer = await _world.Offer(_ada, await _world.OpenTicket(_ada), _link);
        (await _world.Say(_ada, offer, "before")).Must();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Suspend(_bob, "holidays");
        (await _world.Say(_ada, offer, "meanwhile")).Must();
        (await _world.Say(_bob, offer, "my own")).Must();

        var said = (await _world.Get<HandoffViews>().Said(_bob, offer, All, CancellationToken.None))!.Items;
        Assert.That(said.Select(c => c.Body), Is.EqualTo(new[] { "before", "my own" }));
        Assert.That(said.Select(c => c.Receipt?.State), Is.EqualTo(new[] { null, "kept" }));
        Assert.That(said[1].Receipt!.Reason, Does.EndWith("when you resume."));
        Assert.That((await Entries(_bob, offer)).Count, Is.EqualTo(2), "the offer and what was said before");
        var adas = (await _world.Get<ConversationViews>().OfHandoff(_ada, offer, All, CancellationToken.None))!.Items;
        Assert.That(adas.Select(c => (c.Body, c.Receipt?.State)), Is.EqualTo(new[] { ("before", null), ("meanwhile", "kept") }));

        await Resume(_bob);
        Assert.That((await Entries(_bob, offer)).Count, Is.EqualTo(4));
        Assert.That((await _world.Get<HandoffViews>().Said(_bob, offer, All, CancellationToken.None))!.Items.Select(c => c.Body), Is.EqualTo(new[] { "before", "meanwhile", "my own" }));
    }

    /// <summary>Beside a parked item the state flows on; not over a suspended link.</summary>
    [Test]
    public async Task State_beside_a_parked_item_stands_still_too()
    {
        _world.Desk.Objection = TestDesk.RefusesText("bad", () => new Fault(Codes.Validation, "no mapping"));
        (await _world.Say(_ada, _handoff, "bad news")).Must();
        await _world.Carry();
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoff, "which?", null), _bob)).Must();
        (await _world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(_handoff, "the red one", null), _ada)).Must();
        _world.Rings();
        await Suspend(_ada, null);
        await _world.Relay.Bring([_handoff], CancellationToken.None);
        await _world.Heal();
        Assert.That(TieState(), Is.EqualTo("waiting_placer"));
        await Resume(_ada);
        await _world.Carry();
        Assert.That(TieState(), Is.EqualTo("in_progress"));
    }

    /// <summary>A command that was under way is delivered when it is resumed, as what is said.</summary>
    [Test]
    public async Task What_was_not_delivered_yet_when_it_began_waits_too()
    {
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoff, "which?", null), _bob)).Must();
        await Suspend(_ada, null);
        await _world.Carry();
        await _world.Heal();
        Assert.That((await Log(_ada), Bodies(1)), Is.EqualTo((3L, "")));
        await _world.Crash();
        await Resume(_ada);
        await _world.Heal();
        Assert.That(Bodies(1), Is.EqualTo("which?"), "the ring was lost with the process: the sweeper comes for it");
    }

    [Test]
    public async Task Clocks_stand_still_and_show_by_how_much_they_moved()
    {
        var now = _world.Clock.Present();
        var offer = (await _world.Ask<OfferHandoff, HandoffId>(
            new OfferHandoff(await _world.OpenTicket(_ada), _link, null, null, now.AddHours(4), null, now.AddHours(8)), _ada)).Must();
        var timer = await SetTimer(offer, now.AddHours(4));
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await Suspend(_ada, null);
        _world.Clock.Advance(TimeSpan.FromHours(24));
        Assert.That((await Wake(timer)).IsDue, Is.False);
        Assert.That(await Due(timer), Is.EqualTo(DueTimer.Asleep));

        await Resume(_ada);
        Assert.That(await Due(timer), Is.EqualTo(_world.Clock.Present()), "woken in the same unit");
        Assert.That((await Wake(timer)).IsDue, Is.False);
        Assert.That(await Due(timer), Is.EqualTo(now.AddHours(28)), "a day later");
        _world.Clock.Advance(TimeSpan.FromHours(3));
        Assert.That((await Wake(timer)).IsDue, Is.True);

        var clocks = (await _world.Get<HandoffViews>().One(_bob, offer, CancellationToken.None))!.Clocks;
        Assert.That(clocks, Is.EqualTo(new ClocksView(now.AddHours(28), null, now.AddHours(32))));
    }

    [Test]
    public async Task Nothing_is_over_time_because_of_it_not_while_it_lasts_nor_after()
    {
        var now = _world.Clock.Present();
        var ticket = await _world.OpenTicket(_ada);
        var handoff = (await _world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(ticket, _link, null, null, null, now.AddHours(4), now.AddHours(8)), _ada)).Must();
        (await _world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), _bob)).Must();
        await _world.Carry();
        await Suspend(_ada, null);
        _world.Clock.Advance(TimeSpan.FromHours(12));
        await Suspend(_bob, null);
        _world.Clock.Advance(TimeSpan.FromHours(12));
        await Shows(handoff, ticket, now.AddHours(28), overTime: false);
        await Resume(_ada);
        await Shows(handoff, ticket, now.AddHours(28), overTime: false);
        await Resume(_bob);
        await Shows(handoff, ticket, now.AddHours(28), overTime: false);

        // The next step goes by its own clock, which stood still as well.
        (await _world.Ask<StartHandoff, HandoffId>(new StartHandoff(handoff, null), _bob)).Must();
        await Shows(handoff, ticket, now.AddHours(32), overTime: false);
        _world.Clock.Advance(TimeSpan.FromHours(9));
        await Shows(handoff, ticket, now.AddHours(32), overTime: true);
        await Suspend(_ada, null);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await Shows(handoff, ticket, now.AddHours(32), overTime: true);
    }

    [TestCase("resume")]
    [TestCase("drain")]
    [TestCase("terminate")]
    public async Task Whatever_ends_it_wakes_the_clocks_and_ends_every_suspension(string how)
    {
        var timer = await SetTimer(_handoff, _world.Clock.Present());
        await Suspend(_ada, null);
        Assert.That((await Wake(timer)).IsDue, Is.False);
        _world.Clock.Advance(TimeSpan.FromHours(2));
        (await (how switch
        {
            "resume" => Do(new ResumeLink(_link, null), _ada),
            "drain" => Do(new DrainLink(_link, null, null), _bob),
            _ => Do(new TerminateLink(_link, null, null), _bob),
        })).Must();
        Assert.That(await Due(timer), Is.EqualTo(_world.Clock.Present()));
        await using var db = _world.Dialect.Read();
        Assert.That((await db.Suspensions.SingleAsync()).Until, Is.EqualTo(_world.Clock.Present()));
    }

    /// <summary>The relay holds the bonds while the link is suspended: what it had read is delivered, what came after is not.</summary>
    [Test]
    public async Task A_relay_in_the_middle_of_a_batch_brings_what_was_said_before_alone()
    {
        if (!engine.IsServer)
        {
            Assert.Ignore("Units run one after another here.");
        }

        await using var other = _world.Node();
        (await _world.Say(_ada, _handoff, "before")).Must();
        var met = false;
        _world.BeforeCommit = async _ =>
        {
            if (!met)
            {
                met = true;
                (await other.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _bob)).Must();
                (await other.Say(_ada, _handoff, "after")).Must();
            }
        };
        await _world.Carry();
        await _world.Heal();
        Assert.That((met, Bodies(2)), Is.EqualTo((true, "before")));
        await Resume(_bob);
        await _world.Carry();
        Assert.That(Bodies(2), Is.EqualTo("before|after"));
    }

    /// <summary>Where the relay's own two steps are parted: what is said after a suspend is not read along with what was there.</summary>
    [Test]
    public async Task What_is_said_between_the_relays_look_and_its_reading_is_kept()
    {
        (await _world.Say(_ada, _handoff, "before")).Must();
        var taken = (await _world.Dialect.Do<Read>(async unit => new Read((await unit.TakeBonds([_handoff])).Single(b => b.Side == Side.Fulfiller)), CancellationToken.None)).Must().Bond;
        await Suspend(_bob, null);
        (await _world.Say(_ada, _handoff, "after")).Must();
        Assert.That(taken.Last, Is.EqualTo(4), "the relay goes no further than what it saw with the link open");
        Assert.That((await _world.Dialect.Do<Read>(async unit => new Read((await unit.TakeBonds([_handoff])).SingleOrDefault(b => b.Side == Side.Fulfiller)!), CancellationToken.None)).Must().Bond, Is.Null);
    }

    private sealed record Read(Core.Relay.DueBond Bond);

    private Task<Outcome<LinkId>> Do<TAsk>(TAsk ask, Caller caller)
        where TAsk : IAsk<LinkId> => _world.Ask<TAsk, LinkId>(ask, caller);

    private async Task Shows(HandoffId handoff, TicketId ticket, DateTimeOffset dueAt, bool overTime)
    {
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            var view = (await _world.Get<HandoffViews>().One(caller, handoff, CancellationToken.None))!;
            Assert.That((view.DueAt, view.OverTime), Is.EqualTo((dueAt, overTime)), caller.AccountName);
            var listed = (await _world.Get<HandoffViews>().List(caller, new HandoffFilter(null, null, null, true), All, CancellationToken.None)).Items.Select(h => h.Id);
            Assert.That(listed.Contains(handoff), Is.EqualTo(overTime), caller.AccountName);
        }

        Assert.That((await _world.Get<TicketViews>().One(_ada, ticket, CancellationToken.None))!.OverTime, Is.EqualTo(overTime));
        var tickets = (await _world.Get<TicketViews>().List(_ada, new TicketFilter(OverTime: true), All, CancellationToken.None)).Items.Select(t => t.Id);
        Assert.That(tickets.Contains(ticket), Is.EqualTo(overTime));
    }

    private async Task Suspend(Caller caller, string? reason) => (await Do(new SuspendLink(_link, reason, null), caller)).Must();

    private async Task Resume(Caller caller) => (await Do(new ResumeLink(_link, null), caller)).Must();

    private async Task<LinkView> LinkOf(Caller caller) => (await _world.Get<LinkViews>().One(caller, _link, CancellationToken.None))!;

    private async Task<HandoffView> View(Caller caller) => (await _world.Get<HandoffViews>().One(caller, _handoff, CancellationToken.None))!;

    private async Task<TicketId> Mirror() => (await View(_bob)).TicketId!.Value;

    private async Task<IReadOnlyList<CommentView>> Said(Caller caller) => (await _world.Get<ConversationViews>().OfHandoff(caller, _handoff, All, CancellationToken.None))!.Items;

    private async Task<IReadOnlyList<EntryView>> Entries(Caller caller, HandoffId handoff) =>
        (await _world.Get<HandoffViews>().Entries(caller, handoff, All, false, CancellationToken.None))!.Items;

    /// <summary>How far the caller sees the log.</summary>
    private async Task<long> Log(Caller caller) => (await Entries(caller, _handoff))[^1].Seq;

    /// <summary>What the desk of a side has of what was said, in entry order.</summary>
    private string Bodies(int desk) => string.Join('|', _world.Read().Items[(_handoff.Value, desk)].OrderBy(i => i.Seq).Select(i => i.Body));

    private string TieState() => _world.Read().Ties.Single(t => t.Handoff == _handoff.Value && t.Side == 2).State;

    private async Task Whole()
    {
        await _world.Heal();
        var invariants = new Invariants();
        invariants.Check(_world.Read());
        Assert.That(invariants.Broken, Is.Empty);
    }

    /// <summary>A clock of a handoff, as commands set it.</summary>
    private async Task<Guid> SetTimer(HandoffId id, DateTimeOffset due)
    {
        var set = Guid.Empty;
        (await _world.Dialect.Do<Done>(
            async unit =>
            {
                var timer = DueTimer.Of(await unit.Db.Handoffs.SingleAsync(h => h.Id == id), "test", due, unit.Now, ofThisVersion: false);
                set = timer.Id;
                unit.Db.Add(timer);
                return default(Done);
            },
            CancellationToken.None)).Must();
        return set;
    }

    private async Task<Woken> Wake(Guid timer) => (await _world.Ask<WakeTimer, Woken>(new WakeTimer(timer), Caller.Exchange)).Must();

    private async Task<DateTimeOffset> Due(Guid timer)
    {
        await using var db = _world.Dialect.Read();
        return (await db.Timers.SingleAsync(t => t.Id == timer)).Due;
    }
}
