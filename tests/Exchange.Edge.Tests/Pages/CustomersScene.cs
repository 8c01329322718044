using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>A company with a form, and its customer at a browser: time leaps so that nobody has to wait between reading and sending.</summary>
internal sealed class CustomersScene : IAsyncDisposable
{
    public const string Body = "The screen stays dark <script>alert(1)</script>";

    private CustomersScene(JsonNode nordwind, ExchangeHost host, LeapClock clock, CapturedLog log, OpenMail mail) =>
        (Nordwind, Host, Clock, Log, Mail) = (nordwind, host, clock, log, mail);

    public ExchangeHost Host { get; }

    public JsonNode Nordwind { get; }

    public string Key => (string)Nordwind["apiKey"]!;

    public LeapClock Clock { get; }

    public CapturedLog Log { get; }

    public OpenMail Mail { get; }

    /// <summary>The customer's.</summary>
    public Browser Claire { get; private set; } = null!;

    /// <summary>The admin of the company.</summary>
    public Browser Lena { get; private set; } = null!;

    /// <param name="open">Whether the form is open, as an admin has set it on the page of the settings.</param>
    public static async Task<CustomersScene> Begin(bool open = true)
    {
        var (clock, log, mail) = (new LeapClock(), new CapturedLog(), new OpenMail());
        var host = new ExchangeHost(more: services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            services.Replace(ServiceDescriptor.Singleton<IMail>(mail));
            services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Information).AddFilter(null, LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning));
        });
        var scene = new CustomersScene(await host.SignUp("Nordwind"), host, clock, log, mail);
        scene.Lena = await Browser.Of(host, scene.Nordwind, "Lena Brandt", Roles.Admin);
        scene.Claire = new Browser(host);
        if (open)
        {
            await scene.Set(("open", "true"), ("phone", "hidden"), ("serial", "required"));
        }

        return scene;
    }

    public async Task Set(params (string Name, string? Value)[] fields)
    {
        await Lena.Go("/at/nordwind/settings/form");
        await Lena.Press("Save", fields);
        Assert.That(Lena.Now.Status, Is.EqualTo(200), Lena.Now.Text);
    }

    /// <summary>Claire reads the form and sends it; she is where it leads her.</summary>
    public async Task<Seen> Send(params (string Name, string? Value)[] more)
    {
        await Claire.Go("/for/nordwind");
        Clock.Leap(TimeSpan.FromSeconds(10));
        (string Name, string? Value)[] usual = [("name", "Claire Dubois"), ("email", "claire@parc.example"), ("subject", "Till 4 is dark"), ("description", Body), ("serial", "K-77")];
        return await Claire.Press("Send to Nordwind", [.. usual.Where(f => more.All(m => m.Name != f.Name)), .. more]);
    }

    /// <summary>Posts the form on the page as multipart, with a file.</summary>
    public async Task<HttpResponseMessage> Upload(string path, (string Name, string Value)[] fields, string file, string type, byte[] bytes)
    {
        using var client = Host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var seen = await client.GetAsync(new Uri(path, UriKind.Relative));
        using var content = new MultipartFormDataContent();
        var form = Markup.Forms(await seen.Content.ReadAsStringAsync()).Single();
        foreach (var (name, value) in form.Fields().Where(f => fields.All(g => g.Name != f.Key)).Select(f => (f.Key, f.Value)).Concat(fields))
        {
            content.Add(new StringContent(value), name);
        }

        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Add(part, "files", file);
        Clock.Leap(TimeSpan.FromSeconds(10));
        return await client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public async Task<JsonNode> Ticket() => (await Host.Call(Key, HttpMethod.Get, "/api/v1/tickets")).Body!["items"]![0]!;

    public Task<(int Status, JsonNode? Body, string Text)> Post(string path, string json) => Host.Call(Key, HttpMethod.Post, path, JsonNode.Parse(json));

    public async Task Status(string status, string? ticket = null)
    {
        var id = ticket ?? (string)(await Ticket())["id"]!;
        var set = await Host.Call(Key, HttpMethod.Patch, $"/api/v1/tickets/{id}", new JsonObject { ["status"] = status });
        Assert.That(set.Status, Is.EqualTo(200), set.Text);
    }

    public async ValueTask DisposeAsync()
    {
        Claire.Dispose();
        Lena.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>Mails go out, into this list.</summary>
    internal sealed class OpenMail : IMail
    {
        public List<Letter> Letters { get; } = [];

        public bool GoesOut => true;

        public void Send(Func<CancellationToken, Task<Letter?>> write)
        {
            if (write(CancellationToken.None).GetAwaiter().GetResult() is { } letter)
            {
                Letters.Add(letter);
            }
        }

        public string Link(string path) => "https://desk.example" + path;
    }
}
