using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Exchange.Journeys;

/// <summary>Texts that nobody else writes, and the search for them in every answer that an account can get.</summary>
sealed partial class Canaries
{
    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);
    readonly string run = Guid.NewGuid().ToString("N")[..10];

    public string Subject => $"Scanner {run} is stuck";

    public string Contact => $"Ada Canary {run}";

    public string Email => $"ada-{run}@customer.example";

    public string PlacerNote => $"placer-note-{run}";

    public string FulfillerNote => $"fulfiller-note-{run}";

    public string CustomerMessage => $"customer-message-{run}";

    public string PartnerComment => $"partner-comment-{run}";

    public string UnpickedFile => $"unpicked-{run}.pdf";

    public ISet<string> Secrets { get; } = new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlyList<string> Texts => [Subject, Contact, Email, PlacerNote, FulfillerNote, CustomerMessage, PartnerComment, UnpickedFile];

    /// <summary>An entry's bytes as text.</summary>
    public static string Decoded(JsonNode entry) => Encoding.UTF8.GetString(Convert.FromBase64String(entry.Need("raw")));

    /// <summary>Every id in the lists of a side: its tickets, comments, files, handoffs, links and operations.</summary>
    public static async Task<IReadOnlySet<string>> IdsThatSideKnows(Company side, string handoffId)
    {
        var known = new List<JsonNode>();
        known.AddRange(await side.All("tickets"));
        foreach (var ticket in known.ToArray())
        {
            known.AddRange(await side.Comments(ticket.Need("id")));
            known.AddRange(await side.Files(ticket.Need("id")));
        }

        known.AddRange(await side.All("handoffs"));
        known.AddRange(await side.All("links"));
        known.Add((await side.Entries(handoffId))[0]);
        return known.SelectMany(item => Uuid().Matches(item.ToJsonString()).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Asks every GET route of the API description, with every id that anybody knows, and names the answers that hold one of the texts.</summary>
    public static Task<IReadOnlyList<string>> LeaksTo(Company reader, IReadOnlySet<string> ids, IReadOnlyList<string> texts) => LeaksTo(reader, _ => ids, texts);

    /// <param name="idsOf">The ids to try at the routes of a noun, such as <c>tickets</c>.</param>
    public static async Task<IReadOnlyList<string>> LeaksTo(Company reader, Func<string, IReadOnlySet<string>> idsOf, IReadOnlyList<string> texts)
    {
        var routes = (JsonObject)(await reader.Get("/openapi/v1.json")).At("paths")!;
        var asks = routes
            .Where(route => route.Value!["get"] is not null)
            .SelectMany(route => Filled(route.Key, idsOf(route.Key.Split('/').ElementAtOrDefault(3) ?? "")))
            .SelectMany(path => path.EndsWith("/entries", StringComparison.Ordinal) ? [path, path + "?raw=true"] : new[] { path })
            .ToArray();
        Assert.That(asks, Has.Length.GreaterThan(50), "the API description names the routes");
        var leaks = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(asks, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (path, _) =>
        {
            var answer = await Read(reader, path);
            foreach (var text in texts.Where(text => answer.Contains(text, StringComparison.OrdinalIgnoreCase)))
            {
                leaks.Enqueue($"{text} in GET {path}");
            }
        });
        return [.. leaks];
    }

    static IEnumerable<string> Filled(string path, IReadOnlySet<string> ids)
    {
        var parameter = Parameter().Match(path);
        if (!parameter.Success)
        {
            return [path];
        }

        var candidates = parameter.Value.Contains("version", StringComparison.OrdinalIgnoreCase) ? new HashSet<string>(StringComparer.Ordinal) { "1" } : ids;
        return candidates.SelectMany(id => Filled(Parameter().Replace(path, id, 1), ids));
    }

    /// <summary>Headers and body, and the bytes of entries decoded. A stream without an end is read for a while.</summary>
    static async Task<string> Read(Company reader, string path)
    {
        using var enough = new CancellationTokenSource(LongestAnswer);
        var text = new StringBuilder();
        try
        {
            using var request = reader.Request(HttpMethod.Get, path);
            using var answer = await reader.Start(request, enough.Token);
            text.Append(answer.Headers).Append(answer.Content.Headers);
            await using var body = await answer.Content.ReadAsStreamAsync(enough.Token);
            var buffer = new byte[16 * 1024];
            for (int read; (read = await body.ReadAsync(buffer, enough.Token)) > 0;)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (OperationCanceledException)
        {
            // What came until now is what there is to search.
        }

        // A JSON writer may escape the plus sign of base64.
        foreach (Match raw in Raw().Matches(text.ToString().Replace("\\u002B", "+", StringComparison.OrdinalIgnoreCase)))
        {
            text.Append(Encoding.UTF8.GetString(Convert.FromBase64String(raw.Groups["base64"].Value)));
        }

        return text.ToString();
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("\"raw\":\"(?<base64>[A-Za-z0-9+/=]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raw();
}
