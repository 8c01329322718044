using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

[TestFixtureSource(typeof(Engines))]
public sealed class When_a_handoff_is_reopened(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _closed;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _closed = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        await _world.Do(new ResolveHandoff(_closed, "New seal", null, null, null), _bob);
        await _world.Do(new ConfirmHandoff(_closed, null), _ada);
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket((await _world.See(_ada, _closed)).TicketId!.Value, "closed", null, null, null, null, null), _ada)).Must();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_new_one_goes_on_from_it_on_the_same_ticket_and_mirror()
    {
        var before = await _world.See(_bob, _closed);
        var again = await _world.Do(new ReopenHandoff(_closed, "It leaks again", null), _ada);
        var offered = await _world.See(_bob, again);
        Assert.That((offered.State, offered.FollowUpOf, offered.Offer!.Note), Is.EqualTo(("offered", (HandoffId?)_closed, "It leaks again")));
        Assert.That((await _world.Ticket(_ada, again)).Status, Is.EqualTo("with_partner"), "the placer's ticket is open again");

        await _world.Do(new AcceptHandoff(again, null, null), _bob);
        var accepted = await _world.See(_bob, again);
        Assert.That((accepted.TicketId, accepted.Fulfiller.TicketNumber), Is.EqualTo((before.TicketId, before.Fulfiller.TicketNumber)));
        Assert.That((await _world.Ticket(_bob, again)).Status, Is.EqualTo("new"));
        await _world.Do(new StartHandoff(again, null), _bob);
        Assert.That((await _world.Ticket(_bob, again)).Status, Is.EqualTo("open"));
        (await _world.Say(_ada, again, "Thank you")).Must();
        await _world.Carry();
        Assert.That((await _world.Talk(_bob, again)).Select(c => c.Body), Has.Some.EqualTo("Thank you"));
        await _world.Do(new ResolveHandoff(again, "Another seal", null, null, null), _bob);
        await _world.Do(new ConfirmHandoff(again, null), _ada);
        Assert.That((await _world.Ticket(_bob, again)).Status, Is.EqualTo("closed"));
        Assert.That((await _world.Log(_ada, _closed))[^1].Type, Is.EqualTo("confirmed"), "closed history never changes");
    }

    [Test]
    public async Task Only_the_placer_may_and_once_at_a_time_and_within_thirty_days()
    {
        Assert.That(await _world.Refused(new ReopenHandoff(_closed, "x", null), _bob), Is.EqualTo(Codes.Forbidden));
        Assert.That((await _world.See(_ada, _closed)).Allowed, Is.EqualTo(new[] { "reopen" }));
        await _world.Do(new ReopenHandoff(_closed, "x", null), _ada);
        Assert.That(await _world.Refused(new ReopenHandoff(_closed, "y", null), _ada), Is.EqualTo(Codes.AlreadyHandedOver));
        _world.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That((await _world.See(_ada, _closed)).Allowed, Is.Empty);
        Assert.That(await _world.Refused(new ReopenHandoff(_closed, "y", null), _ada), Is.EqualTo(Codes.StateConflict));
    }
}
