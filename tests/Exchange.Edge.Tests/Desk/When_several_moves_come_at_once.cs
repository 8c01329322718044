using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.Handoffs;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Desk;

/// <summary>Semantics 5 follows the moves, and not how many of them the relay happens to bring in one go.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_several_moves_come_at_once(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    /// <summary>Nobody has looked at the solution: that it closed by itself does not make the ticket as if nothing had been.</summary>
    [Test]
    public async Task A_ticket_has_the_status_that_it_has_when_they_come_one_by_one([Values] bool together)
    {
        var handoff = await Running();
        (await _world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(handoff, "Done", null, null, null), _bob)).Must();
        await Between(together);
        _world.Clock.Advance(TimeSpan.FromDays(3));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, handoff)).State, Is.EqualTo("closed"));
        Assert.That((await _world.Ticket(_ada, handoff)).Status, Is.EqualTo("check"));
    }

    [Test]
    public async Task What_a_person_set_between_stays_where_the_moves_say_nothing_else([Values] bool together)
    {
        var handoff = await Running();
        var ticket = (await _world.See(_ada, handoff)).TicketId!.Value;
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(handoff, "Which?", null), _bob)).Must();
        await Between(together);
        (await _world.Ask<ResumeHandoff, HandoffId>(new ResumeHandoff(handoff, "By telephone", null), _bob)).Must();
        await _world.Carry();
        Assert.That((await _world.Ticket(_ada, handoff)).Status, Is.EqualTo("with_partner"));
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(ticket, "waiting", null, null, null, null, null), _ada)).Must();
        (await _world.Say(_bob, handoff, "On site")).Must();
        await _world.Carry();
        Assert.That((await _world.Ticket(_ada, handoff)).Status, Is.EqualTo("waiting"), "a comment is no news of the state");
    }

    private async Task<HandoffId> Running()
    {
        var handoff = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob, Scenes.Terms(confirmAfterDays: 2)));
        Assert.That((await _world.Ticket(_ada, handoff)).Status, Is.EqualTo("with_partner"));
        return handoff;
    }

    private Task Between(bool together) => together ? Task.CompletedTask : _world.Carry();
}
