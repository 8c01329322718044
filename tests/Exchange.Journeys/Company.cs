using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>One account, seen as its API client sees it. Helpers name what a person does; each asserts its status and shows the problem when it differs.</summary>
sealed class Company(HttpClient http, string id, string name, string key)
{
    public static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public string Id => id;

    public string Name => name;

    public string Key => key;

    public static async Task<Company> SignUp(IExchange exchange, string name)
    {
        var nobody = Nobody(exchange);
        var account = await nobody.Post("accounts", new { name, slug = Slug(name) });
        return new(exchange.Http, account.Need("id"), name, account.Need("apiKey"));
    }

    /// <summary>The same exchange with another key, or with none at all.</summary>
    public static Company WithKey(IExchange exchange, string key) => new(exchange.Http, "", "", key);

    public static Company Nobody(IExchange exchange) => WithKey(exchange, "");

    public static string Slug(string name) => $"{name.ToLowerInvariant()}-{Guid.NewGuid():N}"[..Math.Min(30, name.Length + 13)];

    public static string Once() => Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture);

    public async Task<Reply> Send(HttpMethod method, string path, object? body = null, string? once = null, string? ifMatch = null)
    {
        using var request = Request(method, path, once, ifMatch);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => new StringContent(JsonSerializer.Serialize(body, Web), Encoding.UTF8, "application/json"),
        };
        using var answer = await http.SendAsync(request);
        return await Reply.From(answer);
    }

    /// <summary>A request with this account's key; a path without a leading slash is below /api/v1/.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, string? once = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}");
        if (key.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        if (once is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", once);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return request;
    }

    /// <summary>The answer as soon as its headers are there; for streams.</summary>
    public Task<HttpResponseMessage> Start(HttpRequestMessage request, CancellationToken until) =>
        http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, until);

    public Task<Reply> Ask(string path) => Send(HttpMethod.Get, path);

    public Task<Reply> Tell(string path, object? body = null, string? once = null, string? ifMatch = null) => Send(HttpMethod.Post, path, body, once, ifMatch);

    public async Task<JsonNode> Get(string path) => (await Ask(path)).Must(200).Json;

    public async Task<JsonNode> Post(string path, object? body = null, int status = 201, string? once = null) => (await Tell(path, body, once)).Must(status).Json;

    public Task<Reply> Change(string path, object body, string? ifMatch = null) => Send(HttpMethod.Patch, path, body, ifMatch: ifMatch);

    /// <summary>All pages of a list, by its cursor.</summary>
    public async Task<IReadOnlyList<JsonNode>> All(string path, int limit = 200)
    {
        var all = new List<JsonNode>();
        string? after = null;
        do
        {
            var cursor = after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
            var page = await Get(string.Create(CultureInfo.InvariantCulture, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}{cursor}"));
            all.AddRange(page.Items("items"));
            after = page.Text("next");
        }
        while (after is not null);
        return all;
    }

    // Links

    /// <summary>Two calls make a link: this account invites, the other accepts.</summary>
    public async Task<string> LinkWith(Company partner, object? terms = null)
    {
        var invitation = await Post("links", terms is null ? new { } : new { terms });
        return (await partner.Post("links/accept", new { inviteCode = invitation.Need("inviteCode") }, 200)).Need("id");
    }

    // Tickets

    public Task<JsonNode> OpenTicket(object ticket) => Post("tickets", ticket);

    public Task<JsonNode> Ticket(string ticketId) => Get($"tickets/{ticketId}");

    public async Task<string> StatusOf(string ticketId) => (await Ticket(ticketId)).Need("status");

    public Task<JsonNode> Comment(string ticketId, object comment, string? once = null) => Post($"tickets/{ticketId}/comments", comment, once: once);

    public Task<IReadOnlyList<JsonNode>> Comments(string ticketId) => All($"tickets/{ticketId}/comments");

    // Handoffs

    public Task<JsonNode> HandOver(string ticketId, object offer, string? once = null) => Post($"tickets/{ticketId}/handoffs", offer, once: once);

    public Task<JsonNode> Handoff(string handoffId) => Get($"handoffs/{handoffId}");

    public Task<JsonNode> Do(string handoffId, string command, object? body = null) => Post($"handoffs/{handoffId}/{command}", body ?? new { }, 200);

    public Task<JsonNode> Say(string handoffId, string body) => Post($"handoffs/{handoffId}/comments", new { body });

    public Task<IReadOnlyList<JsonNode>> Conversation(string handoffId) => All($"handoffs/{handoffId}/comments");

    public Task<IReadOnlyList<JsonNode>> Entries(string handoffId) => All($"handoffs/{handoffId}/entries?raw=true");

    // Files

    public Task<IReadOnlyList<JsonNode>> Files(string ticketId) => All($"tickets/{ticketId}/files");

    public async Task<JsonNode> Upload(string ticketId, Upload upload, string? once = null) => (await TryUpload(ticketId, upload, once)).Must(201).Json;

    public async Task<Reply> TryUpload(string ticketId, Upload upload, string? once = null)
    {
        using var form = upload.Form();
        return await Tell($"tickets/{ticketId}/files", form, once);
    }

    public async Task<Reply> Download(string fileId, (long From, long To)? range = null)
    {
        using var request = Request(HttpMethod.Get, $"files/{fileId}/content");
        request.Headers.Range = range is { } part ? new RangeHeaderValue(part.From, part.To) : null;
        using var answer = await http.SendAsync(request);
        return await Reply.From(answer);
    }
}
