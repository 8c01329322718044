using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>A relay passes over a bond that another holds; then the other looks again.</summary>
[TestFixtureSource(typeof(Servers))]
public sealed class When_relays_meet(Engine engine)
{
    [Test]
    public async Task A_ring_that_was_passed_over_is_not_lost()
    {
        await using var world = World.Open(engine);
        await using var other = world.Node();
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var handoff = await world.Running(ada, bob, await world.Link(ada, bob));
        (await world.Say(ada, handoff, "first")).Must();
        var met = false;
        world.BeforeCommit = async _ =>
        {
            if (!met)
            {
                // While this relay holds Bob's bond, Ada goes on, and the ring comes to the other node.
                met = true;
                (await other.Say(ada, handoff, "second")).Must();
                await other.Carry();
                Assert.That(Applied(world), Is.EqualTo(3), "the other relay has passed over it");
            }
        };
        await world.Carry();
        Assert.That(met, Is.True);
        Assert.That(Applied(world), Is.EqualTo(5), "nobody rings again, and nothing is swept");
    }

    [Test]
    public async Task Each_entry_is_applied_once_however_many_relays_bring_it()
    {
        await using var world = World.Open(engine);
        await using var second = world.Node();
        await using var third = world.Node();
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var link = await world.Link(ada, bob);
        HandoffId[] handoffs = [await world.Running(ada, bob, link), await world.Running(ada, bob, link), await world.Running(ada, bob, link)];
        for (var round = 0; round < Effort.Of(10, 300); round++)
        {
            foreach (var handoff in handoffs)
            {
                (await world.Say(ada, handoff, $"to Bob {round}")).Must();
                (await world.Say(bob, handoff, $"to Ada {round}")).Must();
            }

            await Task.WhenAll(((World[])[world, second, third]).SelectMany(node => (Task[])
                [Task.Run(() => node.Relay.Bring(handoffs, CancellationToken.None)), Task.Run(() => node.Relay.Bring([.. handoffs.Reverse()], CancellationToken.None))]));
            var rows = world.Read();
            Assert.That(rows.Bonds.Select(b => b.Applied), Is.EqualTo(rows.Bonds.Select(b => rows.Handoffs.Single(h => h.Id == b.Handoff).LastSeq)), "when the last relay is done, all is there");
        }

        var invariants = new Properties.Invariants();
        invariants.Check(world.Read());
        Assert.That(invariants.Broken, Is.Empty);
    }

    /// <summary>Ada's tickets have two handoffs each, made the other way round: a relay that took tickets in the order of handoffs would meet another one head-on.</summary>
    [Test]
    public async Task Relays_at_the_tickets_of_many_handoffs_go_the_same_way_round()
    {
        await using var storm = await Storm.Gather(engine, tickets: 12);
        HandoffId[] bobs = [.. storm.Handoffs.Take(12)], cids = [.. storm.Handoffs.Skip(12)];
        for (var round = 0; round < Effort.Of(15, 200); round++)
        {
            foreach (var handoff in storm.Handoffs)
            {
                (await storm.Hold(handoff, release: round % 2 == 1)).Must();
            }

            await Task.WhenAll(
                Task.Run(() => storm.Nodes[0].Relay.Bring(bobs, CancellationToken.None)),
                Task.Run(() => storm.Nodes[1].Relay.Bring(cids, CancellationToken.None)));
        }

        Assert.That(await storm.Deadlocks(), Is.Zero);
    }

    private static long Applied(World world) => world.Read().Bonds.Single(b => b.Side == 2).Applied;
}
