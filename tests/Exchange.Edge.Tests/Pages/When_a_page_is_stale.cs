using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>What stood on a page when it was read, and is not so any more when its form is sent; and forms that stand on no page.</summary>
public sealed class When_a_page_is_stale
{
    private TwoCompanies _two = null!;
    private Browser _lena = null!;
    private Browser _tom = null!;

    [OneTimeSetUp]
    public async Task Two_companies_with_people()
    {
        _two = await TwoCompanies.Meet();
        _lena = await Browser.Of(_two.Host, Account(_two.PlacerId, "Nordwind"), "Lena Brandt", Roles.Dispatcher);
        _tom = await Browser.Of(_two.Host, Account(_two.FulfillerId, "Brightfix"), "Tom Ridley", Roles.Dispatcher);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _lena?.Dispose();
        _tom?.Dispose();
        _two?.Dispose();
    }

    [TestCase("""{"subject":"Insolvent, as it seems"}""", "Insolvent, as it seems")]
    [TestCase("""{"priority":"urgent"}""", "Urgent")]
    public async Task Nothing_is_handed_over_that_was_changed_since_it_was_shown(string change, string now)
    {
        var (ticket, number) = await Open();
        await _lena.Go($"/at/nordwind/tickets/{number}/hand-over");
        Assert.That((await _two.Patch(_two.Placer, $"/api/v1/tickets/{ticket}", change)).Status, Is.EqualTo(200));
        await _lena.Press("Offer to Brightfix", ("note", "Keep this line"));
        Assert.That(_lena.Now.Status, Is.EqualTo(409));
        Assert.That(_lena.Now.Text, Does.Contain("Nothing was offered").And.Contains("Keep this line").And.Contains(now), "it is shown now, and can be offered");
        Assert.That((await _two.Get(_two.Placer, $"/api/v1/tickets/{ticket}")).Body!["handoffs"]!.AsArray(), Is.Empty);
        await _lena.Press("Offer to Brightfix");
        Assert.That(_lena.Now.Text, Does.Contain("Offered to Brightfix."));
    }

    [Test]
    public async Task Nothing_is_handed_over_under_terms_that_were_not_shown()
    {
        var (hanse, lorenz, link) = await Linked("Hanse", "Lorenz", """{"terms":{"offers":"sealed"}}""");
        using var lotte = await Browser.Of(_two.Host, hanse, "Lotte Hanse", Roles.Dispatcher);
        var ticket = await _two.Post((string)hanse["apiKey"]!, "/api/v1/tickets", """{"subject":"Canary subject"}""");
        await lotte.Go($"/at/hanse/tickets/{ticket.Body!["number"]}/hand-over");
        Assert.That(lotte.Now.Text, Does.Contain("Offer, sealed"));
        var proposed = await _two.Post((string)hanse["apiKey"]!, $"/api/v1/links/{link}/terms", """{"offers":"visible"}""");
        await _two.Done((string)lorenz["apiKey"]!, $"/api/v1/links/{link}/terms/{proposed.Body!["version"]}/sign");
        await lotte.Press("Offer to Lorenz", ("summary", "Something in Hamburg"));
        Assert.That(lotte.Now.Status, Is.EqualTo(409), "the page said: sealed");
        Assert.That((await _two.Get((string)lorenz["apiKey"]!, "/api/v1/handoffs")).Text, Does.Not.Contain("Canary"));
    }

