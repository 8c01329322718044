using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>The addresses of links and terms, with every refusal and its code.</summary>
[TestFixture]
public sealed class When_links_are_governed
{
    private ExchangeHost _host = null!;
    private string _ada = "";
    private string _bob = "";
    private string _cid = "";
    private string _link = "";

    [SetUp]
    public async Task Set_the_scene()
    {
        _host = new ExchangeHost();
        (_ada, _bob, _cid) = (await Key("Ada"), await Key("Bob"), await Key("Cid"));
        var invited = await Post(_ada, "", """{"account":"bob"}""", 201);
        _link = (string)(await Post(_bob, "/accept", $$"""{"inviteCode":"{{(string)invited["inviteCode"]!}}"}""", 200))["id"]!;
    }

    [TearDown]
    public void Take_the_scene_away() => _host.Dispose();

    [Test]
    public async Task An_invitation_may_be_bound_to_one_company()
    {
        var bob = (string)(await Get(_ada, $"/{_link}"))["partner"]!["id"]!;
        await Refused(_ada, "", """{"account":"nobody-here"}""", 400, "validation", "account");
        await Refused(_ada, "", """{"account":"ada"}""", 400, "validation", "account");
        await Refused(_ada, "", $$"""{"account":"{{bob}}"}""", 409, "already-linked");

        var invited = await Post(_ada, "", """{"account":"cid","terms":{"noticeDays":1}}""", 201);
        Assert.That((string?)(await Get(_ada, $"/{(string)invited["id"]!}"))["invitedAccount"]!["name"], Is.EqualTo("Cid"));
        var code = $$"""{"inviteCode":"{{(string)invited["inviteCode"]!}}"}""";
        await Refused(_bob, "/accept", code, 403, "forbidden");
        await Refused(_bob, "/decline", code, 403, "forbidden");
        Assert.That((string?)(await Post(_cid, "/accept", code, 200))["state"], Is.EqualTo("active"));
        await Refused(_cid, "/accept", code, 409, "already-answered");
    }

    [Test]
    public async Task A_link_is_suspended_resumed_drained_and_terminated()
    {
        var suspended = await Post(_ada, $"/{_link}/suspend", """{"reason":"audit"}""", 200);
        Assert.That(((string?)suspended["state"], (string?)suspended["suspendedBy"]![0]!["account"]!["name"], (string?)suspended["suspendedBy"]![0]!["reason"], (string?)suspended["suspendedBy"]![0]!["name"]),
            Is.EqualTo(("suspended", "Ada", "audit", "First key")));
        Assert.That(suspended["suspendedBy"]![0]!["since"], Is.Not.Null);

        var refused = await Refused(_bob, $"/{_link}/resume", "{}", 403, "forbidden");
        Assert.That(((string?)refused["state"], refused["allowed"]!.AsArray().Select(a => (string?)a)), Is.EqualTo(("suspended", new[] { "propose-terms", "suspend", "drain", "terminate" })));
        Assert.That((string?)(await Post(_ada, $"/{_link}/resume", null, 200))["state"], Is.EqualTo("active"), "without a body too");
        await Refused(_ada, $"/{_link}/resume", "{}", 403, "forbidden");

        var draining = await Post(_bob, $"/{_link}/drain", """{"reason":"moving on"}""", 200);
        Assert.That(((string?)draining["state"], (string?)draining["endedBy"]!["name"], (string?)draining["endReason"]), Is.EqualTo(("draining", "Bob", "moving on")));
        Assert.That(draining["drainsUntil"], Is.Not.Null);
        await Refused(_ada, $"/{_link}/suspend", "{}", 409, "link-not-active");
        await Refused(_ada, $"/{_link}/resume", "{}", 409, "link-not-active");
        await Refused(_ada, $"/{_link}/drain", "{}", 409, "link-not-active");

        var ended = await Post(_ada, $"/{_link}/terminate", """{"reason":"fraud"}""", 200);
        Assert.That(((string?)ended["state"], (string?)ended["endedBy"]!["name"], (string?)ended["endReason"], ended["allowed"]!.AsArray().Count), Is.EqualTo(("terminated", "Ada", "fraud", 0)));
        foreach (var verb in (string[])["suspend", "resume", "drain", "terminate"])
        {
            await Refused(_ada, $"/{_link}/{verb}", "{}", 409, "link-not-active");
        }
    }

