using System.Globalization;
using System.Text.Json.Nodes;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>
/// The real host on a clock that leaps a day, both companies talking and uploading all the while: meanwhile everything of one's own is
/// kept, commands are refused and clocks stand still; afterwards everything is there, in order and once.
/// </summary>
[TestFixture]
public sealed class When_a_partner_is_suspended_for_a_day
{
    private readonly LeapClock _clock = new();
    private ExchangeHost _host = null!;
    private string _ada = "";
    private string _bob = "";
    private string _link = "";
    private string _elsewhere = "";

    [OneTimeSetUp]
    public async Task Set_the_scene()
    {
        _host = new ExchangeHost(more: services => services.AddSingleton<TimeProvider>(_clock));
        (_ada, _bob) = ((string)(await _host.SignUp("Ada"))["apiKey"]!, (string)(await _host.SignUp("Bob"))["apiKey"]!);
        var eve = (string)(await _host.SignUp("Eve"))["apiKey"]!;
        _link = await Link(_bob);
        _elsewhere = await Link(eve);
    }

    [OneTimeTearDown]
    public void Take_the_scene_away() => _host.Dispose();

    [Test]
    public async Task What_is_said_is_kept_clocks_stand_still_and_then_everything_comes_once_and_in_order()
    {
        var began = _clock.GetUtcNow();
        var offered = await Offer(_link, began.AddHours(6), null);
        var resolved = await Running(null);
        await Do(_bob, resolved, "resolve", """{"solution":"done"}""");
        var running = await Running(began.AddHours(8));
        var other = await Offer(_elsewhere, began.AddHours(6), null);
        using var enough = new CancellationTokenSource();
        var talk = new[] { Talk(_ada, running, "A", enough.Token), Talk(_bob, running, "B", enough.Token) };
        await Until(async () => (await Bodies(_bob, running)).Count > 6);

        await Post(_ada, $"/links/{_link}/suspend", """{"reason":"audit"}""");
        var suspended = _clock.GetUtcNow();
        var files = new[] { await Upload(_ada, running), await Upload(_bob, running) };
        var kept = await Post(_bob, $"/handoffs/{running}/comments", """{"body":"Are you there?"}""");
        Assert.That((string?)kept["receipt"]?["state"], Is.EqualTo("kept"), kept.ToJsonString());
        Assert.That((string)kept["receipt"]!["reason"]!, Does.StartWith("Link to Ada is suspended since").And.EndsWith("by Ada (reason: audit). Your comment is kept and will be delivered when they resume."));
        await Refuses(offered, resolved, running);

        _clock.Leap(TimeSpan.FromHours(24));
        await Until(async () => (string?)(await Get(_ada, $"/handoffs/{other}"))["state"] == "expired");
        await NothingMoved(offered, resolved, running, began);
        var sofar = (await Bodies(_ada, running)).Count;
        await Until(async () => (await Bodies(_ada, running)).Count > sofar + 6);
        var (ownOfAda, ownOfBob) = (await Bodies(_ada, running), await Bodies(_bob, running));
        Assert.That((ownOfAda.Contains("Are you there?"), ownOfBob.Contains("Are you there?")), Is.EqualTo((false, true)));
        Assert.That((await Receipts(_ada, running)).Distinct(StringComparer.Ordinal), Is.SubsetOf(new[] { "applied", "kept" }).And.Contains("kept"));

        await Post(_ada, $"/links/{_link}/resume", "{}");
        var stood = _clock.GetUtcNow() - suspended;
        await Until(async () => (await Bodies(_ada, running)).Count > ownOfAda.Count + 6);
        await enough.CancelAsync();
        var said = await Task.WhenAll(talk);
        await AllIsThere(running, said, files);
        await ClocksGoOn(offered, resolved, running, began, stood);
    }

    private async Task Refuses(string offered, string resolved, string running)
    {
        var ticket = (string)(await Post(_ada, "/tickets", """{"subject":"Another"}"""))["id"]!;
        foreach (var (key, path, body) in ((string, string, string)[])
        [
            (_bob, $"/handoffs/{offered}/accept", "{}"), (_ada, $"/handoffs/{offered}/recall", """{"reason":"x"}"""), (_ada, $"/handoffs/{resolved}/confirm", "{}"),
            (_bob, $"/handoffs/{running}/resolve", """{"solution":"x"}"""), (_ada, $"/handoffs/{running}/recall", """{"reason":"x"}"""), (_ada, $"/tickets/{ticket}/handoffs", $$"""{"linkId":"{{_link}}"}"""),
        ])
        {
            var refused = await _host.Call(key, HttpMethod.Post, $"/api/v1{path}", JsonNode.Parse(body));
            Assert.That((refused.Status, (string?)refused.Body?["code"]), Is.EqualTo((409, "link-not-active")), refused.Text);
            if (path.StartsWith("/handoffs", StringComparison.Ordinal))
            {
                Assert.That(refused.Body!["allowed"]!.AsArray(), Is.Empty, refused.Text);
            }
        }

        var resume = await _host.Call(_bob, HttpMethod.Post, $"/api/v1/links/{_link}/resume", new JsonObject());
        Assert.That((resume.Status, (string?)resume.Body?["code"]), Is.EqualTo((403, "forbidden")), resume.Text);
    }

