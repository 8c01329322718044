using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Exchange.Core.Store;
using Exchange.Edge.Tests.House;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Lists;

/// <summary>The page that shows how each list is read: what finds its first page, and how the engine goes about it.</summary>
internal static partial class ListsPage
{
    private const string Head =
        """
        # How each list is read

        This page is made by the test `When_there_are_a_million_handoffs` (run it with EXCHANGE_APPROVE=1, look at what changed, and commit it).
        Each list is shown with the statements that find its first 200 rows among 50,000 tickets and as many handoffs, and with the engine's plan.
        What only loads the rows that were found is left out, and so is what stands further above already, word for word. Figures of a thousand rows against a million are measured by
        `The_first_page_of_each_list`.

        The part on SQLite is compared word by word. PostgreSQL chooses by what it has counted, so its plans are shown as they were; what is tested
        is how many rows they really met.


        """;

    private static readonly string Path = Repository.In("docs", "lists.md");

    /// <summary>What the page says of this engine, and what it should say.</summary>
    public static async Task<(string Is, string Should)> Of(Crowd crowd)
    {
        var engine = crowd.World.Engine;
        var part = new StringBuilder($"## On {(engine == Engine.Sqlite ? "SQLite" : "PostgreSQL")}\n");
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in AllLists.All)
        {
            part.Append(CultureInfo.InvariantCulture, $"\n### {list.Name}\n");
            foreach (var (sql, plan) in await Plans.Of(crowd.World, () => list.Ask(crowd, new PageAsk(200, null))))
            {
                var lines = plan.Select(Plain).Where(line => line.Length > 0);
                var text = $"\n```sql\n{Columns().Replace(sql, "SELECT ...$1FROM").Replace("\r", "", StringComparison.Ordinal)}\n```\n\n```\n{string.Join('\n', lines)}\n```\n";
                if (Finds().IsMatch(sql) && shown.Add(text))
                {
                    part.Append(text);
                }
            }
        }

        var parts = File.Exists(Path) ? Parts().Split(await File.ReadAllTextAsync(Path)) : [];
        var heading = part.ToString().Split('\n')[0];
        var should = part.ToString().TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("EXCHANGE_APPROVE") is "1")
        {
            var all = parts.Where(p => p.StartsWith("## ", StringComparison.Ordinal) && !p.StartsWith(heading, StringComparison.Ordinal)).Select(p => p.TrimEnd() + "\n").Append(should);
            await File.WriteAllTextAsync(Path, Head + string.Join('\n', all.OrderByDescending(p => p, StringComparer.Ordinal)));
            return (should, should);
        }

        return ((parts.FirstOrDefault(p => p.StartsWith(heading, StringComparison.Ordinal)) ?? "").TrimEnd() + "\n", should);
    }

    /// <summary>Without what differs from run to run.</summary>
    private static string Plain(string line) => Noise().IsMatch(line) ? "" : Values().Replace(Actual().Replace(line, ""), "?");

    [GeneratedRegex("LIMIT", RegexOptions.None, 1000)]
    private static partial Regex Finds();

    [GeneratedRegex(@"SELECT [^()]{120,}?(?<gap>\s+)FROM", RegexOptions.None, 1000)]
    private static partial Regex Columns();

    [GeneratedRegex(@" \(actual [^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Actual();

    [GeneratedRegex(@"^\s*(Rows Removed|Heap |Buckets|Batches|Sort Method|Sort Space|Cache|Hits)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Noise();

    [GeneratedRegex(@"'[0-9a-f-]+'::(uuid|bigint)(\[\])?|'\{[^']*\}'::uuid\[\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Values();

    [GeneratedRegex("^(?=## )", RegexOptions.Multiline, 1000)]
    private static partial Regex Parts();
}
