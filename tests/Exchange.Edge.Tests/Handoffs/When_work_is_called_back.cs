using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

[TestFixtureSource(typeof(Engines))]
public sealed class When_work_is_called_back(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _eve = null!;
    private LinkId _up;
    private LinkId _down;
    private HandoffId _handoff;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob, _eve) = (await _world.Join("Ada"), await _world.Join("Bob"), await _world.Join("Eve"));
        _up = await _world.Link(_ada, _bob);
        _handoff = await _world.Running(_ada, _bob, _up);
        _down = await _world.Link(_bob, _eve);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task It_is_a_request_and_the_fulfiller_agrees()
    {
        await Recall();
        var asked = await _world.See(_bob, _handoff);
        Assert.That((asked.State, asked.Allowed.Count), Is.EqualTo(("recall_requested", 3)));
        Assert.That((await _world.Ticket(_bob, _handoff)).Status, Is.EqualTo("open"));
        await _world.Do(new AgreeRecall(_handoff, null), _bob);
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("recalled"));
        Assert.That((await _world.Ticket(_bob, _handoff)).Status, Is.EqualTo("closed"));
        Assert.That((await _world.Talk(_ada, _handoff)).Select(c => c.Body), Has.Some.EqualTo("The recall was agreed to."));
    }

    [Test]
    public async Task Refused_or_withdrawn_it_goes_on_where_it_was()
    {
        await _world.Do(new HoldHandoff(_handoff, "parts", null, null), _bob);
        await Recall();
        Assert.That(await _world.Refused(new WithdrawRecall(_handoff, null), _bob), Is.EqualTo(Codes.Forbidden));
        await _world.Do(new RefuseRecall(_handoff, "Half done", null), _bob);
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("on_hold"));
        Assert.That((await _world.Ticket(_bob, _handoff)).Status, Is.EqualTo("waiting"));
        await Recall();
        await _world.Do(new WithdrawRecall(_handoff, null), _ada);
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("on_hold"));
    }

    [Test]
    public async Task Silence_for_two_days_counts_as_agreed_and_only_silence_since_this_request()
    {
        await Recall();
        _world.Clock.Advance(TimeSpan.FromDays(1.9));
        await _world.FireTimers();
        await _world.Do(new RefuseRecall(_handoff, "Half done", null), _bob);
        await Recall();
        await _world.Crash();
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("recall_requested"), "the first request is void");
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await _world.FireTimers();
        var over = await _world.See(_ada, _handoff);
        Assert.That(over.State, Is.EqualTo("recalled"));
        Assert.That((await _world.Log(_ada, _handoff))[^1], Has.Property("Side").EqualTo("exchange").And.Property("Type").EqualTo("recall_agreed"));
        Assert.That((await _world.Ticket(_bob, _handoff)).Status, Is.EqualTo("closed"));
        Assert.That((await _world.Ticket(_ada, _handoff)).Handoffs.Single().State, Is.EqualTo("recalled"));
    }

    [Test]
    public async Task Partners_further_down_are_asked_back_first()
    {
        var child = await HandOn();
        await _world.Do(new AcceptHandoff(child, null, null), _eve);
        await _world.Do(new StartHandoff(child, null), _eve);
        await Recall();
        await _world.FireTimers();
        Assert.That((await _world.See(_eve, child)).State, Is.EqualTo("recall_requested"));
        Assert.That(await _world.Refused(new AgreeRecall(_handoff, null), _bob), Is.EqualTo(Codes.ChildrenOpen));
        await _world.Do(new AgreeRecall(child, null), _eve);
        await _world.Do(new AgreeRecall(_handoff, null), _bob);
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("recalled"));
    }

    [Test]
    public async Task They_are_asked_back_though_the_link_above_is_suspended_meanwhile()
    {
        var child = await HandOn();
        await Recall();
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_up, "a dispute", null), _ada)).Must();
        await _world.FireTimers();
        Assert.That((await _world.See(_bob, child)).State, Is.EqualTo("recalled"), "it was only offered, and goes over another link");
        Assert.That((await _world.See(_bob, _handoff)).State, Is.EqualTo("recall_requested"));
    }

    [Test]
    public async Task Silence_waits_for_the_partners_further_down()
    {
        var child = await HandOn();
        await _world.Do(new AcceptHandoff(child, null, null), _eve);
        await _world.Do(new StartHandoff(child, null), _eve);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await Recall();

        // Eve keeps it for now.
        await _world.FireTimers();
        await _world.Do(new RefuseRecall(child, "Nearly done", null), _eve);
        _world.Clock.Advance(TimeSpan.FromDays(2));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("recall_requested"));
        await _world.Do(new ReturnHandoff(child, "not_ours", null, null), _eve);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("recalled"));
    }

    [Test]
    public async Task An_offer_further_down_that_nobody_took_is_recalled_at_once_and_says_nothing_of_why()
    {
        var child = await HandOn();
        await _world.Do(new RecallHandoff(_handoff, "Canary from above", "Canary text", null), _ada);
        await _world.FireTimers();
        Assert.That((await _world.See(_eve, child)).State, Is.EqualTo("recalled"));
        var log = await _world.Log(_bob, child);
        Assert.That(log.Select(e => e.Data.ToString()), Has.None.Contains("Canary"));
        Assert.That(log[^1].Actor!.Kind, Is.EqualTo("rule"));
    }

    [Test]
    public async Task A_solution_is_still_taken_instead()
    {
        await Recall();
        await _world.Do(new ResolveHandoff(_handoff, "Done already", null, null, null), _bob);
        _world.Clock.Advance(TimeSpan.FromDays(3));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, _handoff)).State, Is.EqualTo("resolved"));
    }

    private async Task<HandoffId> HandOn() => await _world.Offer(_bob, (await _world.See(_bob, _handoff)).TicketId!.Value, _down);

    private Task<HandoffId> Recall() => _world.Do(new RecallHandoff(_handoff, "The customer withdrew", null, null), _ada);
}
