namespace Exchange.Benchmarks;

/// <summary>One yardstick: the product against its base, and the goal that their ratio is held against.</summary>
sealed record Yardstick(string Id, string What, Unit Unit, Spread Product, Spread Base, Spread Ratio, double Goal, bool MoreIsBetter)
{
    public bool Reached => MoreIsBetter ? Ratio.Median >= Goal : Ratio.Median <= Goal;
    public string Verdict => Reached ? "reached" : "not reached";
    public string GoalText => (MoreIsBetter ? "at least " : "at most ") + Unit.Times.Show(Goal);
}

/// <summary>A figure without a goal.</summary>
sealed record Aside(string What, string Value);

/// <summary>Collects the rounds of one target. A ratio is made within its round, between neighbours in time, and the median is taken of the ratios.</summary>
sealed class Figures(Target target)
{
    readonly List<(BareRun Bare, MirroredRun Product)> rates = [];
    readonly List<(BareRun Bare, Latencies Product)> idle = [];
    readonly List<CommentCosts> costs = [];
    readonly List<NeighbourRun> neighbours = [];
    readonly List<BareRun> bareAtRate = [];
    readonly List<BareRun> bareInFlight = [];
    MirroredRun? counted;

    public double PeakMegabytes { get; set; }

    /// <summary>What each mirrored comment cost; null when nothing was counted.</summary>
    public Tally? PerComment { get; private set; }

    public void AddBare(BareRun atRate, BareRun inFlight)
    {
        bareAtRate.Add(atRate);
        bareInFlight.Add(inFlight);
    }

    public void Add(BareRun bare, MirroredRun product)
    {
        bareAtRate.Add(bare);
        rates.Add((bare, product));
    }

    public void Add(BareRun bare, Latencies product)
    {
        bareInFlight.Add(bare);
        idle.Add((bare, product));
    }

    public void Add(CommentCosts run) => costs.Add(run);

    public void Add(NeighbourRun run) => neighbours.Add(run);

    public void Counted(MirroredRun run, Tally perComment)
    {
        counted = run;
        PerComment = perComment;
    }

    public IReadOnlyList<Yardstick> Yardsticks()
    {
        var bareName = target.BareName;
        var list = new List<Yardstick>();
        if (rates.Count > 0)
        {
            list.Add(Compare(
                target.Rate.Id, $"mirrored comments, against {bareName}", Unit.PerSecond, rates, r => r.Product.PerSecond, r => r.Bare.PerSecond, target.Rate.Value, moreIsBetter: true));
        }

        if (idle.Count > 0)
        {
            list.Add(Compare(
                "P3 p50", $"POST to visible, one in flight, against {bareName}", Unit.Milliseconds, idle, r => r.Product.P50, r => r.Bare.Latencies.P50, 2, moreIsBetter: false));
            list.Add(Compare(
                "P3 p99", $"POST to visible, one in flight, against {bareName}", Unit.Milliseconds, idle, r => r.Product.P99, r => r.Bare.Latencies.P99, 3, moreIsBetter: false));
        }

        if (rates.Count > 0 && target.Cpu is { } cpu)
        {
            list.Add(Compare(
                cpu.Id, $"CPU of our own processes for each mirrored comment, against {bareName}", Unit.Milliseconds, rates, r => r.Product.HostCpuMilliseconds, r => r.Bare.CpuMilliseconds, cpu.Value, moreIsBetter: false));
        }

        if (costs.Count > 0)
        {
            list.Add(Compare(
                "P5 p50", "POST partner comment, against internal comment on a local ticket", Unit.Milliseconds, costs, r => r.Partner.P50, r => r.Internal.P50, 1.15, moreIsBetter: false));
        }

        if (neighbours.Count > 0)
        {
            list.Add(Compare(
                "P7 p99", "POST to visible on healthy handoffs, with 10 % parked and one flooding, against without", Unit.Milliseconds, neighbours, r => r.Beside.P99, r => r.Alone.P99, 1.25, moreIsBetter: false));
        }

        return list;
    }

