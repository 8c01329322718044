using System.Diagnostics;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>I2, I3, I5, I6 and I8 where the writers are many processes at one database, and the locks are the server's.</summary>
[TestFixtureSource(typeof(Servers))]
public sealed class When_nodes_write_at_once(Engine engine)
{
    [Test]
    public async Task Sixteen_writers_on_one_handoff_leave_no_gap()
    {
        await using var world = World.Open(engine);
        await using var second = world.Node();
        await using var third = world.Node();
        World[] nodes = [world, second, third];
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var handoff = await world.Running(ada, bob, await world.Link(ada, bob));
        var invariants = new Invariants();
        var each = Effort.Of(12, 400);
        var writing = Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            var node = nodes[writer % 3];
            var mine = new List<Guid>();
            for (var i = 0; i < each; i++)
            {
                mine.Add((await node.Say(writer % 2 == 0 ? ada : bob, handoff, $"{writer}/{i}")).Must().Id);
                if (i % 5 == writer % 5)
                {
                    await Task.WhenAll(nodes.Select(n => n.Relay.Bring([handoff], CancellationToken.None)));
                }
            }

            return mine;
        })));
        while (!writing.IsCompleted)
        {
            // Whatever moment is looked at, it is whole.
            invariants.Check(world.Read());
        }

        var said = await writing;
        await world.Relay.Bring([handoff], CancellationToken.None);
        var rows = world.Read();
        invariants.Check(rows);
        var log = rows.Entries[handoff.Value].Where(e => e.Type == "commented").Select(e => e.OpId).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(invariants.Broken, Is.Empty);
            Assert.That(log, Is.EquivalentTo(said.SelectMany(s => s)), "every accepted comment is one entry");
            Assert.That(said, Is.All.Matches<List<Guid>>(mine => log.Where(mine.Contains).SequenceEqual(mine)), "what was answered before stands before");
            Assert.That(rows.Bonds.Select(b => b.Applied), Is.All.EqualTo(rows.Handoffs.Single().LastSeq));
            Assert.That(Shown(rows, handoff, 1), Is.EqualTo(Shown(rows, handoff, 2)), "both desks show the same");
        });
    }

    /// <summary>Rule 1: everyone takes locks in one order, so nobody has to be sacrificed; and no ring is lost where relays meet.</summary>
    [Test]
    public async Task Nothing_waits_in_a_ring_and_everything_arrives_without_being_swept()
    {
        await using var storm = await Storm.Gather(engine, tickets: Effort.Of(8, 50));
        var invariants = new Invariants();
        var began = Stopwatch.GetTimestamp();
        do
        {
            var raging = storm.Rage(writers: 12, each: 25);
            while (!raging.IsCompleted)
            {
                invariants.Check(storm.World.Read());
            }

            await raging;
        }
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(Effort.Of(12, 600)));
        await storm.Calm();
        var rows = storm.World.Read();
        invariants.Check(rows);
        foreach (var (what, times) in storm.Done.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            await TestContext.Out.WriteLineAsync($"{times,6} {what}");
        }

        Assert.Multiple(() =>
        {
            Assert.That(storm.Unexpected, Is.Empty);
            Assert.That(invariants.Broken, Is.Empty);
            Assert.That(rows.Bonds.Where(b => b.Applied != rows.Handoffs.Single(h => h.Id == b.Handoff).LastSeq), Is.Empty);
            Assert.That(rows.Ties.Where(t => t.State != rows.Handoffs.Single(h => h.Id == t.Handoff).State), Is.Empty, "both desks agree on every state");
            Assert.That(storm.Handoffs.Where(h => !Shown(rows, h, 1).SequenceEqual(Shown(rows, h, 2), StringComparer.Ordinal)), Is.Empty);
        });
        Assert.That(await storm.Deadlocks(), Is.Zero);
    }

    /// <summary>I11, from different nodes: of two commands from the same version exactly one wins.</summary>
    [Test]
    public async Task Of_commands_that_cross_one_wins_and_both_desks_agree()
    {
        await using var world = World.Open(engine);
        await using var other = world.Node();
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var link = await world.Link(ada, bob);
        var handoff = await world.Running(ada, bob, link);
        for (var i = 0; i < Effort.Of(10, 200); i++)
        {
            await Cross("ask or hold", v => world.Ask<AskHandoff, HandoffId>(new AskHandoff(handoff, "which?", v), bob), v => other.Ask<HoldHandoff, HandoffId>(new HoldHandoff(handoff, "parts", null, v), bob));
            if (await State() == "waiting_placer")
            {
                await Cross("answer or resume", v => world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(handoff, "red", v), ada), v => other.Ask<ResumeHandoff, HandoffId>(new ResumeHandoff(handoff, "by telephone", v), bob));
            }
            else
            {
                await Cross("unhold twice", v => world.Ask<UnholdHandoff, HandoffId>(new UnholdHandoff(handoff, v), bob), v => other.Ask<UnholdHandoff, HandoffId>(new UnholdHandoff(handoff, v), bob));
            }

            await Cross("resolve twice", v => world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(handoff, "done", null, 1, v), bob), v => other.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(handoff, "done", null, 1, v), bob));
            await Cross("rework or confirm", v => world.Ask<ReworkHandoff, HandoffId>(new ReworkHandoff(handoff, "not_fixed", null, v), ada), v => other.Ask<ConfirmHandoff, HandoffId>(new ConfirmHandoff(handoff, v), ada));
            if (await State() == "closed")
            {
                handoff = await world.Offer(ada, await world.OpenTicket(ada), link);
                await Cross("accept or recall", v => world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, v), bob), v => other.Ask<RecallHandoff, HandoffId>(new RecallHandoff(handoff, "changed", null, v), ada));
                handoff = await world.Running(ada, bob, link);
            }
        }

        async Task<string> State() => (await world.Get<HandoffViews>().One(ada, handoff, CancellationToken.None))!.State;

        async Task Cross(string what, params Func<long, Task<Outcome<HandoffId>>>[] commands)
        {
            var seen = (await world.Get<HandoffViews>().One(ada, handoff, CancellationToken.None))!.Version;
            var outcomes = await Task.WhenAll(commands.Select(c => Task.Run(() => c(seen))));
            Assert.That(outcomes.Count(o => o.Ok), Is.EqualTo(1), what);
            var (after, lost) = ((await world.Get<HandoffViews>().One(ada, handoff, CancellationToken.None))!, outcomes.Single(o => !o.Ok).Fault!);
            Assert.That((lost.Code, after.Version, lost.Truth!.State, lost.Truth.Version), Is.EqualTo((Codes.VersionConflict, seen + 1, after.State, after.Version)), what);
            await Task.WhenAll(world.Relay.Bring([handoff], CancellationToken.None), other.Relay.Bring([handoff], CancellationToken.None));
            Assert.That(world.Read().Ties.Where(t => t.Handoff == handoff.Value).Select(t => t.State), Is.All.EqualTo(after.State), $"{what}: both desks agree");
        }
    }

    private static IEnumerable<string> Shown(Rows rows, HandoffId handoff, int desk) =>
        rows.Items[(handoff.Value, desk)].OrderBy(i => i.Seq).Select(i => $"{i.Seq} {i.Id} {i.Kind} {i.Body} {i.Retracted}");
}
