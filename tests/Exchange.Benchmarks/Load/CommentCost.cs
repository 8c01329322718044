using System.Diagnostics;

namespace Exchange.Benchmarks;

sealed record CommentCosts(Latencies Internal, Latencies Partner, Latencies Customer);

/// <summary>
/// P5: what a POST costs its writer, by audience; one in flight, the three kinds in turn in every order.
/// Each waits until the partner's desk is up to date, so that no kind pays for the relay of another.
/// </summary>
sealed class CommentCost(Stage stage, Product product)
{
    static readonly int[][] Orders = [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1], [2, 1, 0], [1, 0, 2]];

    public CommentCosts Run(Budget budget, CancellationToken stop)
    {
        using var line = new HttpLine(product.DoorOf(0));
        foreach (var conversation in stage.Quiet) conversation.AtFulfiller.CatchUp(line);

        var most = (budget.Most / 3) + 1;
        Latencies[] kinds = [new(most), new(most), new(most)];
        var allowance = new Budget(budget.Window, most).Open(stop);
        for (var turn = 0; allowance.Take(); turn++)
        {
            var local = stage.Local[turn % stage.Local.Count];
            var handed = stage.Quiet[turn % stage.Quiet.Count];
            Voice[] voices = [local.Internal, handed.Placer, local.Customer];
            foreach (var kind in Orders[turn % Orders.Length])
            {
                var before = Stopwatch.GetTimestamp();
                var said = voices[kind].Say(line);
                kinds[kind].Add(Stopwatch.GetElapsedTime(before));
                if (!said) throw new BenchmarkFailure("A comment was refused: " + voices[kind].Trouble);
                IdleLatency.UntilVisible(handed.AtFulfiller, line);
            }
        }

        stop.ThrowIfCancellationRequested();
        return new(kinds[0], kinds[1], kinds[2]);
    }
}
