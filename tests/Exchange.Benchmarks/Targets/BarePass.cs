namespace Exchange.Benchmarks;

/// <summary>One measured pass of B1: what was begun, what was applied, and how long each took.</summary>
sealed class BarePass(int inFlight) : IDisposable
{
    readonly SemaphoreSlim room = new(inFlight);
    readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One more than is in flight, until all have begun.
    int open = 1;

    public Latencies Latencies { get; } = new(10_000);

    public async Task Begin(CancellationToken stop)
    {
        await room.WaitAsync(stop);
        Interlocked.Increment(ref open);
    }

    public void Applied(TimeSpan latency)
    {
        lock (Latencies) Latencies.Add(latency);
        room.Release();
        End();
    }

    /// <summary>To be asked once, when nothing more will begin.</summary>
    public Task AllApplied()
    {
        End();
        return all.Task;
    }

    public void Dispose() => room.Dispose();

    void End()
    {
        if (Interlocked.Decrement(ref open) == 0) all.TrySetResult();
    }
}
