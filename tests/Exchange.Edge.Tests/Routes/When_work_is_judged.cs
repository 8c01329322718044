using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>Rating and scorecard over HTTP, with every refusal.</summary>
[TestFixture]
public sealed class When_work_is_judged
{
    private TwoCompanies _two = null!;

    [OneTimeSetUp]
    public async Task Meet() => _two = await TwoCompanies.Meet();

    [OneTimeTearDown]
    public void Part() => _two.Dispose();

    [Test]
    public async Task A_rating_is_given_changed_replied_to_and_shown()
    {
        var path = $"/api/v1/handoffs/{await _two.Closed()}/rating";
        Assert.That(Code(await _two.Get(_two.Placer, path)), Is.EqualTo((404, "not-found")));
        var rated = await _two.Post(_two.Placer, path, """{"score":4,"quality":5,"comment":"Quick","privateNote":"mine"}""");
        Assert.That((rated.Status, (int)rated.Body!["score"]!, (int)rated.Body["quality"]!, (string)rated.Body["privateNote"]!), Is.EqualTo((201, 4, 5, "mine")));
        Assert.That(Code(await _two.Post(_two.Placer, path, """{"score":4}""")), Is.EqualTo((409, "already-rated")));
        var changed = await _two.Patch(_two.Placer, path, """{"score":3}""");
        Assert.That((changed.Status, (int)changed.Body!["score"]!, (string)changed.Body["comment"]!, (string)changed.Body["privateNote"]!), Is.EqualTo((200, 3, "Quick", "mine")));
        var replied = await _two.Post(_two.Fulfiller, $"{path}/reply", """{"text":"Thanks"}""");
        Assert.That((replied.Status, (string)replied.Body!["reply"]!["text"]!, replied.Body["privateNote"]), Is.EqualTo((201, "Thanks", (JsonNode?)null)));
        Assert.That(Code(await _two.Post(_two.Fulfiller, $"{path}/reply", """{"text":"Thanks"}""")), Is.EqualTo((409, "already-answered")));
        Assert.That((await _two.Get(_two.Fulfiller, path)).Text, Does.Not.Contain("mine"));
        Assert.That((string)(await _two.Get(_two.Placer, path)).Body!["reply"]!["author"]!["account"]!["name"]!, Is.EqualTo("Brightfix"));
    }

    [Test]
    public async Task Refusals_come_in_their_order()
    {
        var running = await _two.Running();
        var path = $"/api/v1/handoffs/{running}/rating";
        Assert.That(Code(await _two.Post(_two.Placer, path, "{}")), Is.EqualTo((400, "validation")));
        Assert.That(Code(await _two.Post(_two.Placer, path, """{"score":6}""")), Is.EqualTo((400, "validation")));
        Assert.That(Code(await _two.Post(_two.Placer, path, """{"score":"5"}""")), Is.EqualTo((400, "malformed")));
        var wrong = await _two.Post(_two.Fulfiller, path, """{"score":5}""");
        Assert.That((Code(wrong), (string)wrong.Body!["state"]!, wrong.Body["allowed"] is JsonArray), Is.EqualTo(((403, "forbidden"), "in_progress", true)));
        var early = await _two.Post(_two.Placer, path, """{"score":5}""");
        Assert.That((Code(early), (int)early.Body!["version"]!), Is.EqualTo(((409, "handoff-state-conflict"), 3)));
        Assert.That((string)early.Body["detail"]!, Does.Contain("closed"));
        Assert.That(Code(await _two.Patch(_two.Placer, path, """{"score":5}""")), Is.EqualTo((404, "not-found")));
        Assert.That(Code(await _two.Post(_two.Fulfiller, $"{path}/reply", """{"text":""}""")), Is.EqualTo((400, "validation")));
        Assert.That(Code(await _two.Post(_two.Placer, $"{path}/reply", """{"text":"x"}""")), Is.EqualTo((403, "forbidden")));
    }

    [Test]
    public async Task A_scorecard_shows_the_two_what_the_one_did_for_the_other()
    {
        for (var i = 0; i < 5; i++)
        {
            await _two.Done(_two.Placer, $"/api/v1/handoffs/{await _two.Closed()}/rating", """{"score":5}""");
        }

        var shown = (await _two.Get(_two.Placer, $"/api/v1/partners/{_two.FulfillerId}/scorecard")).Body!;
        var figures = shown["figures"]!;
        Assert.That(((string)shown["fulfiller"]!["name"]!, (int)figures["offered"]! >= 5, (double)figures["acceptanceRate"]!), Is.EqualTo(("Brightfix", true, 1.0)));
        Assert.That(((double)figures["ratings"]!["mean"]! > 4, (int)figures["labourMinutes"]! >= 150), Is.EqualTo((true, true)));
        var own = (await _two.Get(_two.Fulfiller, $"/api/v1/partners/{_two.PlacerId}/scorecard?role=fulfiller")).Body!;
        Assert.That(own["figures"]!.ToJsonString(), Is.EqualTo(figures.ToJsonString()));
        var otherWay = (await _two.Get(_two.Fulfiller, $"/api/v1/partners/{_two.PlacerId}/scorecard")).Body!;
        Assert.That((int)otherWay["figures"]!["offered"]!, Is.Zero);
    }

    [TestCase("?from=2020-01-01&to=2020-12-31", 200)]
    [TestCase("?from=2020-01-01&to=2020-01-01", 200)]
    [TestCase("?from=2020-01-01T00:00:00Z&to=2020-01-01T00:00:01%2B00:00", 200)]
    [TestCase("?from=2020-01-02&to=2020-01-01", 400)]
    [TestCase("?from=yesterday", 400)]
    [TestCase("?to=2020-13-01", 400)]
    [TestCase("?role=boss", 400)]
    public async Task A_period_is_of_days_or_of_times(string query, int status)
    {
        var answer = await _two.Get(_two.Placer, $"/api/v1/partners/{_two.FulfillerId}/scorecard{query}");
        Assert.That(answer.Status, Is.EqualTo(status), answer.Text);
        if (status == 200)
        {
            Assert.That((int)answer.Body!["figures"]!["offered"]!, Is.Zero);
        }
    }

    [Test]
    public async Task Who_never_was_linked_has_no_scorecard()
    {
        var stranger = await _two.Host.SignUp("Stranger");
        var invited = (await _two.Host.Call((string)stranger["apiKey"]!, HttpMethod.Post, "/api/v1/links", new JsonObject())).Body!;
        await _two.Host.Call(_two.Placer, HttpMethod.Post, "/api/v1/links/decline", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! });
        Assert.That(Code(await _two.Get(_two.Placer, $"/api/v1/partners/{stranger["id"]}/scorecard")), Is.EqualTo((404, "not-found")), "an invitation that was declined is no link");
        Assert.That(Code(await _two.Get((string)stranger["apiKey"]!, $"/api/v1/partners/{_two.PlacerId}/scorecard?role=fulfiller")), Is.EqualTo((404, "not-found")));
        Assert.That(Code(await _two.Get(_two.Placer, $"/api/v1/partners/{_two.PlacerId}/scorecard")), Is.EqualTo((404, "not-found")));
    }

    private static (int, string?) Code((int Status, JsonNode? Body, string Text) answer) => (answer.Status, (string?)answer.Body?["code"]);
}
