namespace Exchange.Benchmarks;

/// <summary>The tables as plain text.</summary>
static class ConsoleReport
{
    public static void Write(TextWriter output, Figures figures)
    {
        string[] heading = ["", "what", "product", "base", "ratio", "goal", ""];
        Table(output, [
            heading,
            .. figures.Yardsticks().Select(y => new[]
            {
                y.Id, y.What, y.Product.Show(y.Unit), y.Base.Show(y.Unit), y.Ratio.Show(Unit.Times), y.GoalText, y.Verdict,
            }),
        ]);
        Table(output, [.. figures.Asides().Select(a => new[] { a.What, a.Value })]);
    }

    static void Table(TextWriter output, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0 || rows is [["", ..]]) return;
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        output.WriteLine();
        foreach (var row in rows) output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
