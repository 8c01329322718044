using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>No database here keeps U+0000, and PostgreSQL takes no half of a surrogate pair: neither is a reason for a 500.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_odd_text_comes(Engine engine)
{
    private Place _place = null!;
    private ExchangeHost _host = null!;
    private string _key = "";
    private string _ticket = "";

    [OneTimeSetUp]
    public async Task Set_the_scene()
    {
        _place = engine.NewPlace();
        _host = new ExchangeHost(_place);
        _key = (string)(await _host.SignUp("Nordwind"))["apiKey"]!;
        _ticket = (string)(await _host.Call(_key, HttpMethod.Post, "/api/v1/tickets", JsonNode.Parse("""{"subject":"Printer"}"""))).Body!["id"]!;
    }

    [OneTimeTearDown]
    public async Task Take_the_scene_away()
    {
        await _host.DisposeAsync();
        await _place.DisposeAsync();
    }

    [TestCase("a\\u0000b", 201, "ab")]
    [TestCase("\\u0000", 400, null)]
    [TestCase("a\\ud83d\\ude00b", 201, "a\U0001F600b")]
    [TestCase("a\\ud83db", 400, null)]
    [TestCase("\\ude00", 400, null)]
    [TestCase("a\\uFFFEb\\uFFFF", 201, "a\uFFFEb\uFFFF")]
    public async Task In_a_body_it_is_cleaned_or_refused(string body, int status, string? stored)
    {
        foreach (var (path, json) in ((string, string)[])[($"/api/v1/tickets/{_ticket}/comments", $$"""{"body":"{{body}}"}"""), ("/api/v1/tickets", $$"""{"subject":"{{body}}","description":"{{body}}"}""")])
        {
            var (answered, text) = await Post(path, json);
            Assert.That(answered, Is.EqualTo(status), text);
            if (stored is not null)
            {
                Assert.That((string?)(JsonNode.Parse(text)!["body"] ?? JsonNode.Parse(text)!["subject"]), Is.EqualTo(stored));
            }
        }
    }

    [TestCase("/api/v1/tickets?q=%00")]
    [TestCase("/api/v1/tickets?q=a%00b")]
    [TestCase("/api/v1/tickets?q=%ED%A0%80")]
    [TestCase("/api/v1/tickets?status=%00")]
    [TestCase("/api/v1/tickets?after=%00")]
    public async Task In_a_query_it_is_no_error_of_ours(string path) =>
        Assert.That((await _host.Call(_key, HttpMethod.Get, path)).Status, Is.LessThan(500));

    [TestCase("a%00b.txt")]
    [TestCase("%ED%A0%80.txt")]
    public async Task In_the_name_of_a_file_it_is_no_error_of_ours(string name)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent([1, 2, 3]);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"x\"; filename*=UTF-8''{name}");
        form.Add(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tickets/{_ticket}/files") { Content = form };
        Assert.That((await Send(request)).Status, Is.LessThan(500));
    }

    [Test]
    public async Task A_long_type_of_a_file_is_no_error_of_ours()
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent([1, 2, 3]);
        file.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"file\"; filename=\"x\"");
        file.Headers.TryAddWithoutValidation("Content-Type", $"text/{new string('x', 300)}");
        form.Add(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tickets/{_ticket}/files") { Content = form };
        Assert.That((await Send(request)).Status, Is.LessThan(500));
    }

    /// <summary>SQLite takes a text of any length; the servers do not.</summary>
    [Test]
    public async Task What_is_as_long_as_it_may_be_fits_everywhere([Values("subject", "assignee", "contact", "asset", "company", "key", "word")] string what)
    {
        string Long(int length) => new('\u00E4', length);
        var (path, json) = what switch
        {
            "subject" => ("/api/v1/tickets", $$"""{"subject":"{{Long(300)}}"}"""),
            "word" => ("/api/v1/tickets", $$"""{"subject":"{{string.Concat(Enumerable.Repeat("\U00020000", 150))}}"}"""),
            "assignee" => ("/api/v1/tickets", $$"""{"subject":"a","assignee":"{{Long(120)}}"}"""),
            "contact" => ("/api/v1/tickets", $$"""{"subject":"a","contact":{"name":"{{Long(200)}}","email":"{{Long(320)}}","phone":"{{Long(60)}}"} }"""),
            "asset" => ("/api/v1/tickets", $$"""{"subject":"a","asset":{"name":"{{Long(200)}}","serial":"{{Long(120)}}","location":"{{Long(500)}}"} }"""),
            "company" => ("/api/v1/accounts", $$"""{"name":"{{Long(120)}}","slug":"{{new string('x', 40)}}","timeZone":"America/Argentina/ComodRivadavia"}"""),
            _ => ("/api/v1/keys", $$"""{"name":"{{Long(120)}}"}"""),
        };
        var (status, text) = await Post(path, json, new string('k', 200));
        Assert.That(status, Is.LessThan(500), text);
    }

    private async Task<(int Status, string Text)> Post(string path, string json, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await Send(request);
    }

    private async Task<(int Status, string Text)> Send(HttpRequestMessage request)
    {
        using var client = _host.CreateClient();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
