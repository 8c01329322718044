using System.Collections.Concurrent;
using System.Text.Json;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Events;

/// <summary>Replication rule 13: events are numbered after the commit, without a gap for who follows them, whatever happens in between.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_events_are_numbered(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;
    private HandoffId _handoff;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _link = await _world.Link(_ada, _bob);
        _handoff = await _world.Running(_ada, _bob, _link);
        await Round();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task Each_entry_is_an_event_of_both_in_the_order_of_the_log()
    {
        await _world.Say(_ada, _handoff, "one");
        await _world.Say(_bob, _handoff, "two");
        await _world.Carry();
        await Round();
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            var events = await Of(caller);
            Assert.That(events.Where(e => e.Data.HandoffId == _handoff).Select(e => e.Data.Seq), Is.EqualTo(new long?[] { 1, 2, 3, 4, 5 }));
            var said = events[^2];
            Assert.That((said.SpecVersion, said.Type, said.Subject, said.Source, said.DataContentType),
                Is.EqualTo(("1.0", "exchange.handoff.commented", $"handoffs/{_handoff}", $"/accounts/{caller.Account}", "application/json")));
            Assert.That((said.Data.Comment?.Body, said.Data.Comment?.Author.Account.Name, said.Data.Side, said.Data.EntryType), Is.EqualTo(("one", "Ada", "placer", "commented")));
            var own = (await _world.Get<HandoffViews>().One(caller, _handoff, CancellationToken.None))!.TicketId;
            Assert.That(said.Data.TicketId, Is.EqualTo(own));
        }
    }

    [Test]
    public async Task Ones_own_is_there_at_once_and_the_others_when_applied()
    {
        var (adas, bobs) = ((await Of(_ada)).Count, (await Of(_bob)).Count);
        await _world.Say(_bob, _handoff, "from Bob");
        await _world.Say(_ada, _handoff, "from Ada");
        await Number();
        Assert.That((await Of(_ada)).Skip(adas).Select(e => e.Data.Seq), Is.EqualTo(new long?[] { 5 }));
        Assert.That((await Of(_bob)).Skip(bobs).Select(e => e.Data.Seq), Is.EqualTo(new long?[] { 4 }));
        await _world.Carry();
        await Round();
        Assert.That((await Of(_ada)).Skip(adas).Select(e => e.Data.Seq), Is.EqualTo(new long?[] { 5, 4 }));
        Assert.That((await Of(_bob)).Skip(bobs).Select(e => e.Data.Seq), Is.EqualTo(new long?[] { 4, 5 }));
    }

    [Test]
    public async Task A_round_that_is_made_again_numbers_nothing_again()
    {
        var before = (await Of(_ada)).Select(e => e.Id).ToList();
        await Number();
        await Number();
        Assert.That((await Of(_ada)).Select(e => e.Id), Is.EqualTo(before));
    }

    /// <summary>No gap and no double for who follows while all write, desks catch up, and rounds are made.</summary>
    [Test]
    public async Task Who_follows_sixteen_writers_misses_nothing()
    {
        var each = Effort.Of(25, 500);
        using var said = new CancellationTokenSource();
        var followed = new ConcurrentDictionary<string, List<EventView>>(StringComparer.Ordinal);
        var others = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!said.IsCancellationRequested)
            {
                await _world.Relay.Settle(CancellationToken.None);
                await Number();
            }
        })).Concat(new[] { _ada, _bob }.Select(caller => Task.Run(async () =>
        {
            var (seen, after) = (followed[caller.AccountName] = [], 0L);
            while (!said.IsCancellationRequested)
            {
                foreach (var e in await _world.Get<EventViews>().After(caller, after, 7, CancellationToken.None))
                {
                    seen.Add(e);
                    after = long.Parse(e.Id, System.Globalization.CultureInfo.InvariantCulture);
                }
            }
        }))).ToList();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                (await _world.Say(writer % 2 == 0 ? _ada : _bob, _handoff, $"{writer}/{i}")).Must();
                if (i % 7 == writer % 7)
                {
                    await _world.Carry();
                }
            }
        })));
        await _world.Carry();
        await Round();
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            await Eventually.True(async () => await Of(caller) is var all && all.Count(e => e.Data.HandoffId == _handoff) == 3 + (16 * each) && followed[caller.AccountName].Count == all.Count, 60);
        }

        await said.CancelAsync();
        await Task.WhenAll(others);
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            var all = await Of(caller);
            Assert.That(followed[caller.AccountName].Select(e => e.Id), Is.EqualTo(all.Select(e => e.Id)), "what was followed is what is there, in order");
            var seqs = all.Where(e => e.Data.HandoffId == _handoff).Select(e => e.Data.Seq).ToList();
            Assert.That(seqs, Is.EquivalentTo(Enumerable.Range(1, 3 + (16 * each)).Select(n => (long?)n)));
            var own = caller == _ada ? "placer" : "fulfiller";
            Assert.That(all.Where(e => e.Data.Side == own).Select(e => e.Data.Seq), Is.Ordered, "one's own in the order of the log");
            Assert.That(all.Where(e => e.Data.Side is { } side && side != own).Select(e => e.Data.Seq), Is.Ordered, "and so the other's");
        }
    }

    [Test]
    public async Task A_crash_between_the_commit_and_its_number_loses_nothing()
    {
        (await _world.Say(_ada, _handoff, "lost?")).Must();
        await _world.OpenTicket(_ada, "Another");
        await _world.Crash();
        await _world.Heal();
        await _world.Get<Sequencer>().NumberPending(CancellationToken.None);
        Assert.That((await Of(_ada)).Count(e => e.Data.Comment?.Body == "lost?"), Is.EqualTo(1));
        Assert.That((await Of(_bob)).Count(e => e.Data.Comment?.Body == "lost?"), Is.EqualTo(1));
        Assert.That((await Of(_ada)).Count(e => e.Type == "exchange.ticket.opened"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_crash_after_desks_have_caught_up_and_before_the_number_loses_nothing()
    {
        (await _world.Say(_ada, _handoff, "lost?")).Must();
        await _world.Carry();
        (await _world.Ask<SettleHandoffs, Done>(new SettleHandoffs([_handoff]), Caller.Exchange)).Must();
        await _world.Crash();
        Assert.That(_world.Read().Handoffs.Single().Unsettled, Is.True, "it is settled when its events are numbered");
        await _world.Heal();
        Assert.That((await Of(_bob)).Count(e => e.Data.Comment?.Body == "lost?"), Is.EqualTo(1));
        Assert.That(_world.Read().Handoffs.Single().Unsettled, Is.False);
    }

    /// <summary>Neither a settling without the events nor a parked desk may lose one.</summary>
    [Test]
    public async Task A_handoff_is_not_settled_before_its_events_are_numbered_and_a_stuck_desk_keeps_no_event_of_the_writer()
    {
        (await _world.Say(_ada, _handoff, "stuck")).Must();
        await _world.Dialect.Do<Done>(
            async unit =>
            {
                await unit.Db.Bonds.Where(b => b.Handoff == _handoff && b.Side == Side.Fulfiller)
                    .ExecuteUpdateAsync(s => s.SetProperty(b => b.ParkedAt, unit.Now).SetProperty(b => b.ParkedCause, "test").SetProperty(b => b.ToldVersion, 1000));
                await unit.Settle([_handoff]);
                return default(Done);
            },
            CancellationToken.None);
        await _world.Crash();
        var sweeps = await _world.Heal();
        Assert.That(sweeps, Is.LessThanOrEqualTo(3), "it does not look for work that is not there");
        Assert.That((await Of(_ada)).Count(e => e.Data.Comment?.Body == "stuck"), Is.EqualTo(1));
        Assert.That((await Of(_bob)).Count(e => e.Data.Comment?.Body == "stuck"), Is.Zero);
    }

    [Test]
    public async Task A_fulfiller_without_a_ticket_hears_at_once_and_on_a_suspended_link_when_it_goes_on()
    {
        var offered = await _world.Offer(_ada, await _world.OpenTicket(_ada), _link);
        await _world.Carry();
        await Round();
        Assert.That((await Of(_bob)).Count(e => e.Data.HandoffId == offered), Is.EqualTo(1));

        await Set(LinkState.Suspended);
        (await _world.Say(_ada, offered, "kept")).Must();
        await _world.Carry();
        await _world.Heal();
        Assert.That((await Of(_ada)).Count(e => e.Data.Comment?.Body == "kept"), Is.EqualTo(1));
        Assert.That((await Of(_bob)).Count(e => e.Data.Comment?.Body == "kept"), Is.Zero);
        Assert.That(await _world.Heal(), Is.EqualTo(1), "nothing to do while it is suspended");

        await Set(LinkState.Active);
        await _world.Heal();
        Assert.That((await Of(_bob)).Count(e => e.Data.Comment?.Body == "kept"), Is.EqualTo(1));
        Assert.That(_world.Read().Handoffs.All(h => !h.Unsettled), Is.True);
    }

    [Test]
    public async Task What_is_withheld_from_the_fulfiller_is_withheld_in_its_events()
    {
        var offered = await _world.Offer(_ada, await _world.OpenTicket(_ada, "A secret pump"), _link);
        await Settled();
        Assert.That(JsonSerializer.Serialize(await Of(_bob)), Does.Contain("A secret pump"));
        (await _world.Ask<DeclineHandoff, HandoffId>(new DeclineHandoff(offered, "price", null, null), _bob)).Must();
        await Settled();
        var seen = await Of(_bob);
        Assert.That(JsonSerializer.Serialize(seen), Does.Not.Contain("A secret pump"));
        var offer = seen.Single(e => e.Data.HandoffId == offered && e.Data.Seq == 1);
        Assert.That((offer.Data.Withheld, offer.Data.Data, offer.Type), Is.EqualTo(((bool?)true, (JsonElement?)null, "exchange.handoff.offered")));
        Assert.That(JsonSerializer.Serialize(await Of(_ada)), Does.Contain("A secret pump"));
    }

    [Test]
    public async Task What_was_taken_back_is_told_no_more()
    {
        var said = (await _world.Say(_ada, _handoff, "too much")).Must();
        (await _world.Ask<RetractComment, Said>(new RetractComment(said.Id), _ada)).Must();
        await Settled();
        Assert.That(JsonSerializer.Serialize(await Of(_bob)), Does.Not.Contain("too much"));
        Assert.That((await Of(_bob)).Single(e => e.Data.Comment?.Id == said.Id).Data.Comment!.Retracted, Is.True);
    }

    [Test]
    public async Task Nobody_sees_the_events_of_others_and_no_note_is_in_any()
    {
        var ticket = (await _world.Get<HandoffViews>().One(_ada, _handoff, CancellationToken.None))!.TicketId!.Value;
        (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(ticket, "an internal note", "internal", null, null, null, null), _ada)).Must();
        (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(ticket, "to the customer", "customer", null, null, null, null), _ada)).Must();
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(ticket, null, null, "high", null, null, null), _ada)).Must();
        var cid = await _world.Join("Cid");
        await Settled();
        Assert.That(await Of(cid), Is.Empty);
        var (adas, bobs) = (await Of(_ada), await Of(_bob));
        Assert.That(JsonSerializer.Serialize(adas.Concat(bobs)), Does.Not.Contain("an internal note").And.Not.Contain("to the customer"));
        Assert.That(adas.Select(e => e.Type), Does.Contain("exchange.link.invited").And.Contain("exchange.link.active").And.Contain("exchange.ticket.opened").And.Contain("exchange.ticket.changed"));
        Assert.That(bobs.Select(e => e.Type), Does.Contain("exchange.link.active").And.Contain("exchange.ticket.opened").And.Not.Contain("exchange.ticket.changed").And.Not.Contain("exchange.link.invited"));
        Assert.That(bobs.Select(e => e.Source), Is.All.EqualTo($"/accounts/{_bob.Account}"));
    }

    /// <summary>A follower's position would be lost if a number were committed after a higher one.</summary>
    [Test]
    public async Task A_comment_itself_writes_no_event()
    {
        (await _world.Say(_ada, _handoff, "hello")).Must();
        using var connection = _world.Tables();
        var numbered = Rows.Each(connection, $"SELECT 1 FROM account_event WHERE handoff = {engine.Constant(_handoff.Value)} AND seq > 3", _ => 1).Count;
        Assert.That((numbered, Rows.Each(connection, "SELECT 1 FROM pending_event WHERE type LIKE 'handoff%'", _ => 1).Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_long_log_is_numbered_in_several_goes()
    {
        var before = NumberEventsDeed.Batch + 5;
        for (var i = 0; i < before; i += 100)
        {
            await Task.WhenAll(Enumerable.Range(i, 100).Select(n => _world.Say(_ada, _handoff, $"{n}")));
        }

        await _world.Carry();
        await Round();
        var seqs = new List<long?>();
        for (IReadOnlyList<EventView> page = []; ; )
        {
            page = await _world.Get<EventViews>().After(_bob, page.Count == 0 ? 0 : long.Parse(page[^1].Id, System.Globalization.CultureInfo.InvariantCulture), 500, CancellationToken.None);
            if (page.Count == 0)
            {
                break;
            }

            seqs.AddRange(page.Where(e => e.Data.HandoffId == _handoff).Select(e => e.Data.Seq));
        }

        Assert.That(seqs, Is.EqualTo(Enumerable.Range(1, (int)_world.Read().Handoffs.Single().LastSeq).Select(n => (long?)n)));
    }

    private async Task Settled()
    {
        await _world.Carry();
        await Round();
    }

    /// <summary>What the worker does again and again.</summary>
    private async Task Round()
    {
        await _world.Relay.Settle(CancellationToken.None);
        await _world.Get<Sequencer>().NumberPending(CancellationToken.None);
    }

    private Task Number() => _world.Get<Sequencer>().Number([_handoff], CancellationToken.None);

    private Task<IReadOnlyList<EventView>> Of(Caller caller) => _world.Get<EventViews>().After(caller, 0, 100_000, CancellationToken.None);

    private async Task Set(LinkState state) => await _world.Dialect.Do<Done>(
        async unit =>
        {
            await unit.Db.Links.Where(l => l.Id == _link).ExecuteUpdateAsync(s => s.SetProperty(l => l.State, state));
            return default(Done);
        },
        CancellationToken.None);
}
