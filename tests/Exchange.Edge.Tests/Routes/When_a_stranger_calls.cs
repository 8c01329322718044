using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>A matrix made from the endpoint list: a new route is in it without anybody thinking of it.</summary>
[TestFixture]
public sealed class When_a_stranger_calls
{
    /// <summary>What nobody needs a key for. A route that is added here is open to the world.</summary>
    private static readonly string[] Open = ["GET /openapi/{documentName}.json", "GET /health/live", "GET /health/ready", "POST /api/v1/accounts"];

    private readonly Dictionary<string, string> _theirs = new(StringComparer.Ordinal);
    private ExchangeHost _host = null!;
    private string _owner = "";
    private string _stranger = "";
    private string _strangersTicket = "";
    private string _strangersLink = "";

    [OneTimeSetUp]
    public async Task Set_the_scene()
    {
        _host = new ExchangeHost();
        var nordwind = await _host.SignUp("Nordwind");
        _owner = (string)nordwind["apiKey"]!;
        _theirs["partners"] = (string)nordwind["id"]!;
        var partner = (string)(await _host.SignUp("Brightfix"))["apiKey"]!;
        _stranger = (string)(await _host.SignUp("Stranger"))["apiKey"]!;
        var fourth = (string)(await _host.SignUp("Fourth"))["apiKey"]!;

        var link = await Link(_owner, partner);
        _strangersLink = await Link(_stranger, fourth);
        var ticket = await Make(_owner, "/api/v1/tickets", """{"subject":"Printer"}""");
        _strangersTicket = await Make(_stranger, "/api/v1/tickets", """{"subject":"Other"}""");
        _theirs["links"] = link;
        _theirs["tickets"] = ticket;
        _theirs["note"] = await Make(_owner, $"/api/v1/tickets/{ticket}/comments", """{"body":"a note"}""");
        _theirs["comments"] = await Make(_owner, $"/api/v1/tickets/{ticket}/comments", """{"body":"a message","audience":"customer"}""");
        _theirs["files"] = (string)(await _host.Call(_owner, HttpMethod.Post, $"/api/v1/tickets/{ticket}/files", file: [1, 2, 3])).Body!["id"]!;
        _theirs["handoffs"] = await Make(_owner, $"/api/v1/tickets/{ticket}/handoffs", $$"""{"linkId":"{{link}}"}""");
        _theirs["parked"] = _theirs["handoffs"];
        _theirs["routes"] = await Make(_owner, "/api/v1/routes", $$"""{"name":"Printers","links":["{{link}}"]}""");
        await _host.Call(partner, HttpMethod.Post, $"/api/v1/handoffs/{_theirs["handoffs"]}/accept", new JsonObject());
        _theirs["item"] = await Make(partner, $"/api/v1/handoffs/{_theirs["handoffs"]}/comments", """{"body":"to the placer"}""");
        _theirs["fields"] = await Make(_owner, "/api/v1/fields", """{"label":"Building","kind":"text"}""");
        _theirs["members"] = (string)(await Member(nordwind))["id"]!;
        _theirs["invitations"] = await Make(_owner, "/api/v1/members/invitations", """{"email":"new@nordwind.example","roles":["agent"]}""");
        _theirs["keys"] = (string)(await _host.Call(_owner, HttpMethod.Get, "/api/v1/keys")).Body!["items"]![0]!["id"]!;
    }

    [OneTimeTearDown]
    public void Take_the_scene_away() => _host.Dispose();

    [Test]
    public async Task Every_route_answers_about_others_things_as_about_things_that_do_not_exist()
    {
        var checkedRoutes = 0;
        foreach (var (method, pattern) in Routes().Where(r => r.Pattern.Contains("{id:guid}", StringComparison.Ordinal)))
        {
            var noun = pattern.Contains("/invitations/", StringComparison.Ordinal) ? "invitations" : pattern.Split('/')[3];
            foreach (var id in noun == "comments" ? [_theirs["comments"], _theirs["note"], _theirs["item"]] : new[] { _theirs[noun] })
            {
                foreach (var body in Bodies(pattern))
                {
                    var theirs = await Send(method, pattern, id, body);
                    var nobodys = await Send(method, pattern, NewId(), body);
                    Assert.That((theirs.Status, theirs.Text), Is.EqualTo((nobodys.Status, nobodys.Text)), $"{method} {pattern} with {body}");
                    Assert.That(theirs.Status, Is.EqualTo(404), $"{method} {pattern} with {body}: {theirs.Text}");
                    checkedRoutes++;
                }
            }
        }

        Assert.That(checkedRoutes, Is.GreaterThan(40));
    }