    private async Task NothingMoved(string offered, string resolved, string running, DateTimeOffset began)
    {
        foreach (var key in (string[])[_ada, _bob])
        {
            foreach (var (id, state) in ((string, string)[])[(offered, "offered"), (resolved, "resolved"), (running, "in_progress")])
            {
                var handoff = await Get(key, $"/handoffs/{id}");
                Assert.That(((string?)handoff["state"], (bool)handoff["overTime"]!), Is.EqualTo((state, false)), handoff.ToJsonString());
            }

            Assert.That((await Get(key, "/handoffs?overTime=true"))["items"]!.AsArray(), Is.Empty);
            Assert.That((await Get(key, "/tickets?overTime=true"))["items"]!.AsArray(), Is.Empty);
            Assert.That(Time((await Get(key, $"/handoffs/{running}/chain"))["top"]!["clocks"]!["resolveBy"]), Is.GreaterThan(began.AddHours(31)));
        }
    }

    /// <summary>Both show one and the same history: all that was acknowledged, each speaker's in the order in which it was said, nothing double.</summary>
    private async Task AllIsThere(string running, IReadOnlyList<string>[] said, string[] files)
    {
        foreach (var key in (string[])[_ada, _bob])
        {
            await Until(async () => (await Bodies(key, running)).Count == said[0].Count + said[1].Count + 1 + files.Length);
            var bodies = await Bodies(key, running);
            Assert.That((bodies.Where(b => b[0] == 'A' && b[1] == ' '), bodies.Where(b => b[0] == 'B' && b[1] == ' ')), Is.EqualTo((said[0], said[1])));
            await Until(async () => (await Receipts(key, running)).All(state => state == "applied"));
            var ticket = (string)(await Get(key, $"/handoffs/{running}"))["ticketId"]!;
            await Until(async () => (await Shared(key, ticket)).Count(f => (string?)f["state"] == "available") == files.Length);
            Assert.That((await Shared(key, ticket)).Select(f => (string)f["sha256"]!), Is.EquivalentTo(files));
        }

        var (one, two) = (await Log(_ada, running), await Log(_bob, running));
        Assert.That(two, Is.EqualTo(one));
        await Until(async () => (await Told(_ada, running)).SequenceEqual(Enumerable.Range(1, one.Count).Select(n => (long)n)) && (await Told(_bob, running)).Count == one.Count);
        Assert.That(await Told(_bob, running), Is.EqualTo(await Told(_ada, running)), "each is one event for each");
    }

    private async Task ClocksGoOn(string offered, string resolved, string running, DateTimeOffset began, TimeSpan stood)
    {
        var offer = await Get(_bob, $"/handoffs/{offered}");
        Assert.That(Time(offer["clocks"]!["acceptBy"]) - began.AddHours(6), Is.EqualTo(stood).Within(TimeSpan.FromSeconds(2)));
        Assert.That(Time(offer["dueAt"]), Is.EqualTo(Time(offer["clocks"]!["acceptBy"])));
        Assert.That(Time((await Get(_bob, $"/handoffs/{running}"))["dueAt"]) - began.AddHours(8), Is.EqualTo(stood).Within(TimeSpan.FromSeconds(2)));

        // What is left of six hours, of eight hours, and of a day.
        _clock.Leap(TimeSpan.FromHours(5));
        var marker = await Offer(_elsewhere, _clock.GetUtcNow().AddMilliseconds(200), null);
        await Until(async () => (string?)(await Get(_ada, $"/handoffs/{marker}"))["state"] == "expired");
        Assert.That((string?)(await Get(_ada, $"/handoffs/{offered}"))["state"], Is.EqualTo("offered"));
        _clock.Leap(TimeSpan.FromHours(4));
        await Until(async () => (string?)(await Get(_ada, $"/handoffs/{offered}"))["state"] == "expired");
        await Until(async () => (bool)(await Get(_ada, $"/handoffs/{running}"))["overTime"]!);
        Assert.That((string?)(await Get(_ada, $"/handoffs/{resolved}"))["state"], Is.EqualTo("resolved"));
        _clock.Leap(TimeSpan.FromHours(16));
        await Until(async () => (string?)(await Get(_bob, $"/handoffs/{resolved}"))["state"] == "closed");
    }

