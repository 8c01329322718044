namespace Exchange.Benchmarks;

/// <summary>What came out of one target.</summary>
sealed record TargetResult(Target Target)
{
    /// <summary>Why it was not run.</summary>
    public string? Skipped { get; init; }

    public Figures Figures { get; init; } = new(Target);
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];
    public IReadOnlyList<string> Complaints { get; init; } = [];
    public int Audited { get; init; }
}

/// <summary>One target: set up, warm up, rounds of bare loop and product in turn, counts, audit.</summary>
sealed class TargetRun(Target target, RunOptions options, Workspace workspace)
{
    readonly Sizes sizes = options.SizesFor(target);
    readonly Figures figures = new(target);
    int bareRuns;

    bool WantsRate => options.Wants(target.Rate.Id) || (target.Cpu is { } cpu && options.Wants(cpu.Id));

    public async Task<TargetResult> Run(CancellationToken stop)
    {
        if (!options.NeedsHost(target)) return await BareAlone(stop);

        await using var ground = await target.Prepare(sizes, stop);
        Say.Line($"starting the product");
        await using var product = await Product.Start(target.Layout, ground.Switches, workspace.Under(target.Word), stop);
        using var api = new Api(product.Address);
        try
        {
            Say.Line($"two companies, {sizes.Handoffs} tickets handed over");
            var stage = await Stage.Set(api, sizes, stop);
            var parking = new Parking(stage, product, ground, api, sizes.Backlog);
            await Rounds(stage, product, parking, stop);
            if (WantsRate) await WhereTheTimeGoes(stage, product, ground.CountersOf(product), stop);
            figures.PeakMegabytes = product.PeakMegabytes;
            product.MustStand();
            Say.Line($"audit");
            var audit = new Audit(stage, api);
            string[] complaints = [.. parking.Complaints, .. await audit.Run(stop)];
            return new(target) { Figures = figures, Facts = ground.Facts, Complaints = complaints, Audited = audit.Comments };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new BenchmarkFailure($"{e.Message}\nThe end of the hosts' logs:\n{product.LastWords()}", e);
        }
    }

    async Task<TargetResult> BareAlone(CancellationToken stop)
    {
        Say.Line($"warm-up");
        await WarmBare(stop);
        for (var round = 1; round <= options.Rounds; round++)
        {
            figures.AddBare(await Bare(round, stop), await BareInFlight(round, stop));
        }

        return new(target) { Figures = figures };
    }

    async Task Rounds(Stage stage, Product product, Parking parking, CancellationToken stop)
    {
        var mirrored = new MirroredRate(stage, product, sizes.Clients);
        var idle = new IdleLatency(stage, product);
        var cost = new CommentCost(stage, product);
        var neighbours = new Neighbours(stage, product, parking, sizes);

        Say.Line($"warm-up");
        await WarmBare(stop);
        if (WantsRate) await mirrored.Run(sizes.WarmUp, stop);
        if (options.Wants("P3")) idle.Run(sizes.WarmUp, stop);
        if (options.Wants("P5")) cost.Run(sizes.WarmUp, stop);
        if (options.Wants("P7")) await neighbours.Run(round: 1, sizes.WarmUp, sizes.WarmUp, stop);

        for (var round = 1; round <= options.Rounds; round++)
        {
            if (WantsRate)
            {
                var bare = await Bare(round, stop);
                var run = await mirrored.Run(sizes.Mirrored, stop);
                figures.Add(bare, run);
                Say.Line($"round {round}  {target.Rate.Id}  {Unit.PerSecond.Show(run.PerSecond)} mirrored ({run.Comments:#,0} comments), CPU {Unit.Milliseconds.Show(run.HostCpuMilliseconds)} each");
            }

            if (options.Wants("P3"))
            {
                var bare = await BareInFlight(round, stop);
                var run = idle.Run(sizes.OneInFlight, stop);
                figures.Add(bare, run);
                Say.Line($"round {round}  P3  p50 {Unit.Milliseconds.Show(run.P50)}, p99 {Unit.Milliseconds.Show(run.P99)}");
            }

            if (options.Wants("P5"))
            {
                var run = cost.Run(sizes.Compared, stop);
                figures.Add(run);
                Say.Line($"round {round}  P5  partner {Unit.Milliseconds.Show(run.Partner.P50)}, internal {Unit.Milliseconds.Show(run.Internal.P50)}, customer {Unit.Milliseconds.Show(run.Customer.P50)}");
            }

            if (options.Wants("P7")) await BesideTrouble(neighbours, round, stop);
        }
    }

    async Task BesideTrouble(Neighbours neighbours, int round, CancellationToken stop)
    {
        var run = await neighbours.Run(round, sizes.Paced, sizes.Flooding, stop);
        figures.Add(run);
        Say.Line($"round {round}  P7  p99 {Unit.Milliseconds.Show(run.Beside.P99)} ({run.Beside.Count:#,0} comments) beside a flood of {Unit.PerSecond.Show(run.Flood.PerSecond)}, {Unit.Milliseconds.Show(run.Alone.P99)} ({run.Alone.Count:#,0}) without");
    }

    /// <summary>Once more at full rate, apart from the rounds: here the lists are read seldom, so that the counts are of comments.</summary>
    async Task WhereTheTimeGoes(Stage stage, Product product, IReadOnlyList<ICounter> counters, CancellationToken stop)
    {
        Say.Line($"where the time goes");
        var mirrored = new MirroredRate(stage, product, sizes.Clients) { Pause = TimeSpan.FromMilliseconds(250) };
        await mirrored.CatchUp(stop);
        var before = await Tally.Of(counters, stop);
        var run = await mirrored.Run(sizes.Mirrored, stop);
        var after = await Tally.Of(counters, stop);
        figures.Counted(run, after.Since(before, run.Comments));
    }

    async Task<BareRun> Bare(int round, CancellationToken stop)
    {
        await using var loop = await OpenBareLoop(stop);
        var run = await loop.AtFullRate(sizes.Bare, stop);
        Say.Line($"round {round}  {target.BareName}  {Unit.PerSecond.Show(run.PerSecond)}, CPU {Unit.Milliseconds.Show(run.CpuMilliseconds)} each, p50 {Unit.Milliseconds.Show(run.Latencies.P50)}, p99 {Unit.Milliseconds.Show(run.Latencies.P99)}");
        return run;
    }

    async Task<BareRun> BareInFlight(int round, CancellationToken stop)
    {
        await using var loop = await OpenBareLoop(stop);
        var run = await loop.OneInFlight(sizes.OneInFlight, stop);
        Say.Line($"round {round}  {target.BareName}  one in flight: p50 {Unit.Milliseconds.Show(run.Latencies.P50)}, p99 {Unit.Milliseconds.Show(run.Latencies.P99)}");
        return run;
    }

    /// <summary>The bare loop runs in this process, whose code is compiled as it is used: the first round must not pay for that.</summary>
    async Task WarmBare(CancellationToken stop)
    {
        await using var loop = await OpenBareLoop(stop);
        await loop.AtFullRate(sizes.WarmUp, stop);
        if (options.Wants("P3") || !options.NeedsHost(target)) await loop.OneInFlight(sizes.WarmUp, stop);
    }

    Task<IBareLoop> OpenBareLoop(CancellationToken stop) =>
        target.OpenBareLoop(workspace.Under(FormattableString.Invariant($"{target.BareName}-{++bareRuns}")), stop);
}
