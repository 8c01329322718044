using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>Re-routing: by a click, or by a rule of the placer.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_partner_cannot_take_it(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _eve = null!;
    private Caller _joe = null!;
    private LinkId[] _links = null!;
    private TicketId _ticket;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob, _eve, _joe) = (await _world.Join("Ada"), await _world.Join("Bob"), await _world.Join("Eve"), await _world.Join("Joe"));
        _links = [await _world.Link(_ada, _bob), await _world.Link(_ada, _eve), await _world.Link(_ada, _joe)];
        _ticket = (await _world.Ask<OpenTicket, TicketId>(
            new OpenTicket("Lift stuck", "Canary description", null, new Contact("Eva", null, null), new Asset("Lift 7", null, null), null, "Lifts"), _ada)).Must();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_click_offers_it_to_another_and_takes_along_only_what_is_picked()
    {
        var first = await Declined();
        var second = await _world.Do(new RerouteHandoff(first, _links[1], null, new ShareAsk(null, true, null, null), null), _ada);
        var offer = await _world.See(_eve, second);
        Assert.That((offer.State, offer.Offer!.Contact, offer.Offer.Asset!.Name), Is.EqualTo(("offered", (object?)null, "Lift 7")));
        Assert.That(offer.ReroutedFrom, Is.Null, "a partner does not learn of the one before");
        Assert.That((await _world.See(_ada, second)).ReroutedFrom, Is.EqualTo(first));
        Assert.That((await _world.Talk(_eve, second)).Select(c => c.Body), Has.None.Contains("capacity"));
        Assert.That(await _world.Refused(new RerouteHandoff(first, _links[1], null, null, null), _bob), Is.EqualTo(Codes.Forbidden));
        Assert.That(await _world.Refused(new RerouteHandoff(second, _links[2], null, null, null), _ada), Is.EqualTo(Codes.StateConflict), "it is not over");
    }

    [Test]
    public async Task Without_a_partner_named_the_next_of_the_rule_is_asked()
    {
        await Rule(automatic: false, _links);
        var first = await Declined();
        await _world.FireTimers();
        Assert.That((await _world.Ticket(_ada, first)).Handoffs, Has.Count.EqualTo(1), "nobody asked for it");
        var second = await _world.Do(new RerouteHandoff(first, null, null, null, null), _ada);
        Assert.That((await _world.See(_ada, second)).Fulfiller.Account.Name, Is.EqualTo("Eve"));
        await _world.Do(new DeclineHandoff(second, "price", null, null), _eve);
        var third = await _world.Do(new RerouteHandoff(second, null, null, null, null), _ada);
        Assert.That((await _world.See(_ada, third)).Fulfiller.Account.Name, Is.EqualTo("Joe"));
        await _world.Do(new DeclineHandoff(third, "price", null, null), _joe);
        Assert.That(await _world.Refused(new RerouteHandoff(third, null, null, null, null), _ada), Is.EqualTo(Codes.Validation), "nobody is left");
    }

    [Test]
    public async Task A_rule_goes_on_by_itself_when_it_is_declined_or_runs_out_once_however_often_it_is_asked()
    {
        await Rule(automatic: true, _links, within: 5);
        var first = await Declined();
        await _world.Crash();
        await _world.FireTimers();
        (await _world.Ask<RerouteByRule, HandoffId>(new RerouteByRule(first), _ada)).Must();
        var ties = (await _world.Ticket(_ada, first)).Handoffs;
        Assert.That(ties.Select(t => (t.Partner.Name, t.State)), Is.EqualTo(new[] { ("Bob", "declined"), ("Eve", "offered") }));
        var offered = await _world.See(_eve, ties[1].Id);
        Assert.That((offered.Offer!.Contact?.Name, offered.Offer.Asset), Is.EqualTo(("Eva", (object?)null)), "as the rule shares");

        _world.Clock.Advance(TimeSpan.FromHours(5));
        await _world.FireTimers();
        ties = (await _world.Ticket(_ada, first)).Handoffs;
        Assert.That(ties.Select(t => (t.Partner.Name, t.State)), Is.EqualTo(new[] { ("Bob", "declined"), ("Eve", "expired"), ("Joe", "offered") }));
        Assert.That((await _world.Log(_ada, ties[2].Id))[0].Actor!.Kind, Is.EqualTo("rule"));
        _world.Clock.Advance(TimeSpan.FromHours(5));
        await _world.FireTimers();
        Assert.That((await _world.Ticket(_ada, first)).Status, Is.EqualTo("check"), "nobody is left: a person has to look");
    }

    [Test]
    public async Task A_rule_of_another_category_or_asset_or_company_does_not_fit()
    {
        (await _world.Ask<MakeRoute, RouteId>(new MakeRoute("Other", "Doors", null, _links, true, null, null), _ada)).Must();
        (await _world.Ask<MakeRoute, RouteId>(new MakeRoute("Other", null, "Lift 8", _links, true, null, null), _ada)).Must();
        var first = await Declined();
        await _world.FireTimers();
        Assert.That((await _world.Ticket(_ada, first)).Handoffs, Has.Count.EqualTo(1));
        var foreign = await _world.Ask<MakeRoute, RouteId>(new MakeRoute("Mine", null, null, _links, true, null, null), _bob);
        Assert.That(foreign.Fault?.Code, Is.EqualTo(Codes.NotFound));
    }

    [Test]
    public async Task One_that_cannot_be_asked_now_is_passed_over()
    {
        await Rule(automatic: true, _links);
        await _world.Offer(_ada, _ticket, _links[1]);
        var first = await Declined();
        await _world.FireTimers();
        Assert.That((await _world.Ticket(_ada, first)).Handoffs.Select(t => t.Partner.Name), Is.EquivalentTo(new[] { "Bob", "Eve", "Joe" }));
    }

    private async Task<HandoffId> Declined()
    {
        var handoff = await _world.Offer(_ada, _ticket, _links[0]);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        return await _world.Do(new DeclineHandoff(handoff, "no_capacity", null, null), _bob);
    }

    private async Task Rule(bool automatic, LinkId[] links, int? within = null) =>
        (await _world.Ask<MakeRoute, RouteId>(new MakeRoute("Lifts", "lifts", "LIFT 7", links, automatic, new RouteShare(true, null), within), _ada)).Must();
}
