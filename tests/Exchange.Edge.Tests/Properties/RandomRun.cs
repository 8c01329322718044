using System.Collections.Concurrent;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Properties;

/// <summary>
/// Four to six companies do whatever they like, rightly and wrongly, over links that are suspended and end, over a bus that is bad, in a
/// process that crashes. What each act should come to, and what the clock brings, is foretold by the model; what the tables hold is
/// watched at every commit.
/// </summary>
internal sealed partial class RandomRun : IAsyncDisposable
{
    private readonly World _world;
    private readonly Random _chance;
    private readonly LossyBus _bus;
    private readonly Invariants _invariants = new();
    private readonly Canaries _canaries = new();
    private readonly List<string> _story = [];
    private readonly List<Caller> _callers = [];
    private readonly List<MLink> _links = [];
    private readonly List<MTicket> _tickets = [];
    private readonly List<MHandoff> _handoffs = [];
    private int _losses;
    private int _answers;
    private int _keys;

    private RandomRun(Engine engine, int seed)
    {
        _world = World.Open(engine);
        _chance = new Random(seed);
        _bus = new LossyBus(_world, _chance, (seed / 3 % 3) switch { 0 => Weather.Calm, 1 => Weather.Rough, _ => Weather.Storm });
        _world.AtCommit = connection =>
        {
            if (!engine.IsServer && _losses > 0)
            {
                _losses--;
                throw new InvalidOperationException("The commit is lost.");
            }

            _invariants.Watch(connection);
        };
        _world.BeforeCommit = async session =>
        {
            if (_losses > 0)
            {
                _losses--;
                await _world.Place.Kill(session);
            }
        };
        _world.BeforeAnswer = _ => _answers-- > 0 ? throw new TimeoutException("The answer is lost.") : Task.CompletedTask;
    }

