using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.Handoffs;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Relay;

/// <summary>One carrier at a time stays with a handoff; what the others were rung for goes to him, and nothing waits for a sweep.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_handoff_is_in_hand(Engine engine)
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
        await _world.Carry();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task What_is_said_at_the_last_moment_is_brought_by_whoever_has_it()
    {
        Core.Relay.Relay relay = null!;
        relay = RelayOn(new LastMoment(_world.Dialect, async () =>
        {
            (await _world.Say(_ada, _handoff, "second")).Must();
            await relay.Bring([_handoff], CancellationToken.None);
            Assert.That(await Heard(), Is.EqualTo(new[] { "first" }), "it was in hand, and left to whoever has it");
        }));
        (await _world.Say(_ada, _handoff, "first")).Must();
        await relay.Bring([_handoff], CancellationToken.None);
        Assert.That(await Heard(), Is.EqualTo(new[] { "first", "second" }));

        (await _world.Say(_ada, _handoff, "third")).Must();
        await relay.Bring([_handoff], CancellationToken.None);
        Assert.That(await Heard(), Is.EqualTo(new[] { "first", "second", "third" }), "it was let go");
    }

    [Test]
    public async Task Whoever_fails_lets_it_go()
    {
        var relay = RelayOn(new LastMoment(_world.Dialect, () => throw new InvalidOperationException("The power failed.")));
        (await _world.Say(_ada, _handoff, "first")).Must();
        Assert.ThrowsAsync<InvalidOperationException>(() => relay.Bring([_handoff], CancellationToken.None));
        (await _world.Say(_ada, _handoff, "second")).Must();
        await relay.Bring([_handoff], CancellationToken.None);
        Assert.That(await Heard(), Is.EqualTo(new[] { "first", "second" }));
    }

    private Core.Relay.Relay RelayOn(IDialect dialect) =>
        new(_world.Door, dialect, _world.Get<Sequencer>(), _world.Clock, _world.Get<ILogger<Core.Relay.Relay>>());

    private async Task<IReadOnlyList<string?>> Heard() => [.. (await _world.Talk(_bob, _handoff)).Select(c => c.Body)];

    /// <summary>Something happens once, after a relay has looked whether it is done and before it knows.</summary>
    private sealed class LastMoment(IDialect inner, Func<Task> happens) : IDialect
    {
        private Func<Task>? _happens = happens;

        public int HeldAtOnce => inner.HeldAtOnce;

        public Task<Outcome<T>> Do<T>(Func<IUnit, ValueTask<Outcome<T>>> work, CancellationToken ct) => inner.Do(work, ct);

        public ExchangeDb Read() => inner.Read();

        public async Task<IReadOnlyList<HandoffId>> StillBehind(IReadOnlyList<HandoffId> handoffs, CancellationToken ct)
        {
            var found = await inner.StillBehind(handoffs, ct);
            if (Interlocked.Exchange(ref _happens, null) is { } now)
            {
                await now();
            }

            return found;
        }

        public Task<string?> Trouble(CancellationToken ct) => inner.Trouble(ct);

        public bool IsAway(Exception e) => inner.IsAway(e);
    }
}
