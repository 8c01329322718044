namespace Exchange.Benchmarks;

/// <summary>Durations in milliseconds, and their percentiles by nearest rank.</summary>
sealed class Latencies(int expected)
{
    readonly List<double> milliseconds = new(expected);
    bool sorted;

    public int Count => milliseconds.Count;
    public double P50 => At(0.50);
    public double P99 => At(0.99);

    public static Latencies Of(IReadOnlyCollection<Latencies> parts)
    {
        var all = new Latencies(parts.Sum(p => p.Count));
        foreach (var part in parts) all.milliseconds.AddRange(part.milliseconds);
        return all;
    }

    public void Add(TimeSpan duration)
    {
        milliseconds.Add(duration.TotalMilliseconds);
        sorted = false;
    }

    double At(double share)
    {
        if (milliseconds.Count == 0) throw new BenchmarkFailure("A phase ended before it measured anything: give it more --seconds.");
        if (!sorted) milliseconds.Sort();
        sorted = true;
        return milliseconds[Math.Max(0, (int)Math.Ceiling(share * milliseconds.Count) - 1)];
    }
}
