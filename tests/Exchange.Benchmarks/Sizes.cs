namespace Exchange.Benchmarks;

/// <summary>How much of everything; every phase is bounded by count and by time, whichever comes first.</summary>
sealed record Sizes(int Clients, int BusyHandoffs, int QuietHandoffs, int LocalTickets)
{
    public required Budget WarmUp { get; init; }
    public required Budget Bare { get; init; }
    public required Budget Mirrored { get; init; }
    public required Budget OneInFlight { get; init; }
    public required Budget Compared { get; init; }

    /// <summary>How long to wait until a server has counted everything. A tiny run shows no counts and waits for none.</summary>
    public TimeSpan Settle { get; init; }

    public static Sizes Full(TimeSpan window, int clients) => new(clients, BusyHandoffs: 64, QuietHandoffs: 8, LocalTickets: 8)
    {
        Settle = TimeSpan.FromSeconds(11),
        WarmUp = new(TimeSpan.FromSeconds(Math.Min(3, window.TotalSeconds)), 10_000),
        Bare = new(window, 50_000),
        Mirrored = new(window, 50_000),
        OneInFlight = new(window, 3_000),
        Compared = new(window, 3_000),
    };

    public static Sizes Tiny => new(Clients: 8, BusyHandoffs: 8, QuietHandoffs: 2, LocalTickets: 2)
    {
        WarmUp = new(TimeSpan.FromSeconds(1), 20),
        Bare = new(TimeSpan.FromSeconds(1), 100),
        Mirrored = new(TimeSpan.FromSeconds(2), 200),
        OneInFlight = new(TimeSpan.FromSeconds(1), 20),
        Compared = new(TimeSpan.FromSeconds(1), 30),
    };
}
