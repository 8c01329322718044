namespace Exchange.Benchmarks;

/// <summary>
/// The least work that any product must do for one mirrored comment, on what the target stores and carries with.
/// The border to that store: SQLite now, PostgreSQL and RabbitMQ beside it later.
/// </summary>
interface IBareLoop : IDisposable
{
    /// <summary>As fast as this loop goes.</summary>
    BareRun AtFullRate(Budget budget, CancellationToken stop);

    /// <summary>With one comment in flight.</summary>
    BareRun OneInFlight(Budget budget, CancellationToken stop);
}

sealed record BareRun(int Comments, TimeSpan Elapsed, TimeSpan Cpu, Latencies Latencies)
{
    public double PerSecond => Comments / Elapsed.TotalSeconds;
    public double CpuMilliseconds => Cpu.TotalMilliseconds / Comments;
}
