using System.Diagnostics;

namespace Exchange.Benchmarks;

/// <summary>At most this long and at most this many.</summary>
sealed record Budget(TimeSpan Window, int Most)
{
    public Allowance Open(CancellationToken stop) => new(this, stop);
}

/// <summary>A budget being spent, by one thread or by many.</summary>
sealed class Allowance(Budget budget, CancellationToken stop)
{
    readonly long end = Stopwatch.GetTimestamp() + (long)(budget.Window.TotalSeconds * Stopwatch.Frequency);
    int left = budget.Most;

    public bool Take() =>
        !stop.IsCancellationRequested && Stopwatch.GetTimestamp() < end && Interlocked.Decrement(ref left) >= 0;
}
