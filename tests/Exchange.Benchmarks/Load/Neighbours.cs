using System.Diagnostics;

namespace Exchange.Benchmarks;

/// <param name="CaughtUp">From the flood's last answer until all of it was seen on both sides.</param>
sealed record NeighbourRun(Latencies Alone, Latencies Beside, FloodRun Flood, TimeSpan CaughtUp);

/// <summary>
/// P7: what healthy handoffs notice of neighbours in trouble. Their comments at a fixed pace, once with nothing else going on
/// and once with some handoffs parked and one flooding; the two in turn, and which comes first changes with the round.
/// </summary>
sealed class Neighbours(Stage stage, Product product, Parking parking, Sizes sizes)
{
    public async Task<NeighbourRun> Run(int round, Budget paced, Budget flooding, CancellationToken stop)
    {
        var aloneFirst = round % 2 == 1;
        var alone = aloneFirst ? await Alone(paced, stop) : null;
        var (beside, said, caughtUp) = await Beside(paced, flooding, stop);
        return new(alone ?? await Alone(paced, stop), beside, said, caughtUp);
    }

    async Task<Latencies> Alone(Budget paced, CancellationToken stop)
    {
        using var pace = Pace.Open(stage, product, sizes);
        var latencies = await pace.Run(paced, stop);
        stop.ThrowIfCancellationRequested();
        return latencies;
    }

    async Task<(Latencies Beside, FloodRun Flood, TimeSpan CaughtUp)> Beside(Budget paced, Budget flooding, CancellationToken stop)
    {
        await parking.Park(stop);
        using var pace = Pace.Open(stage, product, sizes);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var saying = new Flood(stage.Flooding[0], product).Run(flooding, over.Token);

        // What may come at once is over by then: it is the flood that lasts which is looked at.
        using (var timer = new PeriodicTimer(Sizes.HeadStart)) await timer.WaitForNextTickAsync(stop);
        var talking = pace.Run(paced, over.Token);

        // Both end with the first of them, so that nothing is measured without the flood.
        await Task.WhenAny(saying, talking);
        await over.CancelAsync();
        await Task.WhenAll(saying, talking);
        stop.ThrowIfCancellationRequested();
        var since = Stopwatch.GetTimestamp();
        AllVisible(stage.Flooding, DeskView.FullPage);
        var caughtUp = Stopwatch.GetElapsedTime(since);
        await parking.Look(stop);
        await parking.Free(stop);
        AllVisible(stage.Parked, DeskView.SmallPage);
        return (await talking, await saying, caughtUp);
    }

    void AllVisible(IEnumerable<Conversation> conversations, int page)
    {
        using var line = new HttpLine(product.DoorOf(0));
        foreach (var view in conversations.SelectMany(c => c.Views)) IdleLatency.UntilVisible(view, line, page);
    }
}
