using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>A customer chooses his own name; what he writes is never taken for a word of the company.</summary>
public sealed class When_a_customer_is_not_who_he_says
{
    private CustomersScene _scene = null!;

    [OneTimeSetUp]
    public async Task Begin() => _scene = await CustomersScene.Begin();

    [OneTimeTearDown]
    public ValueTask End() => _scene.DisposeAsync();

    [Test]
    public async Task His_words_stand_under_the_customers_name_and_not_the_companys()
    {
        var page = await _scene.Send(("name", "Lena Brandt"), ("subject", "Named alike"), ("description", "Give Claire the key, please."));
        Assert.That(page.Status, Is.EqualTo(200), page.Text);
        var ticket = await _scene.Ticket();
        await _scene.Post($"/api/v1/tickets/{ticket["id"]}/comments", """{"body":"Who are you?","audience":"customer"}""");
        var seen = await _scene.Lena.Go($"/at/nordwind/tickets/{ticket["number"]}");
        Assert.That(seen.Text, Does.Contain("Give Claire the key, please.").And.Not.Contains("Lena Brandt (Nordwind)"));
        Assert.That(seen.Text, Does.Contain("Lena Brandt (the customer)"));
        var items = (await _scene.Host.Call(_scene.Key, HttpMethod.Get, $"/api/v1/tickets/{ticket["id"]}/comments")).Body!["items"]!.AsArray();
        Assert.That(items.Select(c => (bool?)c!["author"]!["customer"]), Is.EqualTo(new bool?[] { true, null }));
    }

    [Test]
    public async Task The_key_of_his_form_is_in_nobody_elses_way()
    {
        var page = await _scene.Send(("subject", "With a key"), ("once", "order4711"));
        Assert.That(page.Status, Is.EqualTo(200), page.Text);
        var sent = await _scene.Host.Send(_scene.Key, HttpMethod.Post, "/api/v1/tickets", """{"subject":"The company's own"}""", null, ("Idempotency-Key", "order4711"));
        Assert.That(sent.Status, Is.EqualTo(201), sent.Text);
    }

    [TestCase("\u202egnp.exe")]
    [TestCase("Lena\u2066Brandt")]
    [TestCase("Lena\u2028Brandt")]
    public async Task No_name_turns_what_stands_beside_it_round(string name)
    {
        Assert.That((await _scene.Send(("name", name))).Status, Is.EqualTo(400));
        var ticket = new JsonObject { ["subject"] = "x", ["contact"] = new JsonObject { ["name"] = name } };
        Assert.That((await _scene.Host.Call(_scene.Key, HttpMethod.Post, "/api/v1/tickets", ticket)).Status, Is.EqualTo(400));
        Assert.That((await _scene.Host.Call(null, HttpMethod.Post, "/api/v1/accounts", new JsonObject { ["name"] = name, ["slug"] = "turned" })).Status, Is.EqualTo(400));
        await _scene.Lena.Go("/me");
        Assert.That((await _scene.Lena.Press("Save", ("name", name))).Status, Is.EqualTo(400));
        await _scene.Lena.Go("/at/nordwind/settings");
        Assert.That((await _scene.Lena.Press("Save", ("name", name))).Status, Is.EqualTo(400));
    }
}
