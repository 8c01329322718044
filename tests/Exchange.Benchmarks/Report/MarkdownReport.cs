using System.Globalization;
using System.Text;

namespace Exchange.Benchmarks;

/// <summary>The page that people read.</summary>
sealed class MarkdownReport(RunOptions options, Machine machine, IReadOnlyList<TargetResult> results, DateTimeOffset at, string chart)
{
    readonly StringBuilder page = new();

    IEnumerable<TargetResult> Measured => results.Where(r => r.Skipped is null);

    public string Page()
    {
        Line($"# Benchmarks");
        Line($"");
        Line($"This page is written by the benchmark runner; do not edit it. No figure on it is a promise: what counts is the ratio of the product to the least work that any product must do, measured in the same run on the same machine.");
        Line($"");
        WhatIsMeasured();
        TheMachine();
        TheYardsticks();
        foreach (var result in Measured) Beside(result);
        foreach (var result in Measured) WhereTheTimeGoes(result);
        Line($"The audit of this run passed: {string.Join("; ", Measured.Select(r => FormattableString.Invariant($"{r.Audited:#,0} acknowledged comments ({r.Target.Word})")))}.");
        return page.ToString();
    }

    void WhatIsMeasured()
    {
        var sizes = options.SizesFor(results[0].Target);
        Line($"## What is measured");
        foreach (var r in results) Line($"Target {r.Target.Name}: against {r.Target.BareName}.{(r.Skipped is null ? "" : " Not measured in this run: " + r.Skipped)}\n");
        foreach (var r in results) Line($"- **{r.Target.BareName}, the bare loop ({r.Target.Word})**: {r.Target.BareText}");
        Line($"- {string.Join(", ", results.Select(r => $"**{r.Target.Rate.Id}** ({r.Target.Word}, {options.SizesFor(r.Target).Clients.ToString(CultureInfo.InvariantCulture)} clients)"))}: clients post partner comments of 200 bytes over HTTP on {sizes.BusyHandoffs} handed-over tickets, both sides in turn. The clock runs from the first POST until every comment is visible in the partner's desk; reading the desks is inside the clock.");
        Line($"- **P3**: one comment in flight, from before its POST until the partner's list of comments, read over and over, has it. Against the target's bare loop with one in flight.");
        foreach (var (target, cpu) in results.Where(r => r.Target.Cpu is not null).Select(r => (r.Target, r.Target.Cpu!)))
        {
            Line($"- **{cpu.Id}** ({target.Word}): CPU time of our own processes for each comment of {target.Rate.Id}, without the load client, the database and the broker. Against the CPU time of the process of {target.BareName}.");
        }

        Line($"- **P5**: POST of a partner comment on a handed-over ticket against an internal comment on a local ticket, one in flight, the kinds in turn.");
        if (options.Wants("P7")) Line($"- **P7**: {sizes.BusyHandoffs} healthy handoffs get comments at a fixed pace from {sizes.Lanes} connections, each with one in flight and one every {sizes.Pace.TotalMilliseconds} ms, clocked as in P3 (from when it was due, if the one before took longer than that), with 2 ms between two looks, so that the looking is not a flood of its own. Once with nothing else going on, and once with {sizes.ParkedHandoffs} of all {sizes.Handoffs} handoffs parked at the fulfiller's desk, {sizes.Backlog} comments behind each, and one handoff on which both sides comment as fast as they are answered, for {Sizes.HeadStart.TotalSeconds:0} s by the time the clocks start; `Exchange:TicketRate`, by which a ticket that is written on too fast waits, is left as it is. Each phase is twice as long as others. The handoffs are parked in the database and go on by `POST /api/v1/parked/retry`; until then their comments must not be at the other desk, and the audit finds them there.");
        Line($"- **The audit**: at the end every acknowledged comment has to be found exactly once and in order in both desks, with the same entry number, and both sides' logs have to be identical. No page is written otherwise.");
        Line($"");
        Line($"Bare loop and product alternate over {options.Rounds} rounds of {options.Seconds} s for each phase, after a warm-up. A figure is the median of the rounds, with (lowest..highest); a ratio is made within its round. The load client speaks HTTP/1.1 with prebuilt bytes and shares the cores with the product, and so do the servers.");
        Line($"");
        Line($"```");
        Line($"dotnet build Exchange.sln -c Release");
        Line($"dotnet run -c Release --project tests/Exchange.Benchmarks -- {Command()}");
        Line($"```");
        Line($"");
    }

    void TheMachine()
    {
        Line($"## The machine");
        Line($"| | |");
        Line($"|---|---|");
        foreach (var (name, value) in machine.Facts.Concat(Measured.SelectMany(r => r.Facts))) Line($"| {name} | {value} |");
        Line($"| date | {at:yyyy-MM-dd} |");
        Line($"");
    }

    void TheYardsticks()
    {
        var withGoals = Measured.Where(r => r.Figures.Yardsticks().Count > 0).ToList();
        if (withGoals.Count == 0) return;
        Line($"## The yardsticks");
        Line($"![Each ratio against its goal]({chart})");
        Line($"");
        foreach (var result in withGoals)
        {
            Line($"### {result.Target.Name}");
            Line($"| | what | product | base | ratio | goal | |");
            Line($"|---|---|---|---|---|---|---|");
            foreach (var y in result.Figures.Yardsticks())
            {
                Line($"| {y.Id} | {y.What} | {y.Product.Show(y.Unit)} | {y.Base.Show(y.Unit)} | {y.Ratio.Show(Unit.Times)} | {y.GoalText} | {y.Verdict} |");
            }

            Line($"");
        }
    }

    void Beside(TargetResult result)
    {
        Line($"## Beside them, for information: {result.Target.Word}");
        Line($"| what | figure |");
        Line($"|---|---|");
        foreach (var aside in result.Figures.Asides()) Line($"| {aside.What} | {aside.Value} |");
        Line($"");
    }

    void WhereTheTimeGoes(TargetResult result)
    {
        if (result.Figures.PerComment is not { } counted) return;
        Line($"## Where the time goes: {result.Target.Word}");
        Line($"For each mirrored comment, in a pass of its own after the rounds. What a host does when nobody asks is inside; servers are given {options.SizesFor(result.Target).Settle.TotalSeconds} s to count everything.");
        Line($"");
        Line($"| what | figure |");
        Line($"|---|---|");
        foreach (var cost in result.Figures.Costs()) Line($"| {cost.What} | {cost.Value} |");
        Line($"");
        if (counted.Statements.Count > 0)
        {
            Line($"| statement | times | time |");
            Line($"|---|---|---|");
            foreach (var s in counted.Statements.Take(15)) Line($"| `{s.Short.Replace("|", "\\|", StringComparison.Ordinal)}` | {Unit.Each.Show(s.Calls)} | {Unit.Milliseconds.Show(s.Milliseconds)} |");
            Line($"");
        }

        Line($"Not counted: {string.Join("; ", counted.NotCounted)}.");
        Line($"");
    }

    string Command()
    {
        var target = options.TargetWord is { } word ? $" --target {word}" : "";
        var layout = options.Layout switch
        {
            { Workers: 0 } => " --one-process",
            { Apis: 1, Workers: 1 } => "",
            var l => FormattableString.Invariant($" --api {l.Apis} --worker {l.Workers}"),
        };
        var only = options.WantsAll ? "" : $" --only {string.Join(',', options.Only.Order(StringComparer.Ordinal))}";
        return FormattableString.Invariant($"--rounds {options.Rounds} --seconds {options.Seconds}{target}{layout}{only} --markdown docs/benchmarks.md");
    }

    void Line(FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
