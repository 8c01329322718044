using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

[TestFixtureSource(typeof(Engines))]
public sealed class When_an_offer_is_countered(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _handoff;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _handoff = await _world.Offer(_ada, await _world.OpenTicket(_ada), await _world.Link(_ada, _bob));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task The_placer_decides_and_the_offer_cannot_be_taken_as_it_was()
    {
        await Counter();
        var seen = await _world.See(_bob, _handoff);
        Assert.That((seen.State, seen.Version, seen.Counter!.Scope), Is.EqualTo(("offered", 2L, "Without the journey")));
        Assert.That(seen.Allowed, Is.EquivalentTo(new[] { "decline" }));
        Assert.That((await _world.See(_ada, _handoff)).Allowed, Is.EquivalentTo(new[] { "accept-counter", "reject-counter", "recall" }));
        Assert.That(await _world.Refused(new AcceptHandoff(_handoff, null, null), _bob), Is.EqualTo(Codes.StateConflict));
        Assert.That(await _world.Refused(new AcceptCounter(_handoff, null), _bob), Is.EqualTo(Codes.Forbidden));
    }

    [Test]
    public async Task Taken_it_makes_the_mirror_with_what_the_fulfiller_had_said_before()
    {
        (await _world.Say(_bob, _handoff, "Is there a lift?")).Must();
        await Counter();
        await _world.Do(new AcceptCounter(_handoff, null), _ada);
        var (ada, bob) = (await _world.See(_ada, _handoff), await _world.See(_bob, _handoff));
        Assert.That((bob.State, bob.Fulfiller.TicketNumber, bob.Agreed!.Price!.Amount, bob.Counter), Is.EqualTo(("accepted", "1", 120.5m, (object?)null)));
        Assert.That(ada.Clocks.ResolveBy, Is.EqualTo(_world.Clock.GetUtcNow().AddDays(9)));
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            Assert.That((await _world.Talk(caller, _handoff)).Select(c => c.Body), Has.Some.EqualTo("Is there a lift?").And.Some.Contains("120.5 EUR"));
        }

        Assert.That((await _world.Ticket(_ada, _handoff)).Handoffs.Single().PartnerTicketNumber, Is.EqualTo("1"));
        Assert.That((await _world.Ticket(_bob, _handoff)).Handoffs.Single().State, Is.EqualTo("accepted"));
        await _world.Do(new StartHandoff(_handoff, null), _bob);
        Assert.That((await _world.Ticket(_bob, _handoff)).Status, Is.EqualTo("open"));
    }

    [Test]
    public async Task Rejected_the_first_offer_stands()
    {
        await Counter();
        await _world.Do(new RejectCounter(_handoff, null), _ada);
        Assert.That((await _world.See(_bob, _handoff)).Counter, Is.Null);
        Assert.That(await _world.Refused(new RejectCounter(_handoff, null), _ada), Is.EqualTo(Codes.StateConflict));
        await Counter();
        await _world.Do(new RejectCounter(_handoff, null), _ada);
        await _world.Do(new AcceptHandoff(_handoff, null, null), _bob);
        Assert.That((await _world.See(_ada, _handoff)).Agreed, Is.Null);
    }

    [Test]
    public async Task It_may_still_be_declined_recalled_or_run_out()
    {
        await Counter();
        await _world.Do(new DeclineHandoff(_handoff, "price", null, null), _bob);
        Assert.That((await _world.See(_ada, _handoff)).Counter, Is.Null);
    }

    [Test]
    public async Task A_time_that_has_passed_is_refused()
    {
        var late = new CounterHandoff(_handoff, _world.Clock.GetUtcNow(), null, null, null, null);
        Assert.That(await _world.Refused(late, _bob), Is.EqualTo(Codes.Validation));
        Assert.That((await _world.See(_bob, _handoff)).Version, Is.EqualTo(1));
    }

    private Task<HandoffId> Counter() => _world.Do(
        new CounterHandoff(_handoff, _world.Clock.GetUtcNow().AddDays(9), new Money(120.5m, "EUR"), "Without the journey", null, null), _bob);
}
