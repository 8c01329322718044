using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Relay;

/// <summary>Timers are rows: they survive a crash, fire by the clock, and ask through the same door as everybody.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_timer_is_due(Engine engine)
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

    [Test]
    public async Task An_invitation_that_nobody_answered_expires_after_seven_days_and_its_code_is_used_up()
    {
        var invited = (await _world.Ask<InvitePartner, Invited>(new InvitePartner(null), _ada)).Must();
        _world.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await _world.Crash();
        await Fire(left: 1);
        Assert.That(await State(invited.Id), Is.EqualTo(LinkState.Invited));

        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await Fire(left: 0);
        Assert.That(await State(invited.Id), Is.EqualTo(LinkState.Expired));
        var late = await _world.Ask<AcceptInvitation, LinkId>(new AcceptInvitation(invited.InviteCode), _bob);
        Assert.That(late.Fault?.Code, Is.EqualTo(Codes.AlreadyAnswered));
    }

    [Test]
    public async Task An_invitation_that_was_accepted_does_not_expire()
    {
        var link = await _world.Link(_ada, _bob);
        _world.Clock.Advance(TimeSpan.FromDays(8));
        await Fire(left: 0);
        Assert.That(await State(link), Is.EqualTo(LinkState.Active));
    }

    [Test]
    public async Task An_offer_is_accepted_by_a_rule_where_the_terms_say_so_also_after_a_crash()
    {
        var terms = new TermsAsk(null, "automatic", null, null, null, null, null, null, null, null);
        var handoff = await _world.Offer(_ada, await _world.OpenTicket(_ada), await _world.Link(_ada, _bob, terms));
        await _world.Crash();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Fire(left: 1);

        var view = (await _world.Get<HandoffViews>().One(_bob, handoff, CancellationToken.None))!;
        Assert.That((view.State, view.Fulfiller.TicketNumber), Is.EqualTo(("accepted", "1")));
        var entries = (await _world.Get<HandoffViews>().Entries(_ada, handoff, new Core.Store.PageAsk(50, null), false, CancellationToken.None))!;
        Assert.That(entries.Items[^1].Actor!.Kind, Is.EqualTo("rule"));
    }

    private async Task Fire(int left)
    {
        await _world.FireTimers();
        await using var db = _world.Dialect.Read();
        Assert.That(await db.Timers.CountAsync(), Is.EqualTo(left));
    }

    private async Task<LinkState> State(LinkId link)
    {
        await using var db = _world.Dialect.Read();
        return await db.Links.Where(l => l.Id == link).Select(l => l.State).SingleAsync();
    }
}
