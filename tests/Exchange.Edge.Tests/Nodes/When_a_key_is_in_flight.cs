using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>Rule 14: a second request with the same Idempotency-Key waits for the first, wherever it came in.</summary>
[TestFixtureSource(typeof(Servers))]
public sealed class When_a_key_is_in_flight(Engine engine)
{
    [Test]
    public async Task The_second_waits_and_is_answered_as_the_first()
    {
        await using var world = World.Open(engine);
        await using var other = world.Node();
        await using var slow = new Slow(world.Place);
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var handoff = await world.Running(ada, bob, await world.Link(ada, bob));
        var once = new Once(ada.Account.ToString(), "key");
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.BeforeCommit = _ =>
        {
            reached.TrySetResult();
            return go.Task;
        };
        var first = Task.Run(() => world.Say(ada, handoff, "once", once));
        await reached.Task;
        var second = Task.Run(() => other.Say(ada, handoff, "once", once));
        if (engine == Engine.Postgres)
        {
            await Eventually.True(async () => await slow.Waiting("advisory") > 0);
        }

        Assert.That(second.IsCompleted, Is.False);
        go.SetResult();
        Assert.That((await second).Must().Id, Is.EqualTo((await first).Must().Id));
        Assert.That(world.Read().Entries[handoff.Value].Count(e => e.Text == "once"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_second_is_told_so_when_the_first_takes_too_long()
    {
        Assume.That(engine, Is.EqualTo(Engine.Postgres), "how long a lock is waited for is said in its connection string");
        await using var world = World.Open(engine);
        await using var other = world.Node("Options=-c lock_timeout=300ms");
        var (ada, bob) = (await world.Join("Ada"), await world.Join("Bob"));
        var handoff = await world.Running(ada, bob, await world.Link(ada, bob));
        var once = new Once(ada.Account.ToString(), "key");
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.BeforeCommit = _ =>
        {
            reached.TrySetResult();
            return go.Task;
        };
        var first = Task.Run(() => world.Say(ada, handoff, "once", once));
        await reached.Task;
        Assert.That((await other.Say(ada, handoff, "once", once)).Fault?.Code, Is.EqualTo(Codes.InFlight));
        go.SetResult();
        var said = (await first).Must().Id;
        Assert.That((await other.Say(ada, handoff, "once", once)).Must().Id, Is.EqualTo(said), "sent again, it is answered");
        Assert.That(world.Read().Entries[handoff.Value].Count(e => e.Text == "once"), Is.EqualTo(1));
    }
}
