using System.Globalization;
using System.Text.RegularExpressions;

namespace Exchange.Edge.Tests.Lists;

/// <summary>What PostgreSQL says it did, with the rows that it really met. A few rows it may read, sort or hash as it likes.</summary>
internal static partial class ServerPlan
{
    /// <summary>What may be looked at for one page, where a narrowing that is common leaves one row of twenty: a tenth of the crowd's tables.</summary>
    private const long Few = 5_500;

    /// <summary>The lines of a plan in which a large table is read from end to end, or many rows are met.</summary>
    public static IEnumerable<string> Flaws(IReadOnlyList<string> plan) => plan.Where(line => Whole().IsMatch(line) || Met(line) > Few);

    private static long Met(string line) =>
        Rows().Match(line) is { Success: true } m ? Number(m.Groups["rows"]) * Number(m.Groups["loops"])
        : Removed().Match(line) is { Success: true } r ? Number(r.Groups["rows"])
        : 0;

    private static long Number(Group group) => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("Seq Scan on (handoff|ticket|ticket_handoff|entry|bond|partner_item|note|desk_file|account_event)( |$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\(actual rows=(?<rows>\d+) loops=(?<loops>\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();

    [GeneratedRegex(@"Rows Removed by .*: (?<rows>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Removed();
}
