namespace Exchange.Benchmarks;

/// <summary>How much of everything; every phase is bounded by count and by time, whichever comes first.</summary>
sealed record Sizes(int Clients, int BusyHandoffs, int QuietHandoffs, int LocalTickets)
{
    public required Budget WarmUp { get; init; }
    public required Budget Bare { get; init; }
    public required Budget Mirrored { get; init; }
    public required Budget OneInFlight { get; init; }
    public required Budget Compared { get; init; }

    /// <summary>P7: the comments on healthy handoffs, in each of its two phases.</summary>
    public required Budget Paced { get; init; }

    public required Budget Flooding { get; init; }

    /// <summary>P7: how long the flood goes on before a healthy comment is clocked beside it.</summary>
    public static TimeSpan HeadStart => TimeSpan.FromSeconds(1);

    /// <summary>Each lane of P7 has one comment in flight, and posts one in each pace.</summary>
    public required int Lanes { get; init; }

    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>One for each nine others, so that a tenth of all is parked at times.</summary>
    public int ParkedHandoffs { get; private init; }

    public int FloodingHandoffs { get; private init; }

    /// <summary>What waits behind a parked handoff.</summary>
    public required int Backlog { get; init; }

    public int Handoffs => BusyHandoffs + QuietHandoffs + ParkedHandoffs + FloodingHandoffs;

    /// <summary>How long to wait until a server has counted everything. A tiny run shows no counts and waits for none.</summary>
    public TimeSpan Settle { get; init; }

    /// <summary>Only P7 hands over tickets that get into trouble.</summary>
    public Sizes With(bool neighbours) =>
        neighbours ? this with { ParkedHandoffs = (BusyHandoffs + QuietHandoffs + 1 + 8) / 9, FloodingHandoffs = 1 } : this;

    public static Sizes Full(TimeSpan window, int clients) => new(clients, BusyHandoffs: 256, QuietHandoffs: 32, LocalTickets: 32)
    {
        Settle = TimeSpan.FromSeconds(11),
        WarmUp = new(TimeSpan.FromSeconds(Math.Min(3, window.TotalSeconds)), 10_000),
        Bare = new(window, 50_000),
        Mirrored = new(window, 50_000),
        OneInFlight = new(window, 3_000),
        Compared = new(window, 3_000),

        // Twice as long: a 99th percentile of a modest pace wants many comments.
        Paced = new(window * 2, 20_000),
        Flooding = new((window * 2) + HeadStart, 100_000),
        Lanes = 8,
        Backlog = 20,
    };

    public static Sizes Tiny => new(Clients: 8, BusyHandoffs: 8, QuietHandoffs: 2, LocalTickets: 2)
    {
        WarmUp = new(TimeSpan.FromSeconds(1), 20),
        Bare = new(TimeSpan.FromSeconds(1), 100),
        Mirrored = new(TimeSpan.FromSeconds(2), 200),
        OneInFlight = new(TimeSpan.FromSeconds(1), 20),
        Compared = new(TimeSpan.FromSeconds(1), 30),
        Paced = new(TimeSpan.FromSeconds(5), 20),
        Flooding = new(TimeSpan.FromSeconds(5), 300),
        Lanes = 4,
        Backlog = 3,
    };
}
