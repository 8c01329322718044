using System.Collections.Concurrent;

namespace Exchange.Edge.Tests.Bus;

/// <summary>
/// The real time, but no timer ever fires by itself: a node on it sweeps, probes and checks files when it starts, and then when
/// the test says so. What gets across meanwhile was carried by the bus.
/// </summary>
internal sealed class HandClock : TimeProvider
{
    private readonly ConcurrentDictionary<HandTimer, TimeSpan> _timers = new();

    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    /// <summary>Time passes, more than really.</summary>
    public void Pass(TimeSpan more) => _ahead += more;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, () => callback(state));
        _timers[timer] = period;
        return timer;
    }

    /// <summary>Rings the timers of this period, once.</summary>
    public void Ring(TimeSpan period)
    {
        foreach (var (timer, every) in _timers)
        {
            if (every == period)
            {
                timer.Fire();
            }
        }
    }

    private sealed class HandTimer(HandClock clock, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._timers[this] = period;
            return true;
        }

        public void Dispose() => clock._timers.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
