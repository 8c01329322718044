using System.Text;
using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Words are planted in all that a sealed offer keeps back; whatever the partner can open before it accepts is searched for them.</summary>
public sealed class When_a_sealed_offer_comes
{
    private const string Planted = "canary";

    [Test]
    public async Task No_page_and_no_answer_holds_a_word_of_it_until_it_is_accepted()
    {
        using var host = new ExchangeHost();
        var (ada, bob) = (await host.SignUp("Adawerk"), await host.SignUp("Bobwerk"));
        var (placer, fulfiller) = ((string)ada["apiKey"]!, (string)bob["apiKey"]!);
        var invited = (await host.Call(placer, HttpMethod.Post, "/api/v1/links", JsonNode.Parse("""{"terms":{"offers":"sealed"}}"""))).Body!;
        var link = (string)(await host.Call(fulfiller, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! })).Body!["id"]!;
        using var lena = await Browser.Of(host, ada, "Lena Brandt", Roles.Dispatcher);
        using var tom = await Browser.Of(host, bob, "Tom Ridley", Roles.Admin);
        var ticket = (await host.Call(placer, HttpMethod.Post, "/api/v1/tickets", JsonNode.Parse(
            """{"subject":"canary subject","description":"canary description","contact":{"name":"Canary Eva","phone":"canary phone"},"asset":{"name":"canary lift","location":"canary street"}}"""))).Body!;
        var said = (string)(await host.Call(placer, HttpMethod.Post, $"/api/v1/tickets/{ticket["id"]}/comments", JsonNode.Parse("""{"body":"canary said","audience":"customer"}"""))).Body!["id"]!;
        await lena.Go($"/at/adawerk/tickets/{ticket["number"]}/hand-over");
        await lena.Press("Offer to Bobwerk", ("summary", "Something in Lyon"), ("note", "canary note"), ("comments", said));
        Assert.That(lena.Now.Text, Does.Contain("Offered to Bobwerk."), lena.Now.Text);
        var handoff = (string)(await host.Call(fulfiller, HttpMethod.Get, "/api/v1/handoffs")).Body!["items"]![0]!["id"]!;

        var offers = await tom.Go("/at/bobwerk/offers");
        Assert.That(offers.Text, Does.Contain("Something in Lyon"));
        foreach (var path in (string[])
        [
            "home", "home?handler=Live", "offers", "offers?handler=In", $"offers?open=accept&id={handoff}", $"offers?open=counter&id={handoff}", "tickets", "tickets?q=canary",
            "chains", $"chains/{handoff}", $"chains/{handoff}?handler=Relay", "health", "links", $"links/{link}", "partners", $"partners/{ada["id"]}", $"partners/{ada["id"]}?own=true",
        ])
        {
            var seen = await tom.Raw(HttpMethod.Get, $"/at/bobwerk/{path}");
            Assert.That(seen.Status, Is.EqualTo(200), path);
            Assert.That($"{seen.Html.Replace("q=canary", "", StringComparison.Ordinal).Replace("value=\"canary\"", "", StringComparison.Ordinal)}{seen.Response.Headers}", Does.Not.Contain(Planted).IgnoreCase, path);
        }

        foreach (var path in (string[])[$"handoffs/{handoff}", "handoffs", $"handoffs/{handoff}/entries?raw=true", $"handoffs/{handoff}/comments", $"handoffs/{handoff}/chain", "events", "parked", "tickets"])
        {
            var seen = await host.Call(fulfiller, HttpMethod.Get, $"/api/v1/{path}");
            Assert.That(seen.Status, Is.EqualTo(200), path);
            var raw = path.Contains("raw", StringComparison.Ordinal) ? string.Concat(seen.Body!["items"]!.AsArray().Select(e => Encoding.UTF8.GetString(Convert.FromBase64String((string)e!["raw"]!)))) : "";
            Assert.That(seen.Text + raw, Does.Not.Contain(Planted).IgnoreCase, path);
        }

        await tom.Go("/at/bobwerk/offers");
        await tom.PressIn(handoff, "Accept Something in Lyon");
        var mirror = (await host.Call(fulfiller, HttpMethod.Get, "/api/v1/tickets")).Body!["items"]![0]!;

        // What was said comes with its own entry, after the one that opened the rest.
        await Eventually.True(async () => (await tom.Go($"/at/bobwerk/tickets/{mirror["number"]}")).Text.Contains("canary said", StringComparison.Ordinal));
        Assert.That((await tom.Go($"/at/bobwerk/tickets/{mirror["number"]}")).Text, Does.Contain("canary subject").And.Contains("canary lift"), "what was planted was there");
    }
}
