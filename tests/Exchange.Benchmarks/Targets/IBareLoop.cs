namespace Exchange.Benchmarks;

/// <summary>The least work that any product must do for one mirrored comment, on what the target stores and carries with.</summary>
interface IBareLoop : IAsyncDisposable
{
    /// <summary>As fast as this loop goes.</summary>
    Task<BareRun> AtFullRate(Budget budget, CancellationToken stop);

    /// <summary>With one comment in flight.</summary>
    Task<BareRun> OneInFlight(Budget budget, CancellationToken stop);
}

sealed record BareRun(int Comments, TimeSpan Elapsed, TimeSpan Cpu, Latencies Latencies)
{
    public double PerSecond => Comments / Elapsed.TotalSeconds;
    public double CpuMilliseconds => Cpu.TotalMilliseconds / Comments;
}
