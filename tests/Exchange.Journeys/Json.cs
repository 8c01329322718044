using System.Text.Json;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>Reading answers by path: <c>handoff.Text("placer.ticketNumber")</c>.</summary>
static class Json
{
    public static JsonNode? At(this JsonNode node, string path)
    {
        JsonNode? here = node;
        foreach (var name in path.Split('.'))
        {
            here = here is JsonObject parent ? parent[name] : null;
        }

        return here;
    }

    /// <summary>The text at the path; null when there is none (a number or a truth value is given as JSON writes it).</summary>
    public static string? Text(this JsonNode node, string path) => node.At(path) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString(),
    };

    public static bool Is(this JsonNode node, string path, string? text) => string.Equals(node.Text(path), text, StringComparison.Ordinal);

    public static string Need(this JsonNode node, string path) =>
        node.Text(path) ?? throw new AssertionException($"No {path} in {node.ToJsonString()}");

    public static long Number(this JsonNode node, string path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? value.GetValue<long>()
            : throw new AssertionException($"No number {path} in {node.ToJsonString()}");

    public static IReadOnlyList<JsonNode> Items(this JsonNode node, string path) => node.At(path) switch
    {
        JsonArray array => [.. array.Select(item => item!)],
        null => [],
        var other => throw new AssertionException($"{path} is no list: {other.ToJsonString()}"),
    };

    public static IReadOnlyList<string> Words(this JsonNode node, string path) => [.. node.Items(path).Select(item => item.GetValue<string>())];
}
