using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>Each address of the contract with what does not fit: its status, its code, and what it says beside them.</summary>
[TestFixture]
public sealed class When_asked_wrongly
{
    private const string Unknown = "0195569e-3a00-7000-8000-000000000001";

    private static readonly string[] PlacerVerbs = ["accept-counter", "reject-counter", "withdraw-recall", "reopen", "reroute"];
    private static readonly string[] FulfillerVerbs = ["counter", "agree-recall", "refuse-recall"];

    private TwoCompanies _two = null!;
    private string _stranger = "";
    private string _running = "";

    [OneTimeSetUp]
    public async Task Meet()
    {
        _two = await TwoCompanies.Meet();
        _stranger = (string)(await _two.Host.SignUp("Sorrel"))["apiKey"]!;
        _running = await _two.Running();
    }

    [OneTimeTearDown]
    public void Part() => _two.Dispose();

    [Test]
    public async Task A_command_answers_in_the_order_of_the_contract_and_says_what_is_true()
    {
        foreach (var verb in PlacerVerbs.Concat(FulfillerVerbs))
        {
            var (right, wrong) = PlacerVerbs.Contains(verb) ? (_two.Placer, _two.Fulfiller) : (_two.Fulfiller, _two.Placer);
            const string Body = """{"reason":"x","scope":"x"}""";
            await Refused(right, $"handoffs/{Unknown}/{verb}", "{}", 404, "not-found");
            await Refused(_stranger, $"handoffs/{_running}/{verb}", "{}", 404, "not-found");
            await Refused(right, $"handoffs/{_running}/{verb}", "{", 400, "malformed");
            await Refused(right, $"handoffs/{_running}/{verb}", "[]", 400, "malformed");
            await Refused(right, $"handoffs/{_running}/{verb}", Body, 400, "malformed", ("If-Match", "one"));
            foreach (var answer in new[]
            {
                await Refused(wrong, $"handoffs/{_running}/{verb}", Body, 403, "forbidden", ("If-Match", "\"1\"")),
                await Refused(right, $"handoffs/{_running}/{verb}", Body, 412, "version-conflict", ("If-Match", "\"1\"")),
                await Refused(right, $"handoffs/{_running}/{verb}", Body, 409, "handoff-state-conflict"),
            })
            {
                Assert.That(((string?)answer["state"], (long?)answer["version"], answer["allowed"]!.AsArray().Count > 0), Is.EqualTo(("in_progress", 3L, true)), $"{verb}: {answer}");
            }
        }
    }

    [TestCase("counter", "{}", "counter")]
    [TestCase("counter", """{"price":{"amount":-1,"currency":"EUR"}}""", "price.amount")]
    [TestCase("counter", """{"price":{"amount":1}}""", "price.currency")]
    [TestCase("refuse-recall", "{}", "reason")]
    [TestCase("reopen", "{}", "reason")]
    public Task A_command_names_the_member_that_is_wrong(string verb, string body, string member) =>
        Names(PlacerVerbs.Contains(verb) ? _two.Placer : _two.Fulfiller, HttpMethod.Post, $"handoffs/{_running}/{verb}", body, member);

