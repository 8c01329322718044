namespace Exchange.Edge.Tests.TestKit;

/// <summary>The real time, and timers that tick as they do really; but a test may leap ahead. What is due by then is done at the next tick.</summary>
internal sealed class LeapClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Leap(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}