    [TestCase("/api/v1/tickets/{t}/comments", """{"body":"x","audience":"partner","handoffId":"{id}"}""", "handoffs")]
    [TestCase("/api/v1/tickets/{t}/comments", """{"body":"x","files":["{id}"]}""", "files")]
    [TestCase("/api/v1/tickets/{t}/comments", """{"audience":"customer","derivedFrom":"{id}"}""", "comments")]
    [TestCase("/api/v1/tickets/{t}/comments", """{"audience":"customer","derivedFrom":"{id}"}""", "note")]
    [TestCase("/api/v1/tickets/{t}/comments", """{"audience":"customer","derivedFrom":"{id}"}""", "item")]
    [TestCase("/api/v1/tickets/{t}/handoffs", """{"linkId":"{id}"}""", "links")]
    [TestCase("/api/v1/tickets/{t}/handoffs", """{"linkId":"{l}","share":{"comments":["{id}"]}}""", "note")]
    [TestCase("/api/v1/tickets/{t}/handoffs", """{"linkId":"{l}","share":{"comments":["{id}"]}}""", "comments")]
    [TestCase("/api/v1/tickets/{t}/handoffs", """{"linkId":"{l}","share":{"files":["{id}"]}}""", "files")]
    public async Task Others_ids_in_a_body_are_ids_that_do_not_exist(string path, string body, string noun)
    {
        async Task<(int Status, string Text)> With(string id)
        {
            var json = JsonNode.Parse(body.Replace("{id}", id, StringComparison.Ordinal).Replace("{l}", _strangersLink, StringComparison.Ordinal));
            var answer = await _host.Call(_stranger, HttpMethod.Post, path.Replace("{t}", _strangersTicket, StringComparison.Ordinal), json);
            return (answer.Status, answer.Text);
        }

        var theirs = await With(_theirs[noun]);
        Assert.That(theirs, Is.EqualTo(await With(NewId())));
        Assert.That(theirs.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Every_route_but_the_open_ones_wants_a_key()
    {
        foreach (var (method, pattern) in Routes().Where(r => !Open.Contains($"{r.Method} {r.Pattern}")))
        {
            var path = At(pattern, NewId());
            foreach (var key in new[] { null, "tx_0123456789_wrong", "nonsense" })
            {
                var answer = await _host.Call(key, method, path, method == HttpMethod.Get ? null : new JsonObject());
                Assert.That((answer.Status, (string?)answer.Body?["code"]), Is.EqualTo((401, "unauthorized")), $"{method} {pattern} with the key {key}");
            }
        }
    }

    [Test]
    public async Task Every_route_asks_for_a_scope_and_refuses_a_key_without_it()
    {
        foreach (var endpoint in Endpoints().Where(e => !Open.Contains($"{MethodOf(e)} {e.RoutePattern.RawText}")))
        {
            var policy = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).Single(p => p is not null);
            Assert.That(Scopes.All, Does.Contain(policy), endpoint.DisplayName);
            var others = new JsonArray([.. Scopes.All.Where(s => s != policy).Select(s => JsonValue.Create(s))]);
            var key = (string)(await _host.Call(_owner, HttpMethod.Post, "/api/v1/keys", new JsonObject { ["name"] = "less", ["scopes"] = others })).Body!["key"]!;
            var path = At(endpoint.RoutePattern.RawText!, _theirs["tickets"]);
            var method = new HttpMethod(MethodOf(endpoint));
            var upload = method == HttpMethod.Post && path.EndsWith("/files", StringComparison.Ordinal);
            var answer = await _host.Call(key, method, path, upload || method == HttpMethod.Get ? null : new JsonObject(), upload ? [1] : null);
            Assert.That((answer.Status, (string?)answer.Body?["code"]), Is.EqualTo((403, "forbidden")), endpoint.DisplayName);
        }
    }

    [Test]
    public async Task The_partner_itself_sees_none_of_the_placers_own_things()
    {
        var partner = (await _host.Call(_owner, HttpMethod.Get, $"/api/v1/handoffs/{_theirs["handoffs"]}")).Body!;
        Assert.That((string)partner["state"]!, Is.EqualTo("accepted"));
        var key = (string)(await _host.SignUp("Partner2"))["apiKey"]!;
        foreach (var path in new[] { $"/api/v1/tickets/{_theirs["tickets"]}", $"/api/v1/tickets/{_theirs["tickets"]}/comments", $"/api/v1/files/{_theirs["files"]}/content" })
        {
            Assert.That((await _host.Call(key, HttpMethod.Get, path)).Status, Is.EqualTo(404), path);
        }
    }

    [Test]
    public async Task The_description_of_the_API_names_every_route()
    {
        var answer = await _host.Call(null, HttpMethod.Get, "/openapi/v1.json");
        Assert.That((string?)answer.Body!["openapi"], Does.StartWith("3.1"));
        var described = answer.Body["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}")).ToList();
        foreach (var (method, pattern) in Routes().Where(r => r.Pattern.StartsWith("/api/", StringComparison.Ordinal)))
        {
            Assert.That(described, Does.Contain($"{method} {pattern.Replace(":guid", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal).TrimEnd('/')}"));
        }
    }

