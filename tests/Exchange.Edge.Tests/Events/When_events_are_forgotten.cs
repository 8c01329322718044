using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using Exchange.Worker;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Events;

/// <summary>Events older than wanted are forgotten, and who comes back for them is told so instead of being given a gap.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_events_are_forgotten(Engine engine)
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
        _handoff = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        await Number();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task The_old_ones_go_and_the_others_stay()
    {
        await Forget();
        var old = await Ids(_ada);
        _world.Clock.Advance(TimeSpan.FromDays(6));
        await Say("within the time");
        await Forget();
        Assert.That((await Ids(_ada)).Take(old.Count), Is.EqualTo(old), "six days of seven");

        _world.Clock.Advance(TimeSpan.FromDays(1.5));
        await Forget();
        Assert.That((await Ids(_ada)).Count, Is.EqualTo(1));
        var kept = (await _world.Get<EventViews>().List(_ada, 0, 200, CancellationToken.None)).Items.Single();
        Assert.That(kept.Data.Comment?.Body, Is.EqualTo("within the time"));
        Assert.That(await Misses(_ada, 0), Is.True);
        Assert.That(await Misses(_ada, old[^2]), Is.True, "the one after it has gone");
        Assert.That(await Misses(_ada, old[^1]), Is.False, "what comes after it is whole");
        await using var db = _world.Dialect.Read();
        Assert.That(db.Entries.Count(e => e.Handoff == _handoff), Is.EqualTo(4), "the log is kept");
    }

    [Test]
    public async Task A_quiet_accounts_old_position_stays_good()
    {
        var eve = await _world.Join("Eve");
        await _world.OpenTicket(eve);
        await Number();
        var position = (await Ids(eve))[^1];
        await Forget();
        for (var month = 0; month < 3; month++)
        {
            _world.Clock.Advance(TimeSpan.FromDays(30));
            await Say("others talk");
            await Forget();
        }

        Assert.That(await Ids(eve), Is.Empty);
        Assert.That(await Misses(eve, position), Is.False, "it had all of them");
        Assert.That(await Misses(eve, position - 1), Is.True);
    }

    [Test]
    public async Task A_long_list_goes_in_small_units()
    {
        await Bulk(_ada, (2 * ForgetEventsDeed.Batch) + 100);
        await Forget();
        _world.Clock.Advance(TimeSpan.FromDays(8));
        var before = _world.Log.Lines.Count(line => line.Contains(nameof(ForgetEvents), StringComparison.Ordinal));
        await Forget();
        Assert.That(await Ids(_ada), Is.Empty);
        var units = _world.Log.Lines.Count(line => line.Contains(nameof(ForgetEvents), StringComparison.Ordinal)) - before;
        Assert.That(units, Is.InRange(4, 6), "three of one account, one or two of the other");
    }

    [Test]
    public async Task What_is_new_goes_on_under_higher_numbers()
    {
        await Forget();
        var last = (await Ids(_bob))[^1];
        _world.Clock.Advance(TimeSpan.FromDays(8));
        await Forget();
        await Say("after all was forgotten");
        Assert.That(await Ids(_bob), Has.Count.EqualTo(1).And.All.GreaterThan(last));
        Assert.That(await Misses(_bob, last), Is.False);
    }

    private async Task Bulk(Caller caller, int count)
    {
        (await _world.Dialect.Do<Done>(
            async unit =>
            {
                var last = await unit.LockEvents();
                for (var i = 1; i <= count; i++)
                {
                    unit.Db.Add(new AccountEvent { Account = caller.Account, Number = last + i, Type = "ticket.opened", Subject = caller.Account.Value, At = unit.Now });
                }

                await unit.CountEvents(last + count);
                return default(Done);
            },
            CancellationToken.None)).Must();
    }

    private async Task Say(string body)
    {
        (await _world.Say(_ada, _handoff, body)).Must();
        await _world.Carry();
        await Number();
    }

    private async Task Number()
    {
        await _world.Relay.Settle(CancellationToken.None);
        await _world.Get<Sequencer>().NumberPending(CancellationToken.None);
    }

    private Task Forget() => new Forgetting(_world.Door, _world.Dialect, new ExchangeSettings { EventsKeptDays = 7 }, _world.Clock).Go(CancellationToken.None);

    private Task<bool> Misses(Caller caller, long after) => _world.Get<EventViews>().Misses(caller, after, CancellationToken.None);

    private async Task<IReadOnlyList<long>> Ids(Caller caller)
    {
        await using var db = _world.Dialect.Read();
        return [.. db.Events.Where(e => e.Account == caller.Account).OrderBy(e => e.Number).Select(e => e.Number)];
    }
}
