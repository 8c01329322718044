using System.Diagnostics;

namespace Exchange.Benchmarks;

/// <summary>
/// The load of P7 on the healthy handoffs: comments at a fixed pace, each clocked like those of P3.
/// A lane that is late, because the comment before took longer than the pace, clocks the next from when it was due:
/// a stall counts for everything that it held up.
/// </summary>
sealed class Pace : IDisposable
{
    /// <summary>Between two looks, alone and beside the flood: eight that look without one are a flood themselves.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    readonly TimeSpan each;
    readonly List<(HttpLine Line, DeskView[] Views)> lanes;

    Pace(TimeSpan each, List<(HttpLine Line, DeskView[] Views)> lanes) => (this.each, this.lanes) = (each, lanes);

    /// <summary>Each lane has a connection and tickets of its own. It has read to where their lists end, so that a clock pays for nothing older.</summary>
    public static Pace Open(Stage stage, Product product, Sizes sizes)
    {
        var pace = new Pace(sizes.Pace, []);
        for (var lane = 0; lane < sizes.Lanes; lane++)
        {
            var line = new HttpLine(product.DoorOf(lane));
            var views = stage.Busy.Where((_, i) => i % sizes.Lanes == lane).SelectMany(c => c.Views).ToArray();
            pace.lanes.Add((line, views));
            foreach (var view in views) view.CatchUp(line);
        }

        return pace;
    }

    public async Task<Latencies> Run(Budget budget, CancellationToken stop)
    {
        var allowance = budget.Open(stop);
        var start = Stopwatch.GetTimestamp();
        return Latencies.Of(await Task.WhenAll(Enumerable.Range(0, lanes.Count).Select(lane => Task.Factory.StartNew(
            () => Talk(lane, start, allowance, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))));
    }

    public void Dispose()
    {
        foreach (var (line, _) in lanes) line.Dispose();
    }

    /// <summary>The lanes stand evenly within the pace, so that the load does not come in blows.</summary>
    Latencies Talk(int lane, long start, Allowance allowance, CancellationToken stop)
    {
        var (line, views) = lanes[lane];
        var latencies = new Latencies(1_000);
        for (var turn = 0; ; turn++)
        {
            var due = start + (long)((turn + ((lane + 1.0) / lanes.Count)) * each.TotalSeconds * Stopwatch.Frequency);
            var clock = WaitUntil(due, stop);
            if (!allowance.Take()) return latencies;
            var view = views[turn % views.Length];
            if (!view.Heard.Say(line)) throw new BenchmarkFailure("A comment was refused: " + view.Heard.Trouble);
            IdleLatency.UntilVisible(view, line, between: () => stop.WaitHandle.WaitOne(Pause));
            latencies.Add(Stopwatch.GetElapsedTime(clock));
        }
    }

    /// <summary>Returns from when the comment is clocked: now after a wait, whose inaccuracy is ours; the due time when that has passed.</summary>
    static long WaitUntil(long due, CancellationToken stop)
    {
        var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (early <= TimeSpan.Zero) return due;
        stop.WaitHandle.WaitOne(early);
        return Stopwatch.GetTimestamp();
    }
}
