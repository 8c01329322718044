namespace Exchange.Benchmarks;

/// <summary>The tables as plain text.</summary>
static class ConsoleReport
{
    public static void Write(TextWriter output, Figures figures)
    {
        Table(output, ["", "what", "product", "base", "ratio", "goal", ""], figures.Yardsticks().Select(y => new[]
        {
            y.Id, y.What, y.Product.Show(y.Unit), y.Base.Show(y.Unit), y.Ratio.Show(Unit.Times), y.GoalText, y.Verdict,
        }));
        Table(output, ["for information", ""], figures.Asides().Select(a => new[] { a.What, a.Value }));
        Table(output, ["for each mirrored comment", ""], figures.Costs().Select(a => new[] { a.What, a.Value }));
        if (figures.PerComment is not { } counted) return;
        Table(output, ["statement", "times", "time"], counted.Statements.Take(15).Select(s => new[]
        {
            s.Short, Unit.Each.Show(s.Calls), Unit.Milliseconds.Show(s.Milliseconds),
        }));
        output.WriteLine();
        foreach (var what in counted.NotCounted) output.WriteLine("not counted: " + what);
    }

    static void Table(TextWriter output, string[] heading, IEnumerable<string[]> lines)
    {
        string[][] rows = [heading, .. lines];
        if (rows.Length == 1) return;
        var widths = heading.Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        output.WriteLine();
        foreach (var row in rows) output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }
}