    /// <summary>One after another, without a pause worth mentioning.</summary>
    private async Task<IReadOnlyList<string>> Talk(string key, string handoff, string name, CancellationToken until)
    {
        var said = new List<string>();
        using var breath = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!until.IsCancellationRequested)
        {
            await breath.WaitForNextTickAsync(CancellationToken.None);
            var body = string.Create(CultureInfo.InvariantCulture, $"{name} {said.Count}");
            await Post(key, $"/handoffs/{handoff}/comments", new JsonObject { ["body"] = body }.ToJsonString());
            said.Add(body);
        }

        return said;
    }

    private async Task<string> Link(string partner)
    {
        var invited = await Post(_ada, "/links", """{"terms":{"confirmAfterDays":1}}""");
        return (string)(await Post(partner, "/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! }.ToJsonString()))["id"]!;
    }

    private async Task<string> Offer(string link, DateTimeOffset? acceptBy, DateTimeOffset? resolveBy)
    {
        var ticket = await Post(_ada, "/tickets", """{"subject":"Pump"}""");
        var ask = new JsonObject { ["linkId"] = link, ["acceptBy"] = acceptBy, ["resolveBy"] = resolveBy };
        return (string)(await Post(_ada, $"/tickets/{ticket["id"]}/handoffs", ask.ToJsonString()))["id"]!;
    }

    private async Task<string> Running(DateTimeOffset? resolveBy)
    {
        var handoff = await Offer(_link, null, resolveBy);
        await Do(_bob, handoff, "accept", "{}");
        await Do(_bob, handoff, "start", "{}");
        return handoff;
    }

    /// <summary>A file for the partner; gives its hash.</summary>
    private async Task<string> Upload(string key, string handoff)
    {
        var ticket = (string)(await Get(key, $"/handoffs/{handoff}"))["ticketId"]!;
        var answer = await _host.Call(key, HttpMethod.Post, $"/api/v1/tickets/{ticket}/files", file: [1, 2, (byte)(key == _ada ? 3 : 4)]);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Text);
        await Post(key, $"/tickets/{ticket}/comments", new JsonObject { ["body"] = $"{(key == _ada ? "A" : "B")}: a file", ["audience"] = "partner", ["files"] = new JsonArray((string)answer.Body!["id"]!) }.ToJsonString());
        return (string)answer.Body["sha256"]!;
    }

    private Task<JsonNode> Do(string key, string handoff, string command, string body) => Post(key, $"/handoffs/{handoff}/{command}", body);

    private async Task<List<string>> Bodies(string key, string handoff) => (await All(key, $"/handoffs/{handoff}/comments")).Select(c => (string)c["body"]!).ToList();

    private async Task<List<JsonNode>> Shared(string key, string ticket) =>
        (await All(key, $"/tickets/{ticket}/files")).Where(f => (string?)f["audience"] == "partner").ToList();

    /// <summary>Of what this side said: what became of each, where it is known.</summary>
    private async Task<List<string>> Receipts(string key, string handoff) =>
        (await All(key, $"/handoffs/{handoff}/comments")).Select(c => (string?)c["receipt"]?["state"]).OfType<string>().ToList();

    private async Task<List<string>> Log(string key, string handoff) => (await All(key, $"/handoffs/{handoff}/entries")).Select(e => $"{e["seq"]} {e["type"]} {e["hash"]}").ToList();

    private async Task<List<long>> Told(string key, string handoff) =>
        (await All(key, "/events")).Where(e => (string?)e["data"]!["handoffId"] == handoff).Select(e => (long)e["data"]!["seq"]!).Order().ToList();

    private async Task<List<JsonNode>> All(string key, string path)
    {
        var all = new List<JsonNode>();
        for (string? next = ""; next is not null;)
        {
            var page = await Get(key, $"{path}?limit=200{(next.Length == 0 ? "" : $"&after={Uri.EscapeDataString(next)}")}");
            all.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = (string?)page["next"];
        }

        return all;
    }

    private async Task<JsonNode> Post(string key, string path, string body) => Good(path, await _host.Call(key, HttpMethod.Post, $"/api/v1{path}", JsonNode.Parse(body)));

    private async Task<JsonNode> Get(string key, string path) => Good(path, await _host.Call(key, HttpMethod.Get, $"/api/v1{path}"));

    private static JsonNode Good(string path, (int Status, JsonNode? Body, string Text) answer) =>
        answer.Status is 200 or 201 ? answer.Body! : throw new AssertionException($"{path}: {answer.Status} {answer.Text}");

    private static DateTimeOffset Time(JsonNode? node) => DateTimeOffset.Parse((string)node!, CultureInfo.InvariantCulture);

    private static Task Until(Func<Task<bool>> fact) => Eventually.True(fact);
}
