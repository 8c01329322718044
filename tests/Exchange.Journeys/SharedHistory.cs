using System.Globalization;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>What both sides have to show alike.</summary>
static class SharedHistory
{
    /// <summary>The items in the order of their entries. Lists follow a local append number, so each side may give them in its own order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<JsonNode> items) =>
        [.. items.OrderBy(item => item.Number("seq")).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Number("seq")} {item.Text("kind")} {item.Text("body")}"))];

    /// <summary>Entries as they were answered, every member of them but the receipt, which only their writer is shown.</summary>
    public static IReadOnlyList<string> Whole(IEnumerable<JsonNode> entries) => [.. entries.Select(entry =>
    {
        var shared = entry.DeepClone().AsObject();
        shared.Remove("receipt");
        return shared.ToJsonString();
    })];

    public static string FirstDifference(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var (one, other) = (left.ElementAtOrDefault(i), right.ElementAtOrDefault(i));
            if (!string.Equals(one, other, StringComparison.Ordinal))
            {
                return $"[{one ?? "nothing"}] against [{other ?? "nothing"}]";
            }
        }

        return "none";
    }
}
