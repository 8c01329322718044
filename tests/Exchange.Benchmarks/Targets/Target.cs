namespace Exchange.Benchmarks;

/// <summary>What the product is started on, and the bare loop that it is held against.</summary>
sealed record Target(string Name, string BareName, Func<string, IBareLoop> OpenBareLoop, IReadOnlyList<string> HostSwitches)
{
    public static Target Embedded { get; } =
        new("embedded (SQLite, in-memory bus, one process)", "B2", SqliteLoop.Open, []);
}