    [Test]
    public async Task Each_command_of_a_link_honours_the_version_that_was_seen_and_a_reason_has_an_end()
    {
        foreach (var verb in (string[])["suspend", "drain", "terminate"])
        {
            await Refused(_ada, $"/{_link}/{verb}", "{}", 412, "version-conflict", seen: 1);
            await Refused(_ada, $"/{_link}/{verb}", $$"""{"reason":"{{new string('x', 501)}}"}""", 400, "validation", "reason");
            await Refused(_cid, $"/{_link}/{verb}", "{}", 404, "not-found");
        }

        await Post(_ada, $"/{_link}/suspend", "{}", 200, seen: 2);
        await Refused(_ada, $"/{_link}/resume", "{}", 412, "version-conflict", seen: 2);
        await Refused(_ada, $"/{_link}/suspend", "{}", 412, "version-conflict", seen: 2);
        await Post(_ada, $"/{_link}/resume", "{}", 200, seen: 3);
    }

    [Test]
    public async Task Terms_are_proposed_read_signed_rejected_and_withdrawn()
    {
        await Refused(_ada, $"/{_link}/terms", """{"maxDepth":9}""", 400, "validation", "maxDepth");
        await Refused(_ada, $"/{_link}/terms", """{"offers":"hidden"}""", 400, "validation", "offers");
        await Refused(_cid, $"/{_link}/terms", "{}", 404, "not-found");
        await Refused(_ada, $"/{_link}/terms", "{}", 412, "version-conflict", seen: 1);

        var proposed = await Post(_ada, $"/{_link}/terms", """{"offers":"sealed","share":{"files":false},"acceptWithinHours":4}""", 201, seen: 2);
        Assert.That(((int)proposed["version"]!, (string?)proposed["state"], (bool)proposed["inForce"]!, (int)proposed["linkVersion"]!), Is.EqualTo((2, "proposed", false, 3)));
        Assert.That(proposed["differences"]!.AsArray().Select(d => (string?)d!["name"]), Is.EqualTo(new[] { "offers", "share.files", "acceptWithinHours" }));
        await Post(_ada, $"/{_link}/terms", "{}", 201);
        await Post(_bob, $"/{_link}/terms", """{"maxDepth":2}""", 201);

        await Refused(_ada, $"/{_link}/terms/2/sign", null, 403, "forbidden");
        await Refused(_ada, $"/{_link}/terms/2/reject", null, 403, "forbidden");
        await Refused(_bob, $"/{_link}/terms/2/withdraw", null, 403, "forbidden");
        await Refused(_bob, $"/{_link}/terms/9/sign", null, 404, "not-found");
        await Refused(_bob, $"/{_link}/terms/2/sign", null, 412, "version-conflict", seen: 3);
        Assert.That((string?)(await Post(_bob, $"/{_link}/terms/2/reject", null, 200))["state"], Is.EqualTo("rejected"));
        Assert.That((string?)(await Post(_ada, $"/{_link}/terms/3/withdraw", null, 200))["state"], Is.EqualTo("withdrawn"));
        Assert.That((bool)(await Post(_ada, $"/{_link}/terms/4/sign", null, 200))["inForce"]!, Is.True);
        await Refused(_bob, $"/{_link}/terms/2/sign", null, 409, "already-answered");

        Assert.That((int)(await Get(_bob, $"/{_link}"))["terms"]!["maxDepth"]!, Is.EqualTo(2));
        var all = (await Get(_bob, $"/{_link}/terms?limit=3"))!;
        Assert.That(all["items"]!.AsArray().Select(v => (string?)v!["state"]), Is.EqualTo(new[] { "signed", "withdrawn", "rejected" }));
        Assert.That((await Get(_bob, $"/{_link}/terms?limit=3&after={(string)all["next"]!}"))["items"]!.AsArray().Select(v => (int)v!["version"]!), Is.EqualTo(new[] { 1 }));
        var against = await Get(_bob, $"/{_link}/terms/4?against=2");
        Assert.That(((int)against["against"]!, against["differences"]!.AsArray().Count), Is.EqualTo((2, 4)));
        Assert.That((string?)against["differences"]![0]!["text"], Is.EqualTo("Offers show everything at once (before: a summary until they are accepted)."));
        Assert.That((await _host.Call(_bob, HttpMethod.Get, $"/api/v1/links/{_link}/terms/4?against=7")).Status, Is.EqualTo(400));
        Assert.That((await _host.Call(_cid, HttpMethod.Get, $"/api/v1/links/{_link}/terms/4")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task What_is_said_on_a_suspended_link_comes_back_as_kept()
    {
        var ticket = (string)(await Call(_ada, "/api/v1/tickets", """{"subject":"Pump"}""", 201))["id"]!;
        var handoff = (string)(await Call(_ada, $"/api/v1/tickets/{ticket}/handoffs", $$"""{"linkId":"{{_link}}"}""", 201))["id"]!;
        await Post(_bob, $"/{_link}/suspend", """{"reason":"audit"}""", 200);
        var said = await Call(_ada, $"/api/v1/tickets/{ticket}/comments", """{"body":"hello?","audience":"partner"}""", 201);
        Assert.That((string?)said["receipt"]!["state"], Is.EqualTo("kept"));
        Assert.That((string?)said["receipt"]!["reason"], Does.StartWith("Link to Bob is suspended since ").And.EndsWith(" by Bob (reason: audit). Your comment is kept and will be delivered when they resume."));
        Assert.That((await _host.Call(_bob, HttpMethod.Get, $"/api/v1/handoffs/{handoff}/comments")).Body!["items"]!.AsArray(), Is.Empty);
        Assert.That((string?)(await Call(_bob, $"/api/v1/handoffs/{handoff}/comments", """{"body":"my own"}""", 201))["receipt"]!["state"], Is.EqualTo("kept"), "without a ticket too");
        var refused = await _host.Call(_bob, HttpMethod.Post, $"/api/v1/handoffs/{handoff}/accept", new JsonObject());
        Assert.That((refused.Status, (string?)refused.Body!["code"]), Is.EqualTo((409, "link-not-active")));

        await Post(_bob, $"/{_link}/resume", "{}", 200);
        Assert.That((await _host.Call(_bob, HttpMethod.Get, $"/api/v1/handoffs/{handoff}/comments")).Body!["items"]!.AsArray().Select(c => (string?)c!["body"]), Is.EqualTo(new[] { "hello?", "my own" }));
        Assert.That((await _host.Call(_bob, HttpMethod.Post, $"/api/v1/handoffs/{handoff}/accept", new JsonObject())).Status, Is.EqualTo(200));
    }

    private async Task<string> Key(string name) => (string)(await _host.SignUp(name))["apiKey"]!;

    private async Task<JsonNode> Get(string key, string path)
    {
        var answer = await _host.Call(key, HttpMethod.Get, $"/api/v1/links{path}");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer.Body!;
    }

    private Task<JsonNode> Post(string key, string path, string? json, int status, long? seen = null) => Call(key, $"/api/v1/links{path}", json, status, seen);

    private async Task<JsonNode> Refused(string key, string path, string? json, int status, string code, string? field = null, long? seen = null)
    {
        var body = await Post(key, path, json, status, seen);
        Assert.That((string?)body["code"], Is.EqualTo(code), $"{path}: {body}");
        if (field is not null)
        {
            Assert.That(body["errors"]!.AsObject().Select(e => e.Key), Is.EqualTo(new[] { field }));
        }

        return body;
    }

    private async Task<JsonNode> Call(string key, string path, string? json, int status, long? seen = null)
    {
        using var client = _host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (seen is { } version)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }
}