    [Test]
    public async Task What_a_re_routed_sealed_offer_shows_before_it_is_taken_is_its_line_alone()
    {
        var frost = await _two.Host.SignUp("Frostwerk");
        var link = await Link(_two.Placer, frost, """{"terms":{"offers":"sealed"}}""");
        var (ticket, number) = await Open();
        var declined = (string)(await _two.Post(_two.Placer, $"/api/v1/tickets/{ticket}/handoffs", $$"""{"linkId":"{{_two.Link}}"}""")).Body!["id"]!;
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{declined}/decline", """{"reason":"no_capacity"}""");
        await _lena.Go($"/at/nordwind/tickets/{number}/hand-over?from={declined}&link={link}");
        Assert.That(_lena.Now.Text, Does.Contain("Before they accept they see the line above alone"));
        await _lena.Press("Offer to Frostwerk", ("summary", "A cooler in Hamburg"), ("note", "The key is under the mat."));
        Assert.That(_lena.Now.Text, Does.Contain("Offered to Frostwerk."));
        var seen = await _two.Get((string)frost["apiKey"]!, "/api/v1/handoffs");
        Assert.That(seen.Text, Does.Contain("A cooler in Hamburg").And.Not.Contains("under the mat"));
    }

    [Test]
    public async Task What_was_taken_back_is_read_in_no_history()
    {
        var (_, number, handoff) = await Running();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Send to Brightfix", ("door", $"partner:{handoff}"), ("body", "Meant for somebody else"));
        var mirror = await Mirror(handoff);
        await TestKit.Eventually.True(async () => (await _tom.Go($"/at/brightfix/tickets/{mirror}")).Text.Contains("Meant for somebody else", StringComparison.Ordinal));
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Retract");
        await TestKit.Eventually.True(async () => (await _tom.Go($"/at/brightfix/tickets/{mirror}")).Text.Contains("retracted by Lena Brandt", StringComparison.Ordinal));
        foreach (var lane in (string[])["all", "history", handoff])
        {
            Assert.That((await _tom.Go($"/at/brightfix/tickets/{mirror}?lane={lane}")).Html, Does.Not.Contain("Meant for somebody else"), $"theirs, {lane}");
            Assert.That((await _lena.Go($"/at/nordwind/tickets/{number}?lane={lane}")).Html, Does.Not.Contain("Meant for somebody else"), $"ours, {lane}");
        }

        Assert.That((await _tom.Go($"/at/brightfix/tickets/{mirror}?lane=history")).Text, Does.Contain("Lena Brandt (Nordwind) wrote").And.Contains("retracted entry"), "that something was said stays");
    }

    [Test]
    public async Task A_door_that_is_closed_is_closed_to_forged_forms_too()
    {
        var (_, number, handoff) = await Running();
        var mirror = await Mirror(handoff);
        await _tom.Go($"/at/brightfix/tickets/{mirror}");
        var customer = await _tom.Raw(HttpMethod.Post, $"/at/brightfix/tickets/{mirror}?handler=Say", _tom.Token(), ("door", "customer"), ("said", "customer|The customer||"), ("body", "Psst"));
        Assert.That(customer.Status, Is.EqualTo(409));
        var (other, _) = await Open();
        var stray = (string)(await _two.Host.Call(_two.Placer, HttpMethod.Post, $"/api/v1/tickets/{other}/files", file: "of another ticket"u8.ToArray())).Body!["id"]!;
        await _lena.Go($"/at/nordwind/tickets/{number}");
        var said = Markup.Attribute(Markup.Buttons(_lena.Now.Html).Single(b => Markup.TextOf(b.Inner) == "Send to Brightfix").Tag, "value")!;
        var strayed = await _lena.Raw(HttpMethod.Post, $"/at/nordwind/tickets/{number}?handler=Say", _lena.Token(), ("door", $"partner:{handoff}"), ("said", said), ("body", "With a stray file"), ("files", stray));
        Assert.That(strayed.Status, Is.EqualTo(404), "a file of another ticket");
        var draft = await _lena.Raw(HttpMethod.Post, $"/at/nordwind/tickets/{number}?handler=Draft", _lena.Token(), ("door", $"partner:{Guid.NewGuid()}"), ("body", "x"));
        Assert.That(draft.Status, Is.EqualTo(409));
        Assert.That((await _two.Get(_two.Fulfiller, $"/api/v1/handoffs/{handoff}/comments")).Body!["items"]!.AsArray(), Is.Empty);
        Assert.That((await _tom.Go($"/at/brightfix/tickets/{mirror}")).Text, Does.Not.Contain("Psst"));
    }

    [Test]
    public async Task No_cache_keeps_a_page_of_a_desk()
    {
        var (_, number, handoff) = await Running();
        foreach (var path in (string[])["home", "home?handler=Live", "tickets", $"tickets/{number}", $"tickets/{number}?handler=Balls", $"tickets/{number}?handler=Lanes", "chains", $"chains/{handoff}?handler=Relay", "navigation", "more", "partners"])
        {
            var seen = await _lena.Raw(HttpMethod.Get, $"/at/nordwind/{path}");
            Assert.That((seen.Status, seen.Response.Headers.CacheControl?.NoStore), Is.EqualTo((200, (bool?)true)), path);
        }

        Assert.That((await _lena.Raw(HttpMethod.Get, "/accounts")).Response.Headers.CacheControl?.NoStore, Is.True);
    }

    private static JsonObject Account(string id, string name) => new() { ["id"] = id, ["name"] = name };

    private async Task<(JsonNode One, JsonNode Other, string Link)> Linked(string one, string other, string terms)
    {
        var (first, second) = (await _two.Host.SignUp(one), await _two.Host.SignUp(other));
        return (first, second, await Link((string)first["apiKey"]!, second, terms));
    }

    private async Task<string> Link(string inviter, JsonNode invitee, string terms)
    {
        var invited = (await _two.Post(inviter, "/api/v1/links", terms)).Body!;
        return (string)(await _two.Host.Call((string)invitee["apiKey"]!, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! })).Body!["id"]!;
    }

    private async Task<(string Id, string Number)> Open()
    {
        var made = await _two.Post(_two.Placer, "/api/v1/tickets", """{"subject":"Cooler"}""");
        return ((string)made.Body!["id"]!, (string)made.Body["number"]!);
    }

    private async Task<(string Ticket, string Number, string Handoff)> Running()
    {
        var (ticket, number) = await Open();
        var handoff = (string)(await _two.Post(_two.Placer, $"/api/v1/tickets/{ticket}/handoffs", $$"""{"linkId":"{{_two.Link}}"}""")).Body!["id"]!;
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff}/accept");
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff}/start");
        return (ticket, number, handoff);
    }

    private async Task<string> Mirror(string handoff)
    {
        var ticket = (string)(await _two.Get(_two.Fulfiller, $"/api/v1/handoffs/{handoff}")).Body!["ticketId"]!;
        return (string)(await _two.Get(_two.Fulfiller, $"/api/v1/tickets/{ticket}")).Body!["number"]!;
    }
}
