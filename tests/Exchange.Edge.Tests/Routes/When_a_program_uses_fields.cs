using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Routes;

/// <summary>A company's own ticket fields through the API.</summary>
public sealed class When_a_program_uses_fields
{
    private TwoCompanies _two = null!;

    [SetUp]
    public async Task Meet()
    {
        _two = await TwoCompanies.Meet();
        await Add("""{"label":"Site","kind":"choice","choices":["Hall 3","Annex"],"required":true,"onForm":true}""");
        await Add("""{"label":"Hours","kind":"number"}""");
        await Add("""{"label":"Visit","kind":"date"}""");
        await Add("""{"label":"Warranty","kind":"yes-no"}""");
        await Add("""{"label":"Note","kind":"text"}""");
    }

    [TearDown]
    public void Leave() => _two.Dispose();

    [Test]
    public async Task A_field_is_added_changed_and_retired()
    {
        var all = (await _two.Get(_two.Placer, "/api/v1/fields")).Body!;
        Assert.That(all["next"], Is.Null);
        Assert.That(all["items"]!.AsArray().Select(f => (string)f!["key"]!), Is.EqualTo(new[] { "site", "hours", "visit", "warranty", "note" }));
        var site = all["items"]![0]!;
        Assert.That(site.ToJsonString(), Does.Contain("\"kind\":\"choice\"").And.Contain("[\"Hall 3\",\"Annex\"]").And.Contain("\"required\":true").And.Contain("\"onForm\":true").And.Contain("\"position\":1").And.Contain("\"retired\":false"));
        var path = $"/api/v1/fields/{site["id"]}";
        var changed = await _two.Patch(_two.Placer, path, """{"label":"Place","choices":["Roof","Annex"],"required":false,"position":2}""");
        Assert.That((changed.Status, (string)changed.Body!["label"]!, (string)changed.Body!["key"]!, (int)changed.Body!["position"]!), Is.EqualTo((200, "Place", "site", 2)));
        Assert.That((await _two.Patch(_two.Fulfiller, path, """{"label":"Ours"}""")).Status, Is.EqualTo(404));
        Assert.That((await _two.Host.Call(_two.Fulfiller, HttpMethod.Delete, path)).Status, Is.EqualTo(404));
        Assert.That((await _two.Host.Call(_two.Placer, HttpMethod.Delete, path)).Status, Is.EqualTo(204));
        Assert.That((bool)(await _two.Get(_two.Placer, "/api/v1/fields")).Body!["items"]![4]!["retired"]!, Is.True);
        Assert.That((await _two.Get(_two.Fulfiller, "/api/v1/fields")).Body!["items"]!.AsArray(), Is.Empty);
        Assert.That((await _two.Post(_two.Placer, "/api/v1/fields", """{"label":"","kind":"money"}""")).Body!["errors"]!.AsObject().Select(e => e.Key), Is.EquivalentTo(new[] { "label", "kind" }));
    }

    [Test]
    public async Task Values_are_json_of_their_kind_and_are_merged()
    {
        var opened = await Open("""{"subject":"Pump","fields":{"site":"Annex","hours":2.50,"visit":"2026-05-31","warranty":false,"note":"x"}}""");
        Assert.That(opened["fields"]!.ToJsonString(), Is.EqualTo("""{"site":"Annex","hours":2.5,"visit":"2026-05-31","warranty":false,"note":"x"}"""));
        var path = $"/api/v1/tickets/{opened["id"]}";
        var changed = await _two.Patch(_two.Placer, path, """{"fields":{"note":null,"hours":-3,"warranty":true}}""");
        Assert.That(changed.Body!["fields"]!.ToJsonString(), Is.EqualTo("""{"site":"Annex","hours":-3,"visit":"2026-05-31","warranty":true}"""));
        Assert.That((long)changed.Body!["version"]!, Is.EqualTo((long)opened["version"]! + 1));
        Assert.That((await _two.Get(_two.Placer, "/api/v1/tickets")).Body!["items"]![0]!["fields"]!.ToJsonString(), Does.Contain("\"hours\":-3"));
        var none = await Open("""{"subject":"A program may leave out what is required"}""");
        Assert.That(none["fields"]!.ToJsonString(), Is.EqualTo("{}"));
    }

