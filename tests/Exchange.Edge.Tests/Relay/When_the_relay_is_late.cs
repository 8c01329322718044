using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Relay;

/// <summary>Both sides go on by the exchange's own state while their desks are behind; what comes late changes nothing that is newer.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_the_relay_is_late(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _handoff;
    private TicketId _ticket;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        _ada = await _world.Join("Ada");
        _bob = await _world.Join("Bob");
        _ticket = await _world.OpenTicket(_ada);
        _handoff = await _world.Offer(_ada, _ticket, await _world.Link(_ada, _bob));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_late_entry_does_not_open_a_handoff_again_that_its_desk_has_closed()
    {
        (await _world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(_handoff, null, null), _bob)).Must();
        (await _world.Ask<StartHandoff, HandoffId>(new StartHandoff(_handoff, null), _bob)).Must();
        (await _world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(_handoff, "done", null, null, null), _bob)).Must();
        (await _world.Ask<ConfirmHandoff, HandoffId>(new ConfirmHandoff(_handoff, null), _ada)).Must();
        await _world.Carry();

        var ticket = await Ticket();
        Assert.That(ticket.Handoffs.Single().State, Is.EqualTo("closed"));
        Assert.That(ticket.Handoffs.Single().PartnerTicketNumber, Is.EqualTo("1"), "the number of the mirror came with the late entry");
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(_ticket, "closed", null, null, null, null, null), _ada)).Must();
        Assert.That((await Ticket()).Status, Is.EqualTo("closed"));
    }

    [Test]
    public async Task A_ring_without_news_leaves_the_status_that_a_person_has_set()
    {
        (await _world.Ask<DeclineHandoff, HandoffId>(new DeclineHandoff(_handoff, "no_capacity", null, null), _bob)).Must();
        await _world.Carry();
        Assert.That((await Ticket()).Status, Is.EqualTo("check"));
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(_ticket, "open", null, null, null, null, null), _ada)).Must();
        await _world.Relay.Bring([_handoff], CancellationToken.None);
        await _world.Heal();
        Assert.That((await Ticket()).Status, Is.EqualTo("open"));
    }

    private async Task<TicketView> Ticket() => (await _world.Get<TicketViews>().One(_ada, _ticket, CancellationToken.None))!;
}