    [Test]
    public async Task A_handoff_that_cannot_be_begun_again_is_told_as_it_is()
    {
        var declined = await _two.Offer();
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{declined}/decline", """{"reason":"price"}""");
        await Names(_two.Placer, HttpMethod.Post, $"handoffs/{declined}/reroute", "{}", "linkId");
        await Refused(_two.Placer, $"handoffs/{declined}/reroute", $$"""{"linkId":"{{Unknown}}"}""", 404, "not-found");
        var again = await Once(_two.Placer, $"handoffs/{declined}/reroute", $$"""{"linkId":"{{_two.Link}}"}""", """{"note":"other"}""");
        Assert.That((string?)again["reroutedFrom"], Is.EqualTo(declined));
        var refused = await Refused(_two.Placer, $"handoffs/{declined}/reroute", $$"""{"linkId":"{{_two.Link}}"}""", 409, "already-handed-over");
        Assert.That((string?)refused["state"], Is.EqualTo("declined"));
    }

    [TestCase("suspend")]
    [TestCase("drain")]
    [TestCase("terminate")]
    public async Task A_link_is_not_moved(string verb)
    {
        await Refused(_two.Placer, $"links/{Unknown}/{verb}", "{}", 404, "not-found");
        await Refused(_stranger, $"links/{_two.Link}/{verb}", "{}", 404, "not-found");
        await Refused(_two.Placer, $"links/{_two.Link}/{verb}", """{"reason":7}""", 400, "malformed");
        var stale = await Refused(_two.Placer, $"links/{_two.Link}/{verb}", "{}", 412, "version-conflict", ("If-Match", "\"99\""));
        Assert.That((string?)stale["state"], Is.EqualTo("active"));
        await Refused(_two.Placer, $"links/{_two.Link}/resume", "{}", 403, "forbidden");
    }

    [Test]
    public async Task Terms_are_refused_by_member_and_signed_by_the_other_side_alone()
    {
        var path = $"links/{_two.Link}/terms";
        await Names(_two.Placer, HttpMethod.Post, path, """{"maxDepth":6}""", "maxDepth");
        await Names(_two.Placer, HttpMethod.Post, path, """{"disclosure":"all"}""", "disclosure");
        await Refused(_stranger, path, """{"maxDepth":6}""", 404, "not-found");
        var version = (int)(await Once(_two.Placer, path, """{"disclosure":"name"}""", """{"disclosure":"none"}"""))["version"]!;
        foreach (var (key, verb, status, code) in ((string, string, int, string)[])
            [(_two.Placer, "sign", 403, "forbidden"), (_two.Placer, "reject", 403, "forbidden"), (_two.Fulfiller, "withdraw", 403, "forbidden"), (_stranger, "sign", 404, "not-found")])
        {
            await Refused(key, $"{path}/{version}/{verb}", null, status, code);
        }

        await Refused(_two.Fulfiller, $"{path}/99/sign", null, 404, "not-found");
        await Refused(_two.Fulfiller, $"{path}/{version}/sign", null, 412, "version-conflict", ("If-Match", "\"1\""));
        Assert.That((await Get(_two.Placer, $"{path}/99")).Status, Is.EqualTo(404));
        await Names(_two.Placer, HttpMethod.Get, $"{path}/1?against=99", null, "against");
        await Names(_two.Placer, HttpMethod.Get, $"{path}/1?against=x", null, "against");
    }

    [Test]
    public async Task A_rule_names_links_of_ones_own_and_is_found_where_its_address_says()
    {
        await Names(_two.Placer, HttpMethod.Post, "routes", "{}", "links");
        await Refused(_two.Placer, "routes", null, 400, "malformed");
        await Refused(_stranger, "routes", $$"""{"name":"x","links":["{{_two.Link}}"]}""", 404, "not-found");
        var id = (string)(await Once(_two.Placer, "routes", $$"""{"name":"x","links":["{{_two.Link}}"]}""", """{"name":"y"}"""))["id"]!;
        Assert.That((string?)(await Get(_two.Placer, $"routes/{id}")).Body?["name"], Is.EqualTo("x"));
        Assert.That((await Get(_two.Fulfiller, $"routes/{id}")).Status, Is.EqualTo(404));
        foreach (var (key, status) in new[] { (_two.Fulfiller, 404), (_two.Placer, 204), (_two.Placer, 404) })
        {
            Assert.That((await _two.Host.Send(key, HttpMethod.Delete, $"/api/v1/routes/{id}")).Status, Is.EqualTo(status));
        }

        await Refused(_two.Placer, "routes", $$"""{"name":"x","links":["{{_two.Link}}"]}""", 404, "not-found", ("Idempotency-Key", $"key of {nameof(Once)} routes"));
    }

    [TestCase("retry")]
    [TestCase("skip")]
    public async Task What_is_not_parked_is_not_there(string verb)
    {
        await Refused(_two.Fulfiller, $"parked/{Unknown}/{verb}", "{}", 404, "not-found");
        await Refused(_two.Fulfiller, $"parked/{_running}/{verb}", "{}", 404, "not-found");
        await Refused(_stranger, $"parked/{_running}/{verb}", "{}", 404, "not-found");
        await Names(_two.Fulfiller, HttpMethod.Post, "parked/retry", "{}", "cause");
        await Refused(_two.Fulfiller, "parked/retry", null, 400, "malformed");
        Assert.That((await Get(_two.Fulfiller, $"parked/{_running}")).Status, Is.EqualTo(404));
    }

    [TestCase("handoffs?waitingFor=you", "waitingFor")]
    [TestCase("tickets?waitingFor=", "waitingFor")]
    [TestCase("tickets?sort=size", "sort")]
    [TestCase("tickets?priority=most", "priority")]
    [TestCase("tickets/count?waitingFor=you", "waitingFor")]
    [TestCase("handoffs?overTime=maybe", "overTime")]
    [TestCase("tickets?overTime=maybe", "overTime")]
    [TestCase("events?limit=many", "limit")]
    [TestCase("routes?limit=0", "limit")]
    [TestCase("parked?after=x", "after")]
    [TestCase("partners/0195569e-3a00-7000-8000-000000000001/scorecard?from=x", "from")]
    [TestCase("partners/0195569e-3a00-7000-8000-000000000001/scorecard?role=x", "role")]
    public Task A_list_names_the_member_of_the_query_that_is_wrong(string path, string member) => Names(_two.Placer, HttpMethod.Get, path, null, member);

    [Test]
    public async Task Of_others_nothing_is_there()
    {
        foreach (var path in new[] { $"handoffs/{_running}/chain", $"handoffs/{_running}/rating", $"links/{_two.Link}/terms", $"links/{_two.Link}/terms/1", $"partners/{_two.FulfillerId}/scorecard" })
        {
            var answer = await Get(_stranger, path);
            Assert.That((answer.Status, (string?)answer.Body?["code"]), Is.EqualTo((404, "not-found")), path);
            Assert.That((await Get(null, path)).Status, Is.EqualTo(401), path);
        }
    }

    [Test]
    public async Task The_description_lists_every_address_with_its_answers_and_headers()
    {
        var paths = (await _two.Host.Send(null, HttpMethod.Get, "/openapi/v1.json")).Body!["paths"]!.AsObject();
        foreach (var (verb, path, status) in ((string, string, string)[])
        [
            .. PlacerVerbs.Concat(FulfillerVerbs).Select(v => ("post", $"handoffs/{{id}}/{v}", v is "reopen" or "reroute" ? "201" : "200")),
            .. new[] { "suspend", "resume", "drain", "terminate" }.Select(v => ("post", $"links/{{id}}/{v}", "200")),
            .. new[] { "sign", "reject", "withdraw" }.Select(v => ("post", $"links/{{id}}/terms/{{version}}/{v}", "200")),
            ("post", "links/{id}/terms", "201"), ("get", "links/{id}/terms", "200"), ("get", "links/{id}/terms/{version}", "200"), ("post", "links/decline", "200"),
            ("get", "handoffs/{id}/chain", "200"), ("post", "handoffs/{id}/rating", "201"), ("patch", "handoffs/{id}/rating", "200"), ("get", "handoffs/{id}/rating", "200"),
            ("post", "handoffs/{id}/rating/reply", "201"), ("get", "partners/{id}/scorecard", "200"), ("get", "parked", "200"), ("get", "parked/{id}", "200"),
            ("post", "parked/{id}/retry", "200"), ("post", "parked/{id}/skip", "200"), ("post", "parked/retry", "200"), ("get", "health", "200"),
            ("get", "events", "200"), ("get", "events/stream", "200"), ("post", "routes", "201"), ("get", "routes", "200"), ("get", "routes/{id}", "200"), ("delete", "routes/{id}", "204"),
        ])
        {
            var operation = paths[$"/api/v1/{path}"]?[verb];
            var answers = operation?["responses"]?.AsObject().Select(r => r.Key).ToList() ?? [];
            Assert.That(answers, Is.SupersetOf(new[] { status, "400", "401", "403", "429" }), $"{verb} {path}");
            Assert.That(answers.Contains("404") || !path.Contains('{', StringComparison.Ordinal), $"{verb} {path}");
            var members = operation!["parameters"]?.AsArray().Select(p => (string)p!["name"]!).ToList() ?? [];
            Assert.That(members.Contains("Idempotency-Key"), Is.EqualTo(verb == "post"), $"{verb} {path}");
        }

        Assert.That(paths["/api/v1/handoffs"]!["get"]!["parameters"]!.AsArray().Select(p => (string)p!["name"]!), Is.EquivalentTo(new[] { "direction", "state", "waitingFor", "overTime", "limit", "after" }));
        Assert.That(paths["/api/v1/tickets"]!["get"]!["parameters"]!.AsArray().Select(p => (string)p!["name"]!),
            Is.EquivalentTo(new[] { "status", "q", "waitingFor", "overTime", "assignee", "priority", "category", "sort", "limit", "after" }).IgnoreCase);
    }

    /// <summary>Asked twice with one key it is done once; with another body the key is refused.</summary>
    private async Task<JsonNode> Once(string key, string path, string body, string other)
    {
        var once = ("Idempotency-Key", $"key of {nameof(Once)} {path.Split('/')[0]}");
        var first = await _two.Host.Send(key, HttpMethod.Post, $"/api/v1/{path}", body, null, once);
        var second = await _two.Host.Send(key, HttpMethod.Post, $"/api/v1/{path}", body, null, once);
        Assert.That((first.Status, second.Status, second.Text), Is.EqualTo((201, 201, first.Text)));
        var reused = await _two.Host.Send(key, HttpMethod.Post, $"/api/v1/{path}", other, null, once);
        Assert.That((reused.Status, (string?)reused.Body?["code"]), Is.EqualTo((422, "idempotency-key-reused")).Or.EqualTo((400, "validation")), reused.Text);
        return first.Body!;
    }

    private async Task<JsonNode> Refused(string key, string path, string? body, int status, string code, params (string, string)[] headers)
    {
        var answer = await _two.Host.Send(key, HttpMethod.Post, $"/api/v1/{path}", body, null, headers);
        Assert.That((answer.Status, (string?)answer.Body?["code"]), Is.EqualTo((status, code)), $"{path}: {answer.Text}");
        Assert.That((string?)answer.Body!["detail"], Is.Not.Empty.And.Not.Contain("parameter"), path);
        return answer.Body;
    }

    private async Task Names(string key, HttpMethod method, string path, string? body, string member)
    {
        var answer = await _two.Host.Send(key, method, $"/api/v1/{path}", body);
        Assert.That((answer.Status, (string?)answer.Body?["code"]), Is.EqualTo((400, "validation")), $"{path}: {answer.Text}");
        Assert.That(answer.Body!["errors"]!.AsObject().Select(e => e.Key), Does.Contain(member), answer.Text);
    }

    private Task<(int Status, JsonNode? Body, string Text)> Get(string? key, string path) => _two.Host.Send(key, HttpMethod.Get, $"/api/v1/{path}");
}