    [TestCase("""{"hours":"2"}""", "hours")]
    [TestCase("""{"hours":true}""", "hours")]
    [TestCase("""{"hours":1e400}""", "hours")]
    [TestCase("""{"warranty":"true"}""", "warranty")]
    [TestCase("""{"warranty":1}""", "warranty")]
    [TestCase("""{"visit":20260531}""", "visit")]
    [TestCase("""{"site":"Roof"}""", "site")]
    [TestCase("""{"note":7}""", "note")]
    [TestCase("""{"colour":"red"}""", "colour")]
    public async Task A_value_of_another_kind_is_refused_by_its_name(string fields, string named)
    {
        var refused = await _two.Post(_two.Placer, "/api/v1/tickets", $$"""{"subject":"Pump","fields":{{fields}}}""");
        Assert.That((refused.Status, (string)refused.Body!["code"]!), Is.EqualTo((400, "validation")), refused.Text);
        Assert.That(refused.Body!["errors"]!.AsObject().Select(e => e.Key), Is.EqualTo(new[] { $"fields.{named}" }));
    }

    [TestCase("""{"note":["x"]}""")]
    [TestCase("""{"note":{"a":1}}""")]
    [TestCase("""["note"]""")]
    public async Task What_is_no_value_at_all_is_malformed(string fields)
    {
        var refused = await _two.Post(_two.Placer, "/api/v1/tickets", $$"""{"subject":"Pump","fields":{{fields}}}""");
        Assert.That(refused.Status, Is.EqualTo(400), refused.Text);
        Assert.That((string)refused.Body!["code"]!, Is.EqualTo("malformed"));
    }

    [Test]
    public async Task Lists_and_counts_are_narrowed_and_nonsense_is_refused()
    {
        var one = await Open("""{"subject":"One","fields":{"site":"Hall 3","hours":9,"visit":"2026-05-31"}}""");
        var two = await Open("""{"subject":"Two","fields":{"site":"Annex","hours":10,"visit":"2026-06-30","note":"Ärger"}}""");
        Assert.That(await Found("field.site=hall%203"), Is.EqualTo(new[] { one["id"]!.ToString() }));
        Assert.That(await Found("field.note=%C3%84RGER"), Is.EqualTo(new[] { two["id"]!.ToString() }));
        Assert.That(await Found("field.hours.from=9.5&field.visit.to=2026-06-30"), Is.EqualTo(new[] { two["id"]!.ToString() }));
        Assert.That((int)(await _two.Get(_two.Placer, "/api/v1/tickets/count?field.hours.from=9")).Body!["count"]!, Is.EqualTo(2));
        foreach (var wrong in new[] { "field.nowhere=1", "field.hours=many", "field.site.from=Annex", "field.visit.to=soon", "field.warranty=yes" })
        {
            var refused = await _two.Get(_two.Placer, $"/api/v1/tickets?{wrong}");
            Assert.That((refused.Status, (string)refused.Body!["code"]!), Is.EqualTo((400, "validation")), wrong);
            Assert.That(refused.Body!["errors"]!.AsObject().Select(e => e.Key), Is.EqualTo(new[] { wrong.Split('=')[0] }));
        }

        Assert.That((await _two.Get(_two.Fulfiller, "/api/v1/tickets?field.site=Annex")).Status, Is.EqualTo(400), "another company has no such field");
    }