    private static string MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];

    private static string At(string pattern, string id) => pattern.Replace("{id:guid}", id, StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal);

    private static string NewId() => new Guid(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)).ToString("D");

    /// <summary>Bodies that pass the rules where there are rules, and one that does not: neither may tell that a thing exists.</summary>
    private IEnumerable<string?> Bodies(string pattern) => pattern.Split('/')[^1] switch
    {
        "comments" => ["""{"body":"x"}""", """{"body":"x","audience":"partner"}""", """{"body":""}"""],
        "handoffs" => [$$"""{"linkId":"{{_strangersLink}}"}""", "{}"],
        "decline" or "hold" or "return" or "rework" => ["{}", """{"reason":"parts"}""", """{"reason":"price"}""", """{"reason":"not_fixed"}""", """{"reason":"safety"}"""],
        "recall" or "resume" => ["{}", """{"reason":"because"}"""],
        "terms" => ["{}", """{"maxDepth":9}"""],
        "ask" => ["{}", """{"question":"?"}"""],
        "rating" => ["{}", """{"score":3}"""],
        "reply" => ["{}", """{"text":"!"}"""],
        "answer" => ["{}", """{"text":"!"}"""],
        "resolve" => ["{}", """{"solution":"done"}"""],
        "files" => [null],
        "{id:guid}" when pattern.Contains("/members/", StringComparison.Ordinal) => ["""{"roles":["agent"]}""", """{"roles":["admin","finance"]}"""],
        "{id:guid}" => ["""{"status":"open"}""", """{"status":"nonsense"}"""],
        _ => ["{}"],
    };

    private async Task<(int Status, string Text)> Send(HttpMethod method, string pattern, string id, string? body)
    {
        var path = At(pattern, id);
        var upload = method == HttpMethod.Post && body is null;
        var json = body is null || method == HttpMethod.Get || method == HttpMethod.Delete ? null : JsonNode.Parse(body);
        var answer = await _host.Call(_stranger, method, path, json, upload ? [1] : null);
        return (answer.Status, answer.Text);
    }

    /// <summary>Those for programs: the ones for people are looked at by <see cref="The_pages"/>, and anybody may have their styles and scripts.</summary>
    private IEnumerable<RouteEndpoint> Endpoints() => _host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not null && Served.Of(e) is null && e.Metadata.GetMetadata<StaticAssetDescriptor>() is null).DistinctBy(e => $"{MethodOf(e)} {e.RoutePattern.RawText}", StringComparer.Ordinal);

    private IEnumerable<(HttpMethod Method, string Pattern)> Routes() => Endpoints().Select(e => (new HttpMethod(MethodOf(e)), e.RoutePattern.RawText!));

    private async Task<string> Make(string key, string path, string body)
    {
        var answer = await _host.Call(key, HttpMethod.Post, path, JsonNode.Parse(body));
        Assert.That(answer.Status, Is.EqualTo(201), answer.Text);
        return (string)answer.Body!["id"]!;
    }

    private async Task<JsonNode> Member(JsonNode account)
    {
        using var lena = await Browser.Of(_host, account, "Lena", Roles.Agent);
        return (await _host.Call((string)account["apiKey"]!, HttpMethod.Get, "/api/v1/members")).Body!["items"]![0]!;
    }

    private async Task<string> Link(string inviter, string invitee)
    {
        var invited = await _host.Call(inviter, HttpMethod.Post, "/api/v1/links", new JsonObject());
        var code = new JsonObject { ["inviteCode"] = (string)invited.Body!["inviteCode"]! };
        return (string)(await _host.Call(invitee, HttpMethod.Post, "/api/v1/links/accept", code)).Body!["id"]!;
    }
}
