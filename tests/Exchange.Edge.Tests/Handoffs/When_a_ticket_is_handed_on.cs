using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>A mirror that goes one hop further, and what comes back up.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_ticket_is_handed_on(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _eve = null!;
    private LinkId _up;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob, _eve) = (await _world.Join("Ada"), await _world.Join("Bob"), await _world.Join("Eve"));
        _up = await _world.Link(_ada, _bob);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_solution_stays_one_hop_down_until_somebody_passes_it_on()
    {
        var (parent, child) = await HandedOn(Scenes.Terms());
        await _world.Do(new ResolveHandoff(child, "Canary of Eve", null, 30, null), _eve);
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, parent)).State, Is.EqualTo("in_progress"));
        Assert.That((await _world.Ticket(_bob, child)).Status, Is.EqualTo("open"), "a mirror's status follows what came in");
        Assert.That(await _world.Refused(new ResolveHandoff(parent, "Done", null, null, null), _bob), Is.EqualTo(Codes.ChildrenOpen));
        Assert.That((await _world.Talk(_ada, parent)).Select(c => c.Body), Has.None.Contains("Canary"));
    }

    [Test]
    public async Task Where_the_terms_say_so_it_climbs_by_itself_and_once()
    {
        var (parent, child) = await HandedOn(Scenes.Terms() with { Climb = true });
        await _world.Do(new ResolveHandoff(child, "New rope", "rope", 30, null), _eve);
        await _world.Crash();
        await _world.FireTimers();
        await _world.FireTimers();
        var up = await _world.See(_ada, parent);
        Assert.That((up.State, up.Minutes, (await _world.See(_eve, child)).State), Is.EqualTo(("resolved", 30, "closed")));
        Assert.That((await _world.Talk(_ada, parent)).Count(c => c.Kind == "solution"), Is.EqualTo(1));
        Assert.That((await _world.Log(_ada, parent))[^1].Actor!.Kind, Is.EqualTo("rule"));
    }

    [Test]
    public async Task It_does_not_climb_while_another_partner_is_still_at_it()
    {
        var (parent, child) = await HandedOn(Scenes.Terms() with { Climb = true });
        var joe = await _world.Join("Joe");
        await _world.Offer(_bob, (await _world.See(_bob, parent)).TicketId!.Value, await _world.Link(_bob, joe));
        await _world.Do(new ResolveHandoff(child, "New rope", null, null, null), _eve);
        await _world.FireTimers();
        Assert.That(((await _world.See(_ada, parent)).State, (await _world.See(_bob, child)).State), Is.EqualTo(("in_progress", "resolved")));
    }

    [Test]
    public async Task Its_deadline_has_to_fit_in_what_is_left_of_its_parents()
    {
        var by = _world.Clock.GetUtcNow().AddDays(2);
        var parent = await _world.Do(new OfferHandoff(await _world.OpenTicket(_ada), _up, null, null, null, null, by), _ada);
        await _world.Do(new AcceptHandoff(parent, null, null), _bob);
        var mirror = (await _world.See(_bob, parent)).TicketId!.Value;
        var down = await _world.Link(_bob, _eve);
        Assert.That(await _world.Refused(new OfferHandoff(mirror, down, null, null, null, null, by.AddMinutes(1)), _bob), Is.EqualTo(Codes.Validation));
        var child = await _world.Do(new OfferHandoff(mirror, down, null, null, null, null, null), _bob);
        await _world.Do(new CounterHandoff(child, by.AddDays(1), null, null, null, null), _eve);
        Assert.That(await _world.Refused(new AcceptCounter(child, null), _bob), Is.EqualTo(Codes.Validation));
        await _world.Do(new RejectCounter(child, null), _bob);
        Assert.That((await _world.See(_eve, child)).Clocks.ResolveBy, Is.EqualTo(by), "said nothing, it has what its parent has");
    }

    [Test]
    public async Task A_mirror_goes_to_somebody_else_in_the_desk_and_keeps_its_bond()
    {
        var handoff = await _world.Running(_ada, _bob, _up);
        var mirror = (await _world.See(_bob, handoff)).TicketId!.Value;
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(mirror, null, null, "urgent", null, "Second line", null, "Lifts"), _bob)).Must();
        (await _world.Say(_ada, handoff, "Any news?")).Must();
        await _world.Carry();
        var ticket = await _world.Ticket(_bob, handoff);
        Assert.That((ticket.Assignee, ticket.Category, ticket.Mirror, ticket.Handoffs.Single().State), Is.EqualTo(("Second line", "Lifts", true, "in_progress")));
        Assert.That((await _world.Talk(_bob, handoff)).Select(c => c.Body), Has.Some.EqualTo("Any news?"));
        Assert.That((await _world.Log(_ada, handoff)).Select(e => e.Data.ToString()), Has.None.Contains("Second line").And.None.Contains("Lifts"), "it stays at home");
    }

    private async Task<(HandoffId Parent, HandoffId Child)> HandedOn(TermsAsk terms)
    {
        var parent = await _world.Running(_ada, _bob, _up);
        var child = await _world.Offer(_bob, (await _world.See(_bob, parent)).TicketId!.Value, await _world.Link(_bob, _eve, terms));
        await _world.Do(new AcceptHandoff(child, null, null), _eve);
        await _world.Do(new StartHandoff(child, null), _eve);
        return (parent, child);
    }
}
