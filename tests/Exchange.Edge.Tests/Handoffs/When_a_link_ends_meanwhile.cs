using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>What was to follow by itself, when the link that it was to go over has ended or is about to.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_link_ends_meanwhile(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _eve = null!;
    private LinkId _toBob;
    private LinkId _toEve;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob, _eve) = (await _world.Join("Ada"), await _world.Join("Bob"), await _world.Join("Eve"));
        (_toBob, _toEve) = (await _world.Link(_ada, _bob, Scenes.Terms(confirmAfterDays: 2) with { AcceptWithinHours = 24 }), await _world.Link(_ada, _eve));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    /// <summary>The link is not active, which passes for others; of what is severed it never does.</summary>
    [Test]
    public async Task A_timer_of_what_was_severed_is_asked_for_once_and_never_again()
    {
        var offered = await _world.Offer(_ada, await _world.OpenTicket(_ada), _toBob);
        var resolved = await _world.Running(_ada, _bob, _toBob);
        await _world.Do(new ResolveHandoff(resolved, "Done", null, null, null), _bob);
        var recalled = await _world.Running(_ada, _bob, _toBob);
        await _world.Do(new RecallHandoff(recalled, "changed", null, null), _ada);
        HandoffId[] all = [offered, resolved, recalled];
        Assert.That(Timers(all), Is.EquivalentTo(new[] { "expire-offer", "expire-offer", "expire-offer", "confirm-by-terms", "agree-by-silence" }));
        (await _world.Ask<TerminateLink, LinkId>(new TerminateLink(_toBob, "over", null), _ada)).Must();
        await _world.FireTimers();
        Assert.That(await States(_ada, all), Is.EqualTo(new[] { "severed", "severed", "severed" }));

        _world.Clock.Advance(TimeSpan.FromDays(3));
        await _world.FireTimers();
        Assert.That(Timers(all), Is.Empty);
    }

    [Test]
    public async Task A_timer_over_a_suspended_link_waits_for_it()
    {
        var offered = await _world.Offer(_ada, await _world.OpenTicket(_ada), _toBob);
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_toBob, null, null), _bob)).Must();
        _world.Clock.Advance(TimeSpan.FromDays(3));
        await _world.FireTimers();
        Assert.That(Timers([offered]), Is.EqualTo(new[] { "expire-offer" }));
        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(_toBob, null), _bob)).Must();
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await _world.FireTimers();
        Assert.That((Timers([offered]).Count, (await States(_ada, [offered]))[0]), Is.EqualTo((0, "expired")));
    }

    /// <summary>A link under notice takes no offers, and never will again: nothing is to be waited for.</summary>
    [TestCase("drain")]
    [TestCase("terminate")]
    public async Task A_rule_passes_over_a_link_that_ends_and_a_person_has_to_look(string how)
    {
        await Rule(_toBob, _toEve);
        await EndOf(_toEve, how);
        var declined = await Declined();
        await _world.FireTimers();
        Assert.That(Timers([declined]), Has.None.EqualTo("reroute"), "nobody is left who could be asked");
        var ticket = await _world.Ticket(_ada, declined);
        Assert.That((ticket.Status, ticket.Handoffs.Count), Is.EqualTo(("check", 1)));
        Assert.That(await _world.Refused(new RerouteHandoff(declined, null, null, null, null), _ada), Is.EqualTo(Codes.Validation), "no rule names a further partner");
    }

    [Test]
    public async Task The_next_partner_after_a_link_that_ends_is_asked()
    {
        var joe = await _world.Join("Joe");
        await Rule(_toBob, _toEve, await _world.Link(_ada, joe));
        await EndOf(_toEve, "drain");
        var declined = await Declined();
        await _world.FireTimers();
        Assert.That((await _world.Ticket(_ada, declined)).Handoffs.Select(t => t.Partner.Name), Is.EqualTo(new[] { "Bob", "Joe" }));
        Assert.That(Timers([declined]), Has.None.EqualTo("reroute"));
    }

    /// <summary>Suspended is not ended: it is asked again when the link is resumed.</summary>
    [Test]
    public async Task A_rule_waits_for_a_link_that_is_suspended()
    {
        await Rule(_toBob, _toEve);
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_toEve, null, null), _eve)).Must();
        var declined = await Declined();
        await _world.FireTimers();
        Assert.That(Timers([declined]), Has.One.EqualTo("reroute"));
        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(_toEve, null), _eve)).Must();
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.FireTimers();
        Assert.That((await _world.Ticket(_ada, declined)).Handoffs.Select(t => t.Partner.Name), Is.EqualTo(new[] { "Bob", "Eve" }));
    }

    private async Task Rule(params LinkId[] links) =>
        (await _world.Ask<MakeRoute, RouteId>(new MakeRoute("All", null, null, links, true, null, null), _ada)).Must();

    private async Task EndOf(LinkId link, string how) => (await (how == "drain"
        ? _world.Ask<DrainLink, LinkId>(new DrainLink(link, null, null), _eve)
        : _world.Ask<TerminateLink, LinkId>(new TerminateLink(link, null, null), _eve))).Must();

    private async Task<HandoffId> Declined()
    {
        var offered = await _world.Offer(_ada, await _world.OpenTicket(_ada), _toBob);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        return await _world.Do(new DeclineHandoff(offered, "no_capacity", null, null), _bob);
    }

    private async Task<IReadOnlyList<string>> States(Caller caller, IEnumerable<HandoffId> handoffs)
    {
        var states = new List<string>();
        foreach (var handoff in handoffs)
        {
            states.Add((await _world.See(caller, handoff)).State);
        }

        return states;
    }

    private IReadOnlyList<string> Timers(IReadOnlyList<HandoffId> of)
    {
        using var connection = _world.Tables();
        return [.. Rows.Each(connection, "SELECT kind, subject FROM timer", r => (Kind: r.GetString(0), Subject: Rows.Id(r, 1))).Where(t => of.Any(h => h.Value == t.Subject)).Select(t => t.Kind)];
    }
}
