namespace Exchange.Benchmarks;

/// <summary>One run: each target after the other, then the page.</summary>
sealed class Runner(RunOptions options, TimeProvider time)
{
    /// <summary>False when an audit failed; a goal that is not reached is a result and not a failure.</summary>
    public async Task<bool> Run(CancellationToken stop)
    {
        using var workspace = new Workspace(options.Data);
        var machine = Machine.Look(workspace.Folder);
        Say.Line($"{machine.Cpu}, {machine.Cores} cores, {machine.FileSystem}, {machine.Runtime}");
        if (machine.FileSystem is "tmpfs") Say.Line($"The data folder is in memory: commits cost nothing there. Use --data with a folder on a disk.");
        if (!machine.Quiet) Say.Line($"The machine is busy (load average {machine.Load:0.0}): the figures will say little.");

        var results = new List<TargetResult>();
        foreach (var target in options.Targets)
        {
            Say.Line($"");
            Say.Line($"target: {target.Name}");
            var result = target.Missing is { } missing ? Skip(target, missing) : await new TargetRun(target, options, workspace).Run(stop);
            Tell(result);
            results.Add(result);
        }

        if (results.Any(r => r.Complaints.Count > 0))
        {
            Say.Line($"benchmarks: audit failed; this run does not count");
            return false;
        }

        await WritePage(machine, results, stop);
        if (results.Any(r => r.Audited > 0)) Say.Line($"benchmarks: audit passed");
        return true;
    }

    TargetResult Skip(Target target, string missing) => options.TargetWord is null
        ? new(target) { Skipped = missing }
        : throw new BenchmarkFailure(missing);

    void Tell(TargetResult result)
    {
        if (result.Skipped is { } why) Say.Line($"skipped: {why}");
        else if (result.Complaints.Count == 0 && !options.Tiny) ConsoleReport.Write(Console.Out, result.Figures);

        foreach (var complaint in result.Complaints.Take(20)) Say.Line($"  {complaint}");
        if (result.Complaints.Count > 20) Say.Line($"  and {result.Complaints.Count - 20} more");
        if (result.Audited == 0 || result.Complaints.Count > 0) return;
        Say.Line($"");
        Say.Line($"{result.Audited:#,0} acknowledged comments, each exactly once and in order in every desk it belongs to; both logs of every handoff are identical");
    }

    async Task WritePage(Machine machine, List<TargetResult> results, CancellationToken stop)
    {
        if (options.Markdown is not { } file) return;
        var chart = Path.ChangeExtension(file, ".svg");
        var page = new MarkdownReport(options, machine, results, time.GetUtcNow(), Path.GetFileName(chart)).Page();
        await File.WriteAllTextAsync(file, page, stop);
        await File.WriteAllTextAsync(chart, SvgChart.Draw(results), stop);
        Say.Line($"written: {file}, {chart}");
    }
}
