using System.Globalization;
using System.Text;
using Exchange.Core.Handoffs;
using Exchange.Core.Links;
using Exchange.Core.Store;
using NUnit.Framework;

namespace Exchange.Edge.Tests.House;

/// <summary>The page that shows the state table as a diagram is made from the table itself.</summary>
public sealed class The_page_of_the_states
{
    private static readonly string Path = Repository.In("docs", "handoff-states.md");

    [Test]
    public void Is_what_the_table_says()
    {
        var page = Page();
        if (Environment.GetEnvironmentVariable("EXCHANGE_APPROVE") is "1")
        {
            File.WriteAllText(Path, page);
        }

        Assert.That(File.Exists(Path) ? File.ReadAllText(Path) : "", Is.EqualTo(page), "Run this test with EXCHANGE_APPROVE=1, look at what changed, and commit it.");
    }

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # The states of a handoff

            This page is made from `src/Exchange.Core/Handoffs/HandoffTable.cs` by the test `The_page_of_the_states`; a change by hand fails it.
            What each command is for stands in the file of its name beside the table.

            ```mermaid
            stateDiagram-v2
                [*] --> offered: offer (placer)

            """);
        foreach (var row in HandoffTable.Rows)
        {
            foreach (var from in row.From)
            {
                page.Append(CultureInfo.InvariantCulture, $"    {from.Word()} --> {To(row, from)}: {row.Command.Name()} ({row.By.Word()}){When(row)}\n");
            }
        }

        foreach (var over in Enum.GetValues<HandoffState>().Where(state => state.IsOver()))
        {
            page.Append(CultureInfo.InvariantCulture, $"    {over.Word()} --> [*]\n");
        }

        page.Append(
            """
            ```

            | from | command | who | to | over a link that is |
            |---|---|---|---|---|

            """);
        foreach (var row in HandoffTable.Rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {string.Join(", ", row.From.Select(s => s.Word()))} | **{row.Command.Name()}**{When(row)} | {row.By.Word()} | {Goal(row)} | {Links(row)} |\n");
        }

        page.Append("\n## Who holds the ball\n\n| state | who has to act |\n|---|---|\n");
        foreach (var state in Enum.GetValues<HandoffState>())
        {
            page.Append(CultureInfo.InvariantCulture, $"| {state.Word()}{(state.IsOver() ? " (over)" : "")} | {Waiting.For(state, false)?.Word() ?? "nobody"} |\n");
        }

        return page.Append(CultureInfo.InvariantCulture, $"| {HandoffState.Offered.Word()}, with a counter-offer open | {Waiting.For(HandoffState.Offered, true)!.Value.Word()} |\n").ToString();
    }

    private static string To(Transition row, HandoffState from) => row.To?.Word() ?? (from == HandoffState.RecallRequested ? "before_recall" : "another_handoff");

    private static string Goal(Transition row) => row.To?.Word() ?? (row.From.Contains(HandoffState.RecallRequested) ? "back to where it was" : "another handoff, offered");

    private static string When(Transition row) => row.Countered switch
    {
        true => ", a counter-offer is open",
        false => ", no counter-offer is open",
        null => row.Command == Command.Reopen ? ", within the days of the terms" : "",
    };

    private static string Links(Transition row)
    {
        var passes = Enum.GetValues<LinkState>().Where(link => HandoffTable.Passes(row.By, row.Command, link)).ToList();
        return passes.Count == Enum.GetValues<LinkState>().Length ? "in any state" : string.Join(" or ", passes.Select(link => link.Word()));
    }
}