    public IReadOnlyList<Aside> Asides()
    {
        var (bareName, rate) = (target.BareName, target.Rate.Id);
        var list = new List<Aside>();
        void Put<T>(string what, Unit unit, IReadOnlyCollection<T> rounds, Func<T, double> figure)
        {
            if (rounds.Count > 0) list.Add(new(what, Spread.Of(rounds.Select(figure)).Show(unit)));
        }

        Put($"{bareName}: comments", Unit.PerSecond, bareAtRate, b => b.PerSecond);
        Put($"{bareName}: CPU for each comment", Unit.Milliseconds, bareAtRate, b => b.CpuMilliseconds);
        Put($"{bareName}: one in flight, p50", Unit.Milliseconds, bareInFlight, b => b.Latencies.P50);
        Put($"{bareName}: one in flight, p99", Unit.Milliseconds, bareInFlight, b => b.Latencies.P99);
        Put($"{rate}: answered comments (POST to 201 only)", Unit.PerSecond, rates, r => r.Product.AnsweredPerSecond);
        Put($"{rate}: from the last answer until all was seen", Unit.Milliseconds, rates, r => (r.Product.Visible - r.Product.Answered).TotalMilliseconds);
        Put($"{rate}: CPU of the hosts for each mirrored comment", Unit.Milliseconds, rates, r => r.Product.HostCpuMilliseconds);
        Put($"{rate}: CPU of the load client for each, apart", Unit.Milliseconds, rates, r => r.Product.ClientCpuMilliseconds);
        Put($"{rate}: pages of lists read for each, by the load client", Unit.Each, rates, r => r.Product.ListReadsEach);
        Put("P5: POST internal comment, p99", Unit.Milliseconds, costs, c => c.Internal.P99);
        Put("P5: POST partner comment, p99", Unit.Milliseconds, costs, c => c.Partner.P99);
        Put("P5: POST customer message on a local ticket, p50", Unit.Milliseconds, costs, c => c.Customer.P50);
        Put("P5: customer message against internal comment, p50", Unit.Times, costs, c => c.Customer.P50 / c.Internal.P50);
        Put("P7: healthy, p50 without", Unit.Milliseconds, neighbours, n => n.Alone.P50);
        Put("P7: healthy, p50 with parked and flooding", Unit.Milliseconds, neighbours, n => n.Beside.P50);
        Put("P7: healthy, p50 with against without", Unit.Times, neighbours, n => n.Beside.P50 / n.Alone.P50);
        Put("P7: healthy, comments clocked without", Unit.Count, neighbours, n => n.Alone.Count);
        Put("P7: healthy, comments clocked with", Unit.Count, neighbours, n => n.Beside.Count);
        Put("P7: flooding, answered comments", Unit.PerSecond, neighbours, n => n.Flood.PerSecond);
        Put("P7: flooding, from the last answer until all was seen, its lists read whole", Unit.Milliseconds, neighbours, n => n.CaughtUp.TotalMilliseconds);
        if (PeakMegabytes > 0) list.Add(new("Hosts: most memory resident over the whole run", Unit.Megabytes.Show(PeakMegabytes)));
        return list;
    }

    /// <summary>Where the time goes, for each mirrored comment.</summary>
    public IReadOnlyList<Aside> Costs()
    {
        if (PerComment is null || counted is null) return [];
        return
        [
            new("comments in this pass", FormattableString.Invariant($"{counted.Comments:#,0}")),
            new("hosts: CPU", Unit.Milliseconds.Show(counted.HostCpuMilliseconds)),
            .. PerComment.Counts.Select(c => new Aside(c.What, c.Unit.Show(c.Value))),
            new("lists read by the load client, inside these", Unit.Each.Show(counted.ListReadsEach)),
        ];
    }

    static Yardstick Compare<T>(
        string id, string what, Unit unit, IReadOnlyCollection<T> rounds, Func<T, double> product, Func<T, double> bare, double goal, bool moreIsBetter) =>
        new(
            id,
            what,
            unit,
            Spread.Of(rounds.Select(product)),
            Spread.Of(rounds.Select(bare)),
            Spread.Of(rounds.Select(r => product(r) / bare(r))),
            goal,
            moreIsBetter);
}
