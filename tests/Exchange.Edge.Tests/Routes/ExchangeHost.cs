using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Edge.Tests.Routes;

/// <summary>The real host in this process, on a folder of its own, with a small scene made through the API alone.</summary>
/// <param name="place">Its database, where that is not on SQLite in its own folder.</param>
/// <param name="more">Services that a test adds, such as another desk.</param>
/// <param name="folder">Where its data lies already; it goes with the host.</param>
internal sealed class ExchangeHost(TestKit.Place? place = null, Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? more = null, string? folder = null) : WebApplicationFactory<Program>
{
    private readonly string _folder = folder ?? Path.Combine(Path.GetTempPath(), $"exchange-routes-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}");

    public async Task<JsonNode> SignUp(string name) =>
        (await Call(null, HttpMethod.Post, "/api/v1/accounts", new JsonObject { ["name"] = name, ["slug"] = $"{name.ToLowerInvariant()}" })).Body!;

    /// <summary>Sends one request; a text body goes as it is, a file as multipart.</summary>
    public async Task<(int Status, JsonNode? Body, string Text)> Call(string? key, HttpMethod method, string path, JsonNode? json = null, byte[]? file = null) =>
        await Send(key, method, path, json?.ToJsonString(), file);

    /// <summary>Sends one request whose body is any text at all, with headers such as <c>If-Match: "1"</c>.</summary>
    public async Task<(int Status, JsonNode? Body, string Text)> Send(string? key, HttpMethod method, string path, string? json = null, byte[]? file = null, params (string Name, string Value)[] headers)
    {
        using var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (file is not null)
        {
            request.Content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "part.bin" } };
        }
        else if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var body = response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null;
        return ((int)response.StatusCode, body, text);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Exchange:Data", _folder);
        foreach (var (name, value) in place?.Settings ?? [])
        {
            builder.UseSetting(name, value);
        }

        // A password is made slow to guess on purpose; here a hundred people sign in, and nobody guesses.
        builder.ConfigureServices(services => services.Configure<PasswordHasherOptions>(hashes => hashes.IterationCount = 1));
        if (more is not null)
        {
            builder.ConfigureServices(more);
        }

        builder.UseSetting("Exchange:RateLimit:PerSecond", "100000");
        builder.UseSetting("Exchange:RateLimit:Burst", "100000");
        builder.UseSetting("Exchange:TicketRate:PerSecond", "100000");
        builder.UseSetting("Exchange:TicketRate:Burst", "100000");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
