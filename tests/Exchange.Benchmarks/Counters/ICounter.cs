namespace Exchange.Benchmarks;

/// <summary>
/// Counts what the product costs below it, from outside. What only the product can count (round trips to the database,
/// allocations) becomes one more of these when it tells.
/// </summary>
interface ICounter
{
    /// <summary>Everything so far. It may wait until what is counted late has been counted.</summary>
    Task<Tally> Read(CancellationToken stop);
}

sealed record Count(string What, Unit Unit, double Value);

/// <summary>One statement of the database: how often it ran, and how long altogether.</summary>
sealed record StatementCount(string Text, double Calls, double Milliseconds)
{
    const int Most = 110;

    /// <summary>On one line, and no longer than a line.</summary>
    public string Short
    {
        get
        {
            var line = string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length <= Most ? line : line[..Most] + " ...";
        }
    }
}

sealed record Tally(IReadOnlyList<Count> Counts, IReadOnlyList<StatementCount> Statements, IReadOnlyList<string> NotCounted)
{
    /// <summary>What was added since an earlier reading, for each of so many comments.</summary>
    public Tally Since(Tally before, int comments) => new(
        [.. Counts.Select((c, i) => c with { Value = (c.Value - before.Counts[i].Value) / comments })],
        [
            .. Statements
                .GroupJoin(
                    before.Statements,
                    s => s.Text,
                    b => b.Text,
                    (s, b) => (Now: s, Then: b.FirstOrDefault()),
                    StringComparer.Ordinal)
                .Select(pair => pair.Now with
                {
                    Calls = (pair.Now.Calls - (pair.Then?.Calls ?? 0)) / comments,
                    Milliseconds = (pair.Now.Milliseconds - (pair.Then?.Milliseconds ?? 0)) / comments,
                })
                .Where(s => s.Calls >= 0.005)
                .OrderByDescending(s => s.Milliseconds),
        ],
        NotCounted);

    public static async Task<Tally> Of(IReadOnlyList<ICounter> counters, CancellationToken stop)
    {
        var all = new List<Tally>();
        foreach (var counter in counters) all.Add(await counter.Read(stop));
        return new(
            [.. all.SelectMany(t => t.Counts)],
            [.. all.SelectMany(t => t.Statements)],
            [.. all.SelectMany(t => t.NotCounted)]);
    }
}
