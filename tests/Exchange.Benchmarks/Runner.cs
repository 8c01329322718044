namespace Exchange.Benchmarks;

/// <summary>One run: set up, warm up, rounds of bare loop and product in turn, audit, report.</summary>
sealed class Runner(RunOptions options, TimeProvider time)
{
    readonly Target target = Target.Embedded;
    readonly Sizes sizes = options.Sizes;
    readonly Figures figures = new(Target.Embedded.BareName);
    int bareRuns;

    /// <summary>False when the audit failed; a goal that is not reached is a result and not a failure.</summary>
    public async Task<bool> Run(CancellationToken stop)
    {
        using var workspace = new Workspace(options.Data);
        var machine = Machine.Look(workspace.Folder);
        Say($"{machine.Cpu}, {machine.Cores} cores, {machine.FileSystem}, {machine.Runtime}; target: {target.Name}");
        if (machine.FileSystem is "tmpfs") Say($"The data folder is in memory: commits cost nothing there. Use --data with a folder on a disk.");
        if (!machine.Quiet) Say($"The machine is busy (load average {machine.Load:0.0}): the figures will say little.");
        if (!options.NeedsHost)
        {
            for (var round = 1; round <= options.Rounds; round++) figures.Add(Bare(workspace, round, stop));
            ConsoleReport.Write(Console.Out, figures);
            return true;
        }

        var dll = HostDll.Find();
        Say($"starting the host");
        await using var host = await ProductHost.Start(dll, workspace.Under("product"), target.HostSwitches, stop);
        using var api = new Api(host.Address);
        IReadOnlyList<string> complaints;
        int audited;
        try
        {
            Say($"two companies, {sizes.BusyHandoffs + sizes.QuietHandoffs} tickets handed over");
            var stage = await Stage.Set(api, sizes, stop);
            await Rounds(workspace, stage, host, stop);
            figures.PeakMegabytes = host.PeakMegabytes;
            Say($"audit");
            var audit = new Audit(stage, api);
            complaints = await audit.Run(stop);
            audited = audit.Comments;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new BenchmarkFailure($"{e.Message}\nThe end of the host's log:\n{host.LastWords()}", e);
        }

        if (complaints.Count == 0 && !options.Tiny)
        {
            ConsoleReport.Write(Console.Out, figures);
            await WritePage(machine, audited, stop);
        }

        return Verdict(complaints, audited);
    }

    async Task Rounds(Workspace workspace, Stage stage, ProductHost host, CancellationToken stop)
    {
        var mirrored = new MirroredRate(stage, host, sizes.Clients);
        var idle = new IdleLatency(stage, host);
        var cost = new CommentCost(stage, host);

        Say($"warm-up");
        if (options.Wants("P2")) await mirrored.Run(sizes.WarmUp, stop);
        if (options.Wants("P3")) idle.Run(sizes.WarmUp, stop);
        if (options.Wants("P5")) cost.Run(sizes.WarmUp, stop);

        for (var round = 1; round <= options.Rounds; round++)
        {
            if (options.Wants("P2"))
            {
                var bare = Bare(workspace, round, stop);
                var product = await mirrored.Run(sizes.Mirrored, stop);
                figures.Add(bare, product);
                Say($"round {round}  P2  {Unit.PerSecond.Show(product.PerSecond)} mirrored ({product.Comments:#,0} comments)");
            }

            if (options.Wants("P3"))
            {
                var bare = BareInFlight(workspace, round, stop);
                var product = idle.Run(sizes.OneInFlight, stop);
                figures.Add(bare, product);
                Say($"round {round}  P3  p50 {Unit.Milliseconds.Show(product.P50)}, p99 {Unit.Milliseconds.Show(product.P99)}");
            }

            if (options.Wants("P5"))
            {
                var run = cost.Run(sizes.Compared, stop);
                figures.Add(run);
                Say($"round {round}  P5  partner {Unit.Milliseconds.Show(run.Partner.P50)}, internal {Unit.Milliseconds.Show(run.Internal.P50)}, customer {Unit.Milliseconds.Show(run.Customer.P50)}");
            }
        }
    }

    BareRun Bare(Workspace workspace, int round, CancellationToken stop)
    {
        using var loop = target.OpenBareLoop(workspace.Under(FormattableString.Invariant($"bare-{++bareRuns}")));
        var run = loop.AtFullRate(sizes.Bare, stop);
        Say($"round {round}  {target.BareName}  {Unit.PerSecond.Show(run.PerSecond)}, p50 {Unit.Milliseconds.Show(run.Latencies.P50)}, p99 {Unit.Milliseconds.Show(run.Latencies.P99)}");
        return run;
    }

    BareRun BareInFlight(Workspace workspace, int round, CancellationToken stop)
    {
        using var loop = target.OpenBareLoop(workspace.Under(FormattableString.Invariant($"bare-{++bareRuns}")));
        var run = loop.OneInFlight(sizes.OneInFlight, stop);
        Say($"round {round}  {target.BareName}  one in flight: p50 {Unit.Milliseconds.Show(run.Latencies.P50)}, p99 {Unit.Milliseconds.Show(run.Latencies.P99)}");
        return run;
    }

    async Task WritePage(Machine machine, int audited, CancellationToken stop)
    {
        if (options.Markdown is not { } file) return;
        var chart = Path.ChangeExtension(file, ".svg");
        var page = MarkdownReport.Page(target, options, machine, figures, audited, time.GetUtcNow(), Path.GetFileName(chart));
        await File.WriteAllTextAsync(file, page, stop);
        await File.WriteAllTextAsync(chart, SvgChart.Draw(figures.Yardsticks()), stop);
        Say($"written: {file}, {chart}");
    }

    static bool Verdict(IReadOnlyList<string> complaints, int audited)
    {
        Console.WriteLine();
        if (complaints.Count == 0)
        {
            Console.WriteLine(FormattableString.Invariant($"{audited:#,0} acknowledged comments, each exactly once and in order in every desk it belongs to; both logs of every handoff are identical"));
            Console.WriteLine("benchmarks: audit passed");
            return true;
        }

        foreach (var complaint in complaints.Take(20)) Console.WriteLine("  " + complaint);
        if (complaints.Count > 20) Console.WriteLine(FormattableString.Invariant($"  and {complaints.Count - 20} more"));
        Console.WriteLine("benchmarks: audit failed; this run does not count");
        return false;
    }

    static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
