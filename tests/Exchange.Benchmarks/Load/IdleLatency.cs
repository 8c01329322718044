using System.Diagnostics;

namespace Exchange.Benchmarks;

/// <summary>P3: one comment in flight, from before its POST until the partner's list has been read with it inside.</summary>
sealed class IdleLatency(Stage stage, Product product)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Latencies Run(Budget budget, CancellationToken stop)
    {
        using var line = new HttpLine(product.DoorOf(0));
        var views = stage.Quiet.SelectMany(c => c.Views).ToArray();
        foreach (var view in views) view.CatchUp(line);

        var latencies = new Latencies(budget.Most);
        var allowance = budget.Open(stop);
        for (var turn = 0; allowance.Take(); turn++)
        {
            var view = views[turn % views.Length];
            var before = Stopwatch.GetTimestamp();
            if (!view.Heard.Say(line)) throw new BenchmarkFailure("A comment was refused: " + view.Heard.Trouble);
            UntilVisible(view, line);
            latencies.Add(Stopwatch.GetElapsedTime(before));
        }

        stop.ThrowIfCancellationRequested();
        return latencies;
    }

    /// <summary>Pages read with nothing between two looks unless it is told, small ones where a clock runs: looking is part of the latency.</summary>
    public static void UntilVisible(DeskView view, HttpLine line, int page = DeskView.SmallPage, Action? between = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!view.UpToDate(line, page))
        {
            between?.Invoke();
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new BenchmarkFailure(
                    $"The partner's desk does not show the last comment of '{view.Heard.Prefix}' after {Patience.TotalSeconds:0} s.");
            }
        }
    }
}
