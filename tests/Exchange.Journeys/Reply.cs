using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>An answer of the exchange, read to its end.</summary>
sealed record Reply(string Asked, int Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public string? Code => IsProblem ? Json.Text("code") : null;

    public JsonNode Json
    {
        get
        {
            try
            {
                return JsonNode.Parse(Bytes) ?? throw new AssertionException($"{this} is null");
            }
            catch (JsonException e)
            {
                throw new AssertionException($"{this} is no JSON", e);
            }
        }
    }

    bool IsProblem => Header("Content-Type").StartsWith("application/problem+json", StringComparison.Ordinal);

    public static async Task<Reply> From(HttpResponseMessage answer)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            headers[name] = string.Join(", ", values);
        }

        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return new($"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery}", (int)answer.StatusCode, headers, bytes);
    }

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    public Reply Must(int status) => Status == status ? this : throw new AssertionException(string.Create(CultureInfo.InvariantCulture, $"Expected {status}: {this}"));

    /// <summary>A refusal as the API promises it: problem+json with the code, the status, a title, and a detail that says what is wrong.</summary>
    public Reply Refused(int status, string code)
    {
        Must(status);
        if (!IsProblem || !string.Equals(Code, code, StringComparison.Ordinal))
        {
            throw new AssertionException($"Expected a problem with the code {code}: {this}");
        }

        if (Json.Number("status") != status || string.IsNullOrEmpty(Json.Text("title")) || string.IsNullOrEmpty(Json.Text("detail")))
        {
            throw new AssertionException($"A problem carries status, title and detail: {this}");
        }

        return this;
    }

    /// <summary>A refusal that names the field that is wrong.</summary>
    public Reply RefusedFor(string field) => Problem(field) is { } problem ? throw new AssertionException(problem) : this;

    /// <summary>What is wrong with this as a refusal of one field; null when it is one.</summary>
    public string? Problem(string field)
    {
        if (Status != 400 || Code is not "validation")
        {
            return $"Expected 400 validation naming {field}: {this}";
        }

        return Json.At("errors") is JsonObject errors && errors.ContainsKey(field) ? null : $"Expected errors to name {field}: {this}";
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Asked} answered {Status} {Header("Content-Type")}: {(Body.Length > 2000 ? Body[..2000] + "..." : Body)}");
}
