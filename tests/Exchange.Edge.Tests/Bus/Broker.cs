using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Exchange.Edge.Tests.Bus;

/// <summary>One virtual host of a RabbitMQ, seen and handled through its management.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly string _user;

    private Broker(string address, string management, string host)
    {
        (_address, Host) = (new Uri(address), host);
        var uri = new Uri(management);
        _user = Uri.UnescapeDataString(uri.UserInfo.Split(':')[0]);
        _http = new HttpClient { BaseAddress = new Uri($"http://{uri.Authority}/api/"), Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));
    }

    public string Host { get; }

    /// <summary>As a node is told it.</summary>
    public string Address => At(_address);

    private string Coded => Uri.EscapeDataString(Host);

    /// <summary>A virtual host of its own on the shared broker.</summary>
    public static Task<Broker> OnShared() => On(Servers.RabbitMq, Servers.Management);

    public static Task<Broker> OnOwn() => On(OwnBroker.Address, OwnBroker.Management);

    /// <summary>This virtual host at another address of the same broker.</summary>
    public string At(Uri address) => new UriBuilder(address) { Path = Coded }.Uri.AbsoluteUri;

    /// <summary>Makes the virtual host, where it is not there (any more).</summary>
    public async Task Make()
    {
        (await _http.PutAsJsonAsync($"vhosts/{Coded}", new { })).EnsureSuccessStatusCode();
        (await _http.PutAsJsonAsync($"permissions/{Coded}/{_user}", new { configure = ".*", write = ".*", read = ".*" })).EnsureSuccessStatusCode();
    }

    public Task<IReadOnlyList<JsonNode>> Queues() => List($"queues/{Coded}");

    public async Task<JsonNode?> Queue(string name) => (await Queues()).SingleOrDefault(q => (string?)q["name"] == name);

    /// <summary>Those that were made here; the broker's own are left out.</summary>
    public async Task<IReadOnlyList<JsonNode>> Exchanges() =>
        [.. (await List($"exchanges/{Coded}")).Where(x => (string?)x["name"] is { Length: > 0 } name && !name.StartsWith("amq.", StringComparison.Ordinal))];

    public async Task<bool> HasExchanges(params string[] names) => names.All((await Exchanges()).Select(x => (string?)x["name"]).Contains);

    /// <summary>A queue of the test, to which comes what is published to these exchanges.</summary>
    public async Task Tap(string queue, params string[] exchanges)
    {
        (await _http.PutAsJsonAsync($"queues/{Coded}/{queue}", new { durable = true })).EnsureSuccessStatusCode();
        foreach (var exchange in exchanges)
        {
            (await _http.PostAsJsonAsync($"bindings/{Coded}/e/{Uri.EscapeDataString(exchange)}/q/{queue}", new { routing_key = "" })).EnsureSuccessStatusCode();
        }
    }

    /// <summary>Takes all messages off a queue: bodies and headers.</summary>
    public async Task<IReadOnlyList<JsonNode>> Take(string queue)
    {
        using var answer = await _http.PostAsJsonAsync($"queues/{Coded}/{queue}/get", new { count = 10_000, ackmode = "ack_requeue_false", encoding = "base64" });
        return [.. (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonArray>())!.Select(m => m!)];
    }

    public async Task Publish(string exchange, byte[] body, string? contentType = null)
    {
        var properties = contentType is null ? new JsonObject() : new JsonObject { ["content_type"] = contentType };
        using var answer = await _http.PostAsJsonAsync($"exchanges/{Coded}/{Uri.EscapeDataString(exchange)}/publish",
            new { properties, routing_key = "", payload = Convert.ToBase64String(body), payload_encoding = "base64" });
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeleteQueue(string name) => (await _http.DeleteAsync($"queues/{Coded}/{Uri.EscapeDataString(name)}")).EnsureSuccessStatusCode();

    /// <summary>Ends every connection to this virtual host, as an operator or a failing network would.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CloseConnections()
    {
        var closed = 0;
        foreach (var connection in await List($"vhosts/{Coded}/connections"))
        {
            using var answer = await _http.DeleteAsync($"connections/{Uri.EscapeDataString((string)connection["name"]!)}");
            closed += answer.IsSuccessStatusCode ? 1 : 0;
        }

        return closed;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var answer = await _http.DeleteAsync($"vhosts/{Coded}");
        }
        catch (HttpRequestException)
        {
            // A broker that a test has left broken takes its virtual hosts along.
        }

        _http.Dispose();
    }

    private static async Task<Broker> On(string address, string management)
    {
        var broker = new Broker(address, management, $"test {Path.GetRandomFileName()}");
        await broker.Make();
        return broker;
    }

    private async Task<IReadOnlyList<JsonNode>> List(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.NotFound ? [] : [.. (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonArray>())!.Select(n => n!)];
    }
}
