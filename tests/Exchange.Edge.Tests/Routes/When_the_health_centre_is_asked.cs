using System.Text.Json.Nodes;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>Over HTTP, with a desk that refuses: what is stuck, and mending it.</summary>
[TestFixture]
public sealed class When_the_health_centre_is_asked
{
    private const string Cause = "The field 'colour' has no mapping.";

    private ExchangeHost _host = null!;
    private TestDesk _desk = null!;
    private string _ada = "";
    private string _bob = "";
    private string _eve = "";
    private string _link = "";

    [OneTimeSetUp]
    public async Task Set_the_scene()
    {
        _host = new ExchangeHost(more: services =>
        {
            services.AddSingleton<TestDesk>();
            services.AddSingleton<IDesk>(s => s.GetRequiredService<TestDesk>());
        });
        _ada = (string)(await _host.SignUp("Ada"))["apiKey"]!;
        var bob = await _host.SignUp("Bob");
        (_bob, _eve) = ((string)bob["apiKey"]!, (string)(await _host.SignUp("Eve"))["apiKey"]!);
        _desk = _host.Services.GetRequiredService<TestDesk>();
        var account = new AccountId(bob["id"]!.GetValue<Guid>());

        // No verb chooses another desk yet.
        await _host.Services.GetRequiredService<IDialect>().Do<Done>(
            async unit =>
            {
                await unit.Db.Accounts.Where(a => a.Id == account).ExecuteUpdateAsync(s => s.SetProperty(a => a.DeskKind, TestDesk.Name));
                return default(Done);
            },
            CancellationToken.None);
        var invited = await Post(_ada, "/links", new JsonObject());
        _link = (string)(await Post(_bob, "/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! }))["id"]!;
    }

    [OneTimeTearDown]
    public void Take_the_scene_away() => _host.Dispose();

    [TearDown]
    public void Mend() => _desk.Objection = null;

    [Test]
    public async Task What_is_stuck_is_seen_mended_and_tried_again()
    {
        var (stuck, flows) = (await Running(), await Running());
        await Park(stuck);
        await Post(_ada, $"/handoffs/{flows}/comments", new JsonObject { ["body"] = "good" });
        await Until(async () => (string?)(await Get(_ada, $"/handoffs/{flows}/comments"))["items"]![0]!["receipt"]?["state"] == "applied");

        var item = (await Get(_bob, "/parked"))["items"]!.AsArray().Single()!;
        Assert.Multiple(() =>
        {
            Assert.That(((string?)item["id"], (string?)item["handoffId"], (string?)item["cause"]), Is.EqualTo((stuck, stuck, Cause)));
            Assert.That((string?)item["entry"]!["data"]!["body"], Is.EqualTo("red"));
            Assert.That((string?)item["partner"]!["name"], Is.EqualTo("Ada"));
        });
        var causes = (await Get(_bob, "/parked/causes"))["items"]!.AsArray();
        Assert.That(((string?)causes[0]!["cause"], (int?)causes[0]!["count"]), Is.EqualTo((Cause, 1)));
        Assert.That((string?)(await Get(_bob, "/health"))["desk"]!["state"], Is.EqualTo("parked"));
        Assert.That((int?)(await Get(_ada, "/health"))["links"]![0]!["waitingToThem"], Is.EqualTo(1));
        Assert.That((string?)(await Get(_ada, $"/handoffs/{stuck}/entries"))["items"]!.AsArray()[^1]!["receipt"]!["state"], Is.EqualTo("parked"));

        _desk.Objection = null;
        await Post(_bob, $"/parked/{stuck}/retry", new JsonObject());
        await Until(async () => (string?)(await Get(_ada, $"/handoffs/{stuck}/entries"))["items"]!.AsArray()[^1]!["receipt"]!["state"] == "applied");
        Assert.That((await Get(_bob, "/parked"))["items"]!.AsArray(), Is.Empty);
        Assert.That((string?)(await Get(_bob, "/health"))["desk"]!["state"], Is.EqualTo("healthy"));
    }

    [Test]
    public async Task All_of_a_cause_are_tried_again()
    {
        string[] stuck = [await Running(), await Running()];
        await Park(stuck);
        _desk.Objection = null;
        Assert.That((int?)(await Post(_bob, "/parked/retry", new JsonObject { ["cause"] = Cause }))["count"], Is.EqualTo(2));
        await Until(async () => (await Get(_bob, "/health"))["desk"]!["behind"]!.GetValue<int>() == 0);
        Assert.That((await _host.Call(_bob, HttpMethod.Post, "/api/v1/parked/retry", new JsonObject())).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_skip_with_a_note_reaches_the_partner()
    {
        var stuck = await Running();
        await Park(stuck);
        await Post(_bob, $"/parked/{stuck}/skip", new JsonObject { ["note"] = "we keep no colours" });
        await Until(async () => (await Get(_ada, $"/handoffs/{stuck}/comments"))["items"]!.AsArray()
            .Any(c => (string?)c!["kind"] == "system" && ((string?)c["body"])!.Contains("we keep no colours", StringComparison.Ordinal)));
        var comment = (await Get(_ada, $"/handoffs/{stuck}/comments"))["items"]![0]!;
        Assert.That(((string?)comment["receipt"]!["state"], (string?)comment["receipt"]!["reason"]), Is.EqualTo(("refused", Cause)));
    }

    [Test]
    public async Task Of_others_desks_nothing_is_there()
    {
        var stuck = await Running();
        await Park(stuck);
        foreach (var key in (string[])[_ada, _eve])
        {
            Assert.That((await Get(key, "/parked"))["items"]!.AsArray(), Is.Empty);
            Assert.That((await Get(key, "/parked/causes"))["items"]!.AsArray(), Is.Empty);
            foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Post, "/retry"), (HttpMethod.Post, "/skip")])
            {
                Assert.That((await _host.Call(key, method, $"/api/v1/parked/{stuck}{path}", method == HttpMethod.Get ? null : new JsonObject())).Status, Is.EqualTo(404), path);
            }

            Assert.That((int?)(await Post(key, "/parked/retry", new JsonObject { ["cause"] = Cause }))["count"], Is.Zero);
        }

        Assert.That((await Get(_bob, "/parked"))["items"]!.AsArray().Select(p => (string?)p!["id"]), Does.Contain(stuck), "it is still there");
        await Post(_bob, $"/parked/{stuck}/skip", new JsonObject());
    }

    [Test]
    public async Task While_an_item_is_stuck_state_and_others_flow_and_mended_it_all_follows_in_order_and_once()
    {
        var (stuck, flows) = (await Running(), await Running());
        await Post(_bob, $"/handoffs/{stuck}/start", new JsonObject());
        var mirror = (string)(await Get(_bob, $"/handoffs/{stuck}"))["ticketId"]!;
        await Park(stuck);
        await Post(_ada, $"/handoffs/{stuck}/comments", new JsonObject { ["body"] = "behind it" });
        await Post(_bob, $"/handoffs/{stuck}/resolve", new JsonObject { ["solution"] = "Done" });
        await Until(async () => (string?)(await Get(_ada, $"/handoffs/{stuck}/comments"))["items"]!.AsArray()[^1]!["kind"] == "solution");
        await Post(_ada, $"/handoffs/{stuck}/rework", new JsonObject { ["reason"] = "not_fixed", ["text"] = "Not quite" });
        await Until(async () => (string?)(await Get(_bob, $"/tickets/{mirror}"))["status"] == "open");
        await Post(_ada, $"/handoffs/{flows}/comments", new JsonObject { ["body"] = "meanwhile" });
        await Until(async () => (await Shown(_bob, flows)).Contains("meanwhile"));

        var (before, parked) = (await Shown(_bob, stuck), (await Get(_bob, $"/parked/{stuck}"))["waiting"]!.GetValue<int>());
        Assert.That((before.Contains("behind it"), parked), Is.EqualTo((false, 2)), "only the state came beside");
        var receipts = (await Get(_ada, $"/handoffs/{stuck}/comments"))["items"]!.AsArray().Select(c => (string?)c!["receipt"]?["state"]);
        Assert.That(receipts, Is.EqualTo(new[] { "parked", null, null, null }), "hers, hers, his, hers");

        _desk.Objection = null;
        Assert.That((string?)(await Post(_bob, $"/parked/{stuck}/retry", new JsonObject()))["state"], Is.EqualTo("in_progress"));
        await Until(async () => (await Shown(_bob, stuck)).Count == 4);
        Assert.That(await Shown(_bob, stuck), Is.EqualTo(await Shown(_ada, stuck)));
        Assert.That((await Shown(_bob, stuck)).Take(3), Is.EqualTo(new[] { "red", "behind it", "Done" }));
        Assert.That((string?)(await Get(_bob, $"/tickets/{mirror}"))["status"], Is.EqualTo("open"));
        Assert.That((await _host.Call(_bob, HttpMethod.Post, $"/api/v1/parked/{stuck}/retry", new JsonObject())).Status, Is.EqualTo(404), "nothing is stuck any more");

        await Park(stuck);
        await Post(_ada, $"/handoffs/{stuck}/comments", new JsonObject { ["body"] = "after the second" });
        await Post(_bob, $"/parked/{stuck}/skip", new JsonObject { ["note"] = "no colours" });
        await Until(async () => (await Shown(_bob, stuck)).Contains("after the second") && (await Shown(_ada, stuck)).Any(body => body.Contains("no colours", StringComparison.Ordinal)));
        Assert.That((await Shown(_bob, stuck)).Count(body => body == "red"), Is.EqualTo(1), "the second is not there");
        Assert.That(await Log(_bob, stuck), Is.EqualTo(await Log(_ada, stuck)));
    }

    private async Task<List<string>> Shown(string key, string handoff) => (await Get(key, $"/handoffs/{handoff}/comments"))["items"]!.AsArray()
        .OrderBy(c => (long)c!["seq"]!).Select(c => (string)c!["body"]!).ToList();

    private async Task<List<string>> Log(string key, string handoff) =>
        (await Get(key, $"/handoffs/{handoff}/entries"))["items"]!.AsArray().Select(e => $"{e!["seq"]} {e["type"]} {e["hash"]}").ToList();

    private async Task<string> Running()
    {
        var ticket = await Post(_ada, "/tickets", new JsonObject { ["subject"] = "Pump" });
        var handoff = (string)(await Post(_ada, $"/tickets/{ticket["id"]}/handoffs", new JsonObject { ["linkId"] = _link }))["id"]!;
        await Post(_bob, $"/handoffs/{handoff}/accept", new JsonObject());
        return handoff;
    }

    private async Task Park(params string[] handoffs)
    {
        _desk.Objection = TestDesk.RefusesText("red", () => new Fault(Codes.Validation, Cause));
        foreach (var handoff in handoffs)
        {
            await Post(_ada, $"/handoffs/{handoff}/comments", new JsonObject { ["body"] = "red" });
        }

        await Until(async () => handoffs.All((await Get(_bob, "/parked"))["items"]!.AsArray().Select(p => (string?)p!["id"]).Contains));
    }

    private async Task<JsonNode> Post(string key, string path, JsonNode body) => Good(path, await _host.Call(key, HttpMethod.Post, $"/api/v1{path}", body));

    private async Task<JsonNode> Get(string key, string path) => Good(path, await _host.Call(key, HttpMethod.Get, $"/api/v1{path}"));

    private static JsonNode Good(string path, (int Status, JsonNode? Body, string Text) answer) =>
        answer.Status is 200 or 201 ? answer.Body! : throw new InvalidOperationException($"{path}: {answer.Status} {answer.Text}");

    private static Task Until(Func<Task<bool>> fact) => Eventually.True(fact);
}
