namespace Exchange.Edge.Tests.TestKit;

/// <summary>Time that moves when the test says so. Timers of the runtime are not its business: tests call each round themselves.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
