namespace Exchange.Benchmarks;

/// <summary>A name of the page, and the ratio to reach.</summary>
sealed record Goal(string Id, double Value);

/// <summary>How many processes of each kind the product is started as. Without workers an Api relays for itself.</summary>
sealed record Layout(int Apis, int Workers)
{
    public override string ToString() => Workers == 0 && Apis == 1
        ? "one process"
        : FormattableString.Invariant($"Api x {Apis}, Worker x {Workers}");
}

/// <summary>What the product is started on, the bare loop that it is held against, and the goals that belong to the two.</summary>
sealed record Target(string Word, string On, Layout Layout)
{
    public required string BareName { get; init; }

    /// <summary>For the page: what the bare loop does.</summary>
    public required string BareText { get; init; }

    public required int Clients { get; init; }
    public required Goal Rate { get; init; }
    public Goal? Cpu { get; init; }

    /// <summary>What has to be set before this target can run; null when nothing is.</summary>
    public string? Missing { get; init; }

    public required Func<string, CancellationToken, Task<IBareLoop>> OpenBareLoop { get; init; }
    public required Func<Sizes, CancellationToken, Task<IGround>> Prepare { get; init; }

    public string Name => $"{Word} ({On}, {Layout})";

    /// <summary>Everything that --only can ask of this target.</summary>
    public IEnumerable<string> Measures => new[] { BareName, Rate.Id, "P3", Cpu?.Id, "P5", "P7" }.OfType<string>();

    public static Target Embedded { get; } = new("embedded", "SQLite, in-memory bus", new(1, 0))
    {
        BareName = "B2",
        BareText = "one thread, two SQLite commits for each comment (WAL, `synchronous=FULL`): the entry and the head, then the item and the cursor. No HTTP, no JSON. On the same disk as the product's data.",
        Clients = 32,
        Rate = new("P2", 1.5),
        OpenBareLoop = SqliteLoop.Open,
        Prepare = EmbeddedGround.Prepare,
    };

    public static Target OnServers(Layout layout)
    {
        var servers = new Servers();
        return new("servers", "PostgreSQL, RabbitMQ", layout)
        {
            BareName = "B1",
            BareText = ServersLoop.Text,
            Clients = 64,
            Rate = new("P1", 0.5),
            Cpu = new("P4", 2),
            Missing = servers.Missing,
            OpenBareLoop = (_, stop) => ServersLoop.Open(servers, stop),
            Prepare = (sizes, stop) => ServersGround.Prepare(servers, layout, sizes, stop),
        };
    }
}
