using System.Globalization;
using System.Text.RegularExpressions;

namespace Exchange.Edge.Tests.Lists;

/// <summary>What PostgreSQL says it did, with the rows that it really met. A few rows it may read, sort or hash as it likes.</summary>
internal static partial class ServerPlan
{
    /// <summary>Somewhat more than a narrowing may have that is taken for rare; the crowd's tables have eight times as many.</summary>
    private const long Few = 6_100;

    /// <summary>The lines of a plan in which many rows are met: a scan from end to end, a large sort, a filter that leaves little.</summary>
    public static IEnumerable<string> Flaws(IReadOnlyList<string> plan) => plan.Where(line => Met(line) > Few);

    private static long Met(string line) =>
        Rows().Match(line) is { Success: true } m ? Number(m.Groups["rows"]) * Number(m.Groups["loops"])
        : Removed().Match(line) is { Success: true } r ? Number(r.Groups["rows"])
        : 0;

    private static long Number(Group group) => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\(actual rows=(?<rows>\d+) loops=(?<loops>\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();

    [GeneratedRegex(@"Rows Removed by .*: (?<rows>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Removed();
}
