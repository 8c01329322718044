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

/// <summary>Collects the rounds. A ratio is made within its round, between neighbours in time, and the median is taken of the ratios.</summary>
sealed class Figures(string bareName)
{
    readonly List<(BareRun Bare, MirroredRun Product)> rates = [];
    readonly List<(BareRun Bare, Latencies Product)> idle = [];
    readonly List<CommentCosts> costs = [];
    readonly List<BareRun> bareAlone = [];

    public double PeakMegabytes { get; set; }

    public void Add(BareRun bare) => bareAlone.Add(bare);

    public void Add(BareRun bare, MirroredRun product) => rates.Add((bare, product));

    public void Add(BareRun bare, Latencies product) => idle.Add((bare, product));

    public void Add(CommentCosts run) => costs.Add(run);

    public IReadOnlyList<Yardstick> Yardsticks()
    {
        var list = new List<Yardstick>();
        if (rates.Count > 0)
        {
            list.Add(Compare(
                "P2", $"mirrored comments, against {bareName}", Unit.PerSecond, rates, r => r.Product.PerSecond, r => r.Bare.PerSecond, 1.5, moreIsBetter: true));
        }

        if (idle.Count > 0)
        {
            list.Add(Compare(
                "P3 p50", $"POST to visible, one in flight, against {bareName}", Unit.Milliseconds, idle, r => r.Product.P50, r => r.Bare.Latencies.P50, 2, moreIsBetter: false));
            list.Add(Compare(
                "P3 p99", $"POST to visible, one in flight, against {bareName}", Unit.Milliseconds, idle, r => r.Product.P99, r => r.Bare.Latencies.P99, 3, moreIsBetter: false));
        }

        if (costs.Count > 0)
        {
            list.Add(Compare(
                "P5 p50", "POST partner comment, against internal comment on a local ticket", Unit.Milliseconds, costs, r => r.Partner.P50, r => r.Internal.P50, 1.15, moreIsBetter: false));
        }

        return list;
    }

    public IReadOnlyList<Aside> Asides()
    {
        var list = new List<Aside>();
        void Put<T>(string what, Unit unit, IReadOnlyCollection<T> rounds, Func<T, double> figure)
        {
            if (rounds.Count > 0) list.Add(new(what, Spread.Of(rounds.Select(figure)).Show(unit)));
        }

        List<BareRun> atRate = [.. rates.Select(r => r.Bare), .. bareAlone];
        Put($"{bareName}: comments", Unit.PerSecond, atRate, b => b.PerSecond);
        Put($"{bareName}: CPU for each comment", Unit.Milliseconds, atRate, b => b.CpuMilliseconds);
        List<BareRun> inFlight = [.. idle.Select(r => r.Bare), .. bareAlone];
        Put($"{bareName}: one in flight, p50", Unit.Milliseconds, inFlight, b => b.Latencies.P50);
        Put($"{bareName}: one in flight, p99", Unit.Milliseconds, inFlight, b => b.Latencies.P99);
        Put("P2: answered comments (POST to 201 only)", Unit.PerSecond, rates, r => r.Product.AnsweredPerSecond);
        Put("P2: from the last answer until all was seen", Unit.Milliseconds, rates, r => (r.Product.Visible - r.Product.Answered).TotalMilliseconds);
        Put("P2: CPU of the host for each mirrored comment", Unit.Milliseconds, rates, r => r.Product.HostCpuMilliseconds);
        Put("P2: CPU of the load client for each, apart", Unit.Milliseconds, rates, r => r.Product.ClientCpuMilliseconds);
        Put("P2: written to disk for each mirrored comment", Unit.Kilobytes, rates, r => r.Product.Kilobytes);
        Put("P5: POST internal comment, p99", Unit.Milliseconds, costs, c => c.Internal.P99);
        Put("P5: POST partner comment, p99", Unit.Milliseconds, costs, c => c.Partner.P99);
        Put("P5: POST customer message on a local ticket, p50", Unit.Milliseconds, costs, c => c.Customer.P50);
        Put("P5: customer message against internal comment, p50", Unit.Times, costs, c => c.Customer.P50 / c.Internal.P50);
        if (PeakMegabytes > 0) list.Add(new("Host: most memory resident over the whole run", Unit.Megabytes.Show(PeakMegabytes)));
        return list;
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