    /// <summary>What was done and what came of it.</summary>
    public static ConcurrentDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <returns>What was broken; null when all held.</returns>
    public static async Task<string?> Go(Engine engine, int seed, int steps)
    {
        await using var run = new RandomRun(engine, seed);
        try
        {
            await run.Begin(4 + (seed % 3));
            for (var i = 0; i < steps; i++)
            {
                await run.Step();
                run.Check();
            }

            await run.End();
            run.Check();
            return null;
        }
        catch (Exception e) when (e is PropertyBroken or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            return $"{e.Message}{(e is PropertyBroken ? "" : e.StackTrace)}\n  after:\n    {string.Join("\n    ", run._story.TakeLast(60))}";
        }
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task Step()
    {
        _world.Clock.Advance(TimeSpan.FromMilliseconds(_chance.Next(1, 60)));
        switch (_chance.Next(100))
        {
            case < 64:
                await Perform(await Choose());
                break;
            case < 80:
                await Told("deliver", _bus.Deliver);
                break;
            case < 83:
                _world.Clock.Advance(TimeSpan.FromSeconds(3));
                await Told("sweep", () => _world.Relay.Sweep(CancellationToken.None));
                break;
            case < 93:
                await TimePasses();
                break;
            case < 94:
                await Told("settle", () => _world.Relay.Settle(CancellationToken.None));
                break;
            case < 95:
                await Told("check files", _world.CheckFiles);
                break;
            case < 97:
                await Crash();
                break;
            case < 98:
                _story.Add("the broker is wiped");
                _bus.Lose();
                break;
            default:
                await Quiet();
                break;
        }
    }

    private static void Count(string what) => Done.AddOrUpdate(what, 1, (_, times) => times + 1);

    private async Task Told(string what, Func<Task> act)
    {
        _story.Add(what);
        await act();
        Observe();
    }

    private async Task Crash()
    {
        _story.Add("crash");
        _bus.Lose();
        await _world.Crash();
    }

    /// <summary>Asks, compares with what was foretold, and lets commits and answers be lost on the way.</summary>
    private async Task Perform(Act act)
    {
        Tick();
        var once = _chance.Next(100) < 40 ? new Once(_callers[act.Account].Account.ToString(), $"key-{_keys++}") : null;
        var losses = _chance.Next(100) switch { < 6 => 1, < 10 => 2, _ => 0 };
        var before = act.Refused is not null || losses > 0 ? Digest() : null;

        // A server is left with two more ways: the session ends with the commit, and the commit is made but its answer is lost.
        // Then the key says what came of it.
        var unheard = _world.Engine.IsServer && losses == 1 && once is not null && act.Refused is null;
        (_losses, _answers) = unheard ? (0, 1) : (losses, 0);
        var (fault, thing) = await act.Ask(once);
        (_losses, _answers) = (0, 0);
        _bus.Collect();
        _story.Add($"{act.Name} by {_callers[act.Account].AccountName}{(once is null ? "" : $" once {once.Key}")}{(unheard ? ", unheard" : losses > 0 ? $", {losses} commits lost" : "")}: {fault?.Code ?? "done"}");
        Count($"{act.Name.Split(' ')[0]}: {fault?.Code ?? "done"}");

        if (losses >= (_world.Engine.IsServer ? 1 : 2) && fault?.Code == Codes.NotReady)
        {
            if (!unheard)
            {
                Same(before!, "a unit whose commit was lost");
            }

            if (_chance.Next(2) == 0)
            {
                await Crash();
            }

            (fault, thing) = await act.Ask(once);
            _bus.Collect();
            _story.Add($"  again: {fault?.Code ?? "done"}");
        }

        if (fault?.Code != act.Refused)
        {
            throw new PropertyBroken($"I1: {act.Name} should have been {act.Refused ?? "done"} and was {fault?.Code ?? "done"} ({fault?.Detail})");
        }

        if (act.Refused is not null)
        {
            Same(before!, $"{act.Name}, refused");
            if (act.About is { } about && fault!.Truth is { } truth && (truth.State != about.State || truth.Version != about.Version))
            {
                throw new PropertyBroken($"a refusal says {truth.State} v{truth.Version} of a handoff that is {about.State} v{about.Version}");
            }

            return;
        }

        await act.Effect(thing);
        Observe();
        if (once is not null && _chance.Next(4) == 0)
        {
            await Replay(act, once, thing);
        }
    }

    /// <summary>I4: the answer was lost on the way; the same request with the same key is answered again and has no effect.</summary>
    private async Task Replay(Act act, Once once, Guid thing)
    {
        if (_chance.Next(3) == 0)
        {
            await Crash();
        }

        var before = Digest();
        var (fault, again) = await act.Ask(once);
        _story.Add($"  replayed: {fault?.Code ?? "done"}");
        if (fault is not null || again != thing)
        {
            throw new PropertyBroken($"I4: {act.Name} replayed is {fault?.Code ?? again.ToString()}, and was {thing}");
        }

        var other = await _world.Ask<OpenTicket, TicketId>(new OpenTicket(_canaries.New(), null, null, null, null, null), _callers[act.Account], once);
        if (other.Fault?.Code != Codes.KeyReused)
        {
            throw new PropertyBroken($"I4: another request with the key of {act.Name} was {other.Fault?.Code ?? "done"}");
        }

        Same(before, $"{act.Name}, replayed");
    }

    /// <summary>What the relay has brought since the last look, told to the model's desks.</summary>
    private void Observe()
    {
        Check();
        foreach (var (id, side, applied) in _invariants.Moved)
        {
            var handoff = _handoffs.Single(h => h.Id == id);
            Require(applied == handoff.Applied[side] || !handoff.Link.Suspended, $"kept: {Name(handoff)} was brought to {applied} over a suspended link");
            Require(applied <= handoff.Log.Count, $"I7: {Name(handoff)} has an entry {applied}, and the acts made {handoff.Log.Count}");
            for (var seq = handoff.Applied[side] + 1; seq <= applied; seq++)
            {
                var (by, state) = handoff.Log[(int)seq - 1];
                if (by != side && state is not null)
                {
                    handoff.TicketOf(side)!.Learn(handoff, seq, state);
                }
            }

            handoff.Applied[side] = applied;
        }

        _invariants.Moved.Clear();
    }

    private string Digest()
    {
        using var connection = _world.Tables();
        return Rows.Digest(connection);
    }

    private void Same(string before, string what)
    {
        if (Digest() != before)
        {
            throw new PropertyBroken($"I1: {what}, left a trace in the database");
        }
    }

    private void Check()
    {
        if (_invariants.Broken.Count > 0)
        {
            throw new PropertyBroken(string.Join("\n", _invariants.Broken.Take(3)));
        }
    }

    /// <summary>One thing that somebody asks for, and what should come of it.</summary>
    /// <param name="Refused">The code foretold; null when it should be done.</param>
    /// <param name="Effect">What the model makes of it, given the id of what was made.</param>
    private sealed record Act(
        string Name, int Account, string? Refused, Func<Once?, Task<(Fault? Fault, Guid Thing)>> Ask, Func<Guid, Task> Effect, MHandoff? About = null);
}

internal sealed class PropertyBroken(string what) : Exception(what);