    [Test]
    public async Task Events_and_answers_of_a_partner_tell_nothing_of_them()
    {
        var ticket = await Open("""{"subject":"Pump","fields":{"note":"canary-value"}}""");
        var handoff = (await _two.Post(_two.Placer, $"/api/v1/tickets/{ticket["id"]}/handoffs", $$"""{"linkId":"{{_two.Link}}"}""")).Body!;
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff["id"]}/accept");
        await _two.Patch(_two.Placer, $"/api/v1/tickets/{ticket["id"]}", """{"fields":{"note":"canary-later"}}""");
        string[] paths = ["/api/v1/tickets", "/api/v1/handoffs", $"/api/v1/handoffs/{handoff["id"]}", $"/api/v1/handoffs/{handoff["id"]}/entries?raw=true", "/api/v1/events", "/api/v1/fields"];
        await TestKit.Eventually.True(async () => (await _two.Get(_two.Fulfiller, "/api/v1/events")).Text.Contains("exchange.ticket.opened", StringComparison.Ordinal));
        await TestKit.Eventually.True(async () => (await _two.Get(_two.Placer, "/api/v1/events")).Text.Contains("exchange.ticket.changed", StringComparison.Ordinal));
        foreach (var path in paths)
        {
            Assert.That((await _two.Get(_two.Fulfiller, path)).Text, Does.Not.Contain("canary"), path);
        }

        Assert.That((await _two.Get(_two.Placer, "/api/v1/events")).Text, Does.Not.Contain("canary"), "an event says that a ticket changed, not what");
    }

    [Test]
    public async Task Terms_name_what_goes_along()
    {
        var proposed = await _two.Post(_two.Placer, $"/api/v1/links/{_two.Link}/terms", """{"fields":["note","hours"]}""");
        Assert.That(proposed.Status, Is.EqualTo(201), proposed.Text);
        Assert.That(proposed.Text, Does.Contain("\"fields\":[\"hours\",\"note\"]"));
        await _two.Done(_two.Fulfiller, $"/api/v1/links/{_two.Link}/terms/2/sign");
        var ticket = await Open("""{"subject":"Pump","fields":{"note":"Ring twice","hours":2.5,"site":"Annex"}}""");
        var refused = await _two.Post(_two.Placer, $"/api/v1/tickets/{ticket["id"]}/handoffs", $$$"""{"linkId":"{{{_two.Link}}}","share":{"fields":["site"]}}""");
        Assert.That((refused.Status, (string)refused.Body!["code"]!), Is.EqualTo((422, "share-forbidden")));
        var handoff = (await _two.Post(_two.Placer, $"/api/v1/tickets/{ticket["id"]}/handoffs", $$"""{"linkId":"{{_two.Link}}"}""")).Body!;
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff["id"]}/accept");
        var mirror = (await _two.Get(_two.Fulfiller, "/api/v1/tickets")).Body!["items"]![0]!;
        Assert.That(mirror["received"]!.ToJsonString(), Is.EqualTo("""[{"key":"hours","label":"Hours","kind":"number","value":"2.5"},{"key":"note","label":"Note","kind":"text","value":"Ring twice"}]"""));
        Assert.That(mirror.ToJsonString(), Does.Not.Contain("Annex"));
    }

    private async Task Add(string body)
    {
        var added = await _two.Post(_two.Placer, "/api/v1/fields", body);
        Assert.That(added.Status, Is.EqualTo(201), added.Text);
    }

    private async Task<JsonNode> Open(string body)
    {
        var opened = await _two.Post(_two.Placer, "/api/v1/tickets", body);
        Assert.That(opened.Status, Is.EqualTo(201), opened.Text);
        return opened.Body!;
    }

    private async Task<IEnumerable<string>> Found(string query)
    {
        var found = await _two.Get(_two.Placer, $"/api/v1/tickets?{query}");
        Assert.That(found.Status, Is.EqualTo(200), found.Text);
        return found.Body!["items"]!.AsArray().Select(t => (string)t!["id"]!);
    }
}
