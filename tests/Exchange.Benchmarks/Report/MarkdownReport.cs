using System.Globalization;
using System.Text;

namespace Exchange.Benchmarks;

/// <summary>The page that people read.</summary>
static class MarkdownReport
{
    public static string Page(
        Target target, RunOptions options, Machine machine, Figures figures, int audited, DateTimeOffset at, string chart)
    {
        var sizes = options.Sizes;
        var page = new StringBuilder();
        void Line(FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"# Benchmarks");
        Line($"");
        Line($"This page is written by the benchmark runner; do not edit it. No figure on it is a promise: what counts is the ratio of the product to the least work that any product must do, measured in the same run on the same machine.");
        Line($"");
        Line($"## What is measured");
        Line($"Target: {target.Name}.");
        Line($"");
        Line($"- **{target.BareName}, the bare loop**: one thread, two SQLite commits for each comment (WAL, `synchronous=FULL`): the entry and the head, then the item and the cursor. No HTTP, no JSON. On the same disk as the product's data.");
        Line($"- **P2**: {sizes.Clients} clients post partner comments of 200 bytes over HTTP on {sizes.BusyHandoffs} handed-over tickets, both sides in turn. The clock runs from the first POST until every comment is visible in the partner's desk; reading the desks is inside the clock.");
        Line($"- **P3**: one comment in flight, from before its POST until the partner's list of comments, read over and over, has it. Against {target.BareName} with one in flight.");
        Line($"- **P5**: POST of a partner comment on a handed-over ticket against an internal comment on a local ticket, one in flight, the kinds in turn.");
        Line($"- **The audit**: at the end every acknowledged comment has to be found exactly once and in order in both desks, with the same entry number, and both sides' logs have to be identical. No page is written otherwise.");
        Line($"");
        Line($"Bare loop and product alternate over {options.Rounds} rounds of {options.Seconds} s for each phase, after a warm-up. A figure is the median of the rounds, with (lowest..highest); a ratio is made within its round. The load client speaks HTTP/1.1 with prebuilt bytes and shares the cores with the product.");
        Line($"");
        Line($"```");
        Line($"dotnet build src/Exchange.Api -c Release");
        Line($"dotnet run -c Release --project tests/Exchange.Benchmarks -- {Command(options)}");
        Line($"```");
        Line($"");
        Line($"## The machine");
        Line($"| | |");
        Line($"|---|---|");
        foreach (var (name, value) in machine.Facts) Line($"| {name} | {value} |");
        Line($"| date | {at:yyyy-MM-dd} |");
        Line($"");
        Yardsticks(figures.Yardsticks(), chart, Line);
        Line($"## Beside them, for information");
        Line($"| what | figure |");
        Line($"|---|---|");
        foreach (var aside in figures.Asides()) Line($"| {aside.What} | {aside.Value} |");
        Line($"");
        Line($"The audit of this run passed: {audited:#,0} acknowledged comments.");
        return page.ToString();
    }

    static void Yardsticks(IReadOnlyList<Yardstick> yardsticks, string chart, Action<FormattableString> line)
    {
        if (yardsticks.Count == 0) return;
        line($"## The yardsticks");
        line($"![Each ratio against its goal]({chart})");
        line($"");
        line($"| | what | product | base | ratio | goal | |");
        line($"|---|---|---|---|---|---|---|");
        foreach (var y in yardsticks)
        {
            line($"| {y.Id} | {y.What} | {y.Product.Show(y.Unit)} | {y.Base.Show(y.Unit)} | {y.Ratio.Show(Unit.Times)} | {y.GoalText} | {y.Verdict} |");
        }

        line($"");
    }

    static string Command(RunOptions options)
    {
        var only = options.WantsAll ? "" : $" --only {string.Join(',', options.Only.Order(StringComparer.Ordinal))}";
        return FormattableString.Invariant($"--rounds {options.Rounds} --seconds {options.Seconds}{only} --markdown docs/benchmarks.md");
    }
}
