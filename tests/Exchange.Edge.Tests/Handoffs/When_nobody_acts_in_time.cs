using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>Times come from the offer or the terms, stand in the database, and race like any other command.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_nobody_acts_in_time(Engine engine)
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
    public async Task An_offer_expires_also_over_a_crash_and_what_was_offered_is_withheld()
    {
        var handoff = await Offer(await _world.Link(_ada, _bob), TimeSpan.FromHours(4));
        _world.Clock.Advance(TimeSpan.FromHours(3.9));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, handoff)).State, Is.EqualTo("offered"));
        await _world.Crash();
        _world.Clock.Advance(TimeSpan.FromHours(0.2));
        await _world.FireTimers();
        var seen = await _world.See(_bob, handoff);
        Assert.That((seen.State, seen.Offer, seen.Allowed.Count), Is.EqualTo(("expired", (object?)null, 0)));
        Assert.That((await _world.Log(_bob, handoff))[0], Has.Property("Withheld").True.And.Property("Data").Null);
        Assert.That((await _world.Ticket(_ada, handoff)).Status, Is.EqualTo("check"));
        Assert.That((await _world.Log(_ada, handoff))[^1], Has.Property("Side").EqualTo("exchange"));
    }

    [Test]
    public async Task An_offer_that_was_accepted_does_not_expire()
    {
        var handoff = await Offer(await _world.Link(_ada, _bob), TimeSpan.FromHours(4));
        await _world.Do(new AcceptHandoff(handoff, null, null), _bob);
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, handoff)).State, Is.EqualTo("accepted"));
        Assert.That(await Timers(), Is.Zero);
    }

    [Test]
    public async Task A_solution_is_confirmed_by_itself_after_the_days_of_the_terms()
    {
        var handoff = await Resolved(await _world.Link(_ada, _bob, Scenes.Terms(confirmAfterDays: 3)));
        _world.Clock.Advance(TimeSpan.FromDays(2.9));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, handoff)).State, Is.EqualTo("resolved"));
        _world.Clock.Advance(TimeSpan.FromDays(0.2));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, handoff)).State, Is.EqualTo("closed"));
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            Assert.That((await _world.Ticket(caller, handoff)).Handoffs.Single().State, Is.EqualTo("closed"), "both desks were told");
        }
    }

    [Test]
    public async Task A_rework_begins_the_days_anew()
    {
        var handoff = await Resolved(await _world.Link(_ada, _bob));
        _world.Clock.Advance(TimeSpan.FromDays(4));
        await _world.Do(new ReworkHandoff(handoff, "not_fixed", null, null), _ada);
        await _world.Do(new ResolveHandoff(handoff, "Now", null, null, null), _bob);
        _world.Clock.Advance(TimeSpan.FromDays(4));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, handoff)).State, Is.EqualTo("resolved"));
        _world.Clock.Advance(TimeSpan.FromDays(1));
        await _world.FireTimers();
        Assert.That((await _world.See(_ada, handoff)).State, Is.EqualTo("closed"));
    }

    private async Task<HandoffId> Offer(LinkId link, TimeSpan acceptWithin) =>
        await _world.Do(new OfferHandoff(await _world.OpenTicket(_ada), link, null, null, _world.Clock.GetUtcNow() + acceptWithin, null, null), _ada);

    private async Task<HandoffId> Resolved(LinkId link)
    {
        var handoff = await _world.Running(_ada, _bob, link);
        return await _world.Do(new ResolveHandoff(handoff, "New seal", null, null, null), _bob);
    }

    private async Task<int> Timers()
    {
        await using var db = _world.Dialect.Read();
        return await db.Timers.CountAsync(t => t.Due < DueTimer.Asleep && t.Kind == DueTimer.ExpireOffer);
    }
}
