using System.Diagnostics;

namespace Exchange.Benchmarks;

sealed record MirroredRun(int Comments, TimeSpan Answered, TimeSpan Visible, TimeSpan HostCpu, TimeSpan ClientCpu, int ListReads)
{
    public double PerSecond => Comments / Visible.TotalSeconds;
    public double AnsweredPerSecond => Comments / Answered.TotalSeconds;
    public double HostCpuMilliseconds => HostCpu.TotalMilliseconds / Comments;
    public double ClientCpuMilliseconds => ClientCpu.TotalMilliseconds / Comments;
    public double ListReadsEach => (double)ListReads / Comments;
}

/// <summary>
/// P1 and P2: many clients post partner comments on handed-over tickets, both sides in turn.
/// The clock runs from the first post until the last comment is visible in the partner's desk;
/// looking for them is inside the clock, so the figure is rather too low than too high.
/// </summary>
sealed class MirroredRate(Stage stage, Product product, int clients)
{
    const int Lookers = 2;

    /// <summary>A client that is refused so often gives up: the audit fails in any case.</summary>
    const int MostRefusals = 20;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly List<DeskView> views = [.. stage.Busy.SelectMany(c => c.Views)];

    /// <summary>How long the lookers wait before they read the lists again.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Reads to where the lists end now, so that what is measured next pays only for what it adds.</summary>
    public Task CatchUp(CancellationToken stop) => Watch(stop);

    public async Task<MirroredRun> Run(Budget budget, CancellationToken stop)
    {
        await CatchUp(stop);
        var already = Acknowledged();
        var reads = views.Sum(v => v.Reads);
        var hostCpu = product.Cpu;
        var clientCpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await Post(budget.Open(stop));
        var answered = Stopwatch.GetElapsedTime(start);
        await Watch(stop);
        var visible = Stopwatch.GetElapsedTime(start);
        stop.ThrowIfCancellationRequested();
        var count = Acknowledged() - already;
        if (count == 0) throw new BenchmarkFailure("No comment was acknowledged: " + Trouble());
        return new(
            count, answered, visible, product.Cpu - hostCpu, Environment.CpuUsage.TotalTime - clientCpu, views.Sum(v => v.Reads) - reads);
    }

    int Acknowledged() => stage.Busy.Sum(c => c.Placer.Acknowledged + c.Fulfiller.Acknowledged);

    string Trouble() => stage.Voices.Select(v => v.Trouble).FirstOrDefault(t => t is not null) ?? "no answer";

    Task Post(Allowance allowance) => Task.WhenAll(Enumerable.Range(0, clients).Select(client =>
        Task.Factory.StartNew(() => Talk(client, allowance), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    /// <summary>Each client has tickets of its own, so what one voice says has an order.</summary>
    void Talk(int client, Allowance allowance)
    {
        var own = stage.Busy.Where((_, i) => i % clients == client).SelectMany(c => new[] { c.Placer, c.Fulfiller }).ToArray();
        using var line = new HttpLine(product.DoorOf(client));
        var refusals = 0;
        for (var turn = 0; refusals < MostRefusals && allowance.Take(); turn++)
        {
            if (!own[turn % own.Length].Say(line)) refusals++;
        }
    }

    Task Watch(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Lookers).Select(looker =>
        Task.Run(() => UntilVisible(looker, [.. views.Where((_, i) => i % Lookers == looker)], stop), stop)));

    async Task UntilVisible(int looker, List<DeskView> waiting, CancellationToken stop)
    {
        using var line = new HttpLine(product.DoorOf(looker));
        using var timer = new PeriodicTimer(Pause);
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            waiting.RemoveAll(view => view.UpToDate(line, DeskView.FullPage));
            if (waiting.Count == 0) return;
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new BenchmarkFailure(FormattableString.Invariant(
                    $"{waiting.Count} desks do not show everything after {Patience.TotalSeconds:0} s, the first is short of '{waiting[0].Heard.Prefix}'."));
            }

            await timer.WaitForNextTickAsync(stop);
        }
    }
}
