using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_a_customer_asks
{
    private CustomersScene _scene = null!;

    [SetUp]
    public async Task Begin() => _scene = await CustomersScene.Begin();

    [TearDown]
    public ValueTask End() => _scene.DisposeAsync();

    [Test]
    public async Task He_follows_his_ticket_without_an_account_and_answers_on_it()
    {
        var page = await _scene.Send();
        Assert.That(page.Status, Is.EqualTo(200), page.Text);
        Assert.That(page.Path, Does.Match("^/t/[A-Za-z0-9_-]{32}$"));
        Assert.That(page.Text, Does.Contain("Till 4 is dark").And.Contain("Nordwind has your request.").And.Contain(CustomersScene.Body).And.Contain("claire@parc.example"));
        Assert.That(page.Html, Does.Not.Contain("<script>"), "what he wrote is text");

        var ticket = await _scene.Ticket();
        Assert.That(((string?)ticket["subject"], (string?)ticket["status"]), Is.EqualTo(("Till 4 is dark", "new")));
        var whole = (await _scene.Host.Call(_scene.Key, HttpMethod.Get, $"/api/v1/tickets/{ticket["id"]}")).Text;
        Assert.That(whole, Does.Contain("K-77").And.Contain("claire@parc.example"));
        Assert.That(_scene.Mail.Letters.Single().Text, Does.Contain($"https://desk.example{page.Path}").And.Not.Contain("Till").And.Not.Contain("Claire"));

        await _scene.Post($"/api/v1/tickets/{ticket["id"]}/comments", """{"body":"We come at ten.","audience":"customer"}""");
        await _scene.Status("waiting");
        await _scene.Claire.Go(page.Path);
        Assert.That(_scene.Claire.Now.Text, Does.Contain("We come at ten."));
        var answered = await _scene.Claire.Press("Send to Nordwind", ("body", "I am there until one."));
        Assert.That(answered.Text, Does.Contain("I am there until one.").And.Contain("Sent to Nordwind."));
        Assert.That((string?)(await _scene.Ticket())["status"], Is.EqualTo("check"), "what waited for him wants a look");
        var said = (await _scene.Host.Call(_scene.Key, HttpMethod.Get, $"/api/v1/tickets/{ticket["id"]}/comments")).Text;
        Assert.That(said, Does.Contain("I am there until one.").And.Contain("Claire Dubois"));
    }

    [Test]
    public async Task The_form_asks_what_the_company_chose_and_takes_nothing_else()
    {
        await _scene.Claire.Go("/for/nordwind");
        Assert.That(_scene.Claire.Now.Html, Does.Not.Contain("name=\"phone\"").And.Contain("name=\"serial\""));
        var refused = await _scene.Send(("serial", ""));
        Assert.That((refused.Status, refused.Path), Is.EqualTo((400, "/for/nordwind")));
        Assert.That(refused.Text, Does.Contain("Write the serial number").And.Contain("The screen stays dark"), "what was typed stands there still");

        var fields = Markup.Forms(_scene.Claire.Now.Html).Single().Fill("Send to Nordwind", [("serial", "K-77")]).Fields;
        var sent = await _scene.Claire.Raw(HttpMethod.Post, "/for/nordwind", [.. fields.Select(f => (f.Key, f.Value)), ("phone", "+33 1 23")]);
        Assert.That(sent.Status, Is.EqualTo(302), sent.Text);
        var whole = (await _scene.Host.Call(_scene.Key, HttpMethod.Get, $"/api/v1/tickets/{(await _scene.Ticket())["id"]}")).Text;
        Assert.That(whole, Does.Not.Contain("+33 1 23"), "a hidden field is not taken");

        var again = await _scene.Claire.Raw(HttpMethod.Post, "/for/nordwind", [.. fields.Select(f => (f.Key, f.Value)), ("phone", "+33 1 23")]);
        Assert.That(again.Text, Does.Contain("sent twice and counted once"));
        await _scene.Set(("open", null));
        Assert.That((await _scene.Claire.Go("/for/nordwind")).Status, Is.EqualTo(404));
        Assert.That((await _scene.Claire.Go("/for/nobody")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_machine_is_told_apart()
    {
        await _scene.Claire.Go("/for/nordwind");
        (string, string?)[] usual = [("name", "Bot"), ("email", "bot@x.example"), ("subject", "Buy"), ("description", "now"), ("serial", "1")];
        _scene.Clock.Leap(TimeSpan.FromSeconds(-10));
        var quick = await _scene.Claire.Press("Send to Nordwind", usual);
        Assert.That(quick.Status, Is.EqualTo(400));
        Assert.That(quick.Text, Does.Contain("That was very quick"));
        var decoyed = await _scene.Send(("website", "https://spam.example"));
        Assert.That(decoyed.Status, Is.EqualTo(400));
        Assert.That(decoyed.Text, Does.Contain("a machine"));
        var made = await _scene.Send(("stamp", "made-up"));
        Assert.That(made.Status, Is.EqualTo(400));
        Assert.That(made.Text, Does.Contain("stood open"));
        Assert.That((await _scene.Host.Call(_scene.Key, HttpMethod.Get, "/api/v1/tickets")).Body!["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Ten_forms_an_hour_come_from_an_address()
    {
        await _scene.Claire.Go("/for/nordwind");
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await _scene.Send(("serial", ""))).Status, Is.EqualTo(400));
        }

        var refused = await _scene.Send();
        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.FromMinutes(1)));
        Assert.That(refused.Text, Does.Contain("Too many requests").And.Contain("The screen stays dark"));
    }

    [Test]
    public async Task A_reply_without_the_token_of_its_form_is_refused()
    {
        var path = (await _scene.Send()).Path;
        Assert.That((await _scene.Claire.Raw(HttpMethod.Post, path, ("body", "From somewhere else"))).Status, Is.EqualTo(400));
        Assert.That((await _scene.Claire.Go(path)).Html, Does.Not.Contain("From somewhere else"));
    }

    [Test]
    public async Task Sixty_replies_an_hour_come_by_a_link()
    {
        var path = (await _scene.Send()).Path;
        var token = _scene.Claire.Token();
        for (var i = 0; i < 60; i++)
        {
            Assert.That((await _scene.Claire.Raw(HttpMethod.Post, path, token, ("body", ""))).Status, Is.EqualTo(400));
        }

        var refused = await _scene.Claire.Raw(HttpMethod.Post, path, token, ("body", "One more"));
        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Html, Does.Contain("One more"), "what was typed is not lost");
    }

    [Test]
    public async Task A_file_goes_along_and_comes_back_as_a_download_alone()
    {
        await _scene.Claire.Go("/for/nordwind");
        (string, string)[] fields = [("name", "Claire"), ("email", "claire@parc.example"), ("subject", "Till"), ("description", "dark"), ("serial", "K")];
        using var sent = await _scene.Upload("/for/nordwind", fields, "evil.html", "text/html", Encoding.UTF8.GetBytes("<script>alert(1)</script>"));
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await sent.Content.ReadAsStringAsync());
        var page = await _scene.Claire.Go(sent.Headers.Location!.OriginalString);
        var link = Regex.Match(page.Html, "href=\"(?<at>/t/[^\"]+/files/[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        var file = await _scene.Claire.Raw(HttpMethod.Get, link);
        Assert.That((file.Status, file.Html), Is.EqualTo((200, "<script>alert(1)</script>")));
        Assert.That(file.Response.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        Assert.That(file.Response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(file.Response.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("sandbox"));

        using var large = await _scene.Upload(page.Path, [("body", "too large")], "a.bin", "application/octet-stream", new byte[SentFile.MaxBytes + 1]);
        Assert.That((int)large.StatusCode, Is.EqualTo(413));
        Assert.That(await large.Content.ReadAsStringAsync(), Does.Contain("of 10 MB each at most").And.Contain("too large"));
        Assert.That((await _scene.Claire.Go(page.Path)).Html, Does.Not.Contain("a.bin"));
    }

    [Test]
    public async Task His_address_is_told_to_nobody()
    {
        var page = await _scene.Send();
        var other = page.Path[..^1] + (page.Path[^1] == 'A' ? 'B' : 'A');
        foreach (var (path, status) in new[] { (page.Path, 200), ("/for/nordwind", 200), (other, 404), ($"{page.Path}/files/{Guid.NewGuid()}", 404) })
        {
            var seen = await _scene.Claire.Go(path);
            Assert.That(seen.Status, Is.EqualTo(status), path);
            Assert.That(seen.Response.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }), path);
            Assert.That(seen.Response.Headers.GetValues("X-Robots-Tag").Single(), Does.StartWith("noindex"), path);
            Assert.That(seen.Response.Headers.CacheControl!.NoStore, Is.True, path);
        }

        var token = page.Path[3..];
        Assert.That(_scene.Log.Lines, Has.Some.Contains("OpenByCustomer done"), "the log is heard");
        Assert.That(_scene.Log.Lines, Has.None.Contains(token).And.None.Contains("claire@parc.example").And.None.Contains("Claire Dubois"));
    }

    [Test]
    public async Task A_new_link_ends_the_one_before_and_a_closed_request_takes_no_more()
    {
        var page = await _scene.Send();
        var id = new TicketId(Guid.Parse((string)(await _scene.Ticket())["id"]!));
        var lena = new Caller(new AccountId(Guid.Parse((string)_scene.Nordwind["id"]!)), "Nordwind", new Actor("person", "1", "Lena Brandt")) { Roles = Roles.Agent };
        var invited = await _scene.Host.Services.GetRequiredService<Door>().Do<InviteRequester, RequesterInvited>(new InviteRequester(id), lena, null, CancellationToken.None);
        Assert.That(invited.Ok, Is.True, invited.Fault?.Detail);
        Assert.That((await _scene.Claire.Go(page.Path)).Status, Is.EqualTo(404));
        var path = $"/t/{invited.Value!.Token}";
        await _scene.Claire.Go(path);
        var token = _scene.Claire.Token();
        await _scene.Status("closed");
        var refused = await _scene.Claire.Raw(HttpMethod.Post, path, token, ("body", "Still dark"));
        Assert.That(refused.Status, Is.EqualTo(409));
        Assert.That(refused.Html, Does.Contain("This request is closed"));
        Assert.That(refused.Html, Does.Contain("Still dark"), "what was typed is not lost");
        Assert.That(JsonNode.Parse((await _scene.Host.Call(_scene.Key, HttpMethod.Get, $"/api/v1/tickets/{id}/comments")).Text)!["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Only_an_admin_changes_the_form()
    {
        using var jonas = await Browser.Of(_scene.Host, _scene.Nordwind, "Jonas Weber", Roles.Agent);
        Assert.That((await jonas.Go("/at/nordwind/settings/form")).Status, Is.EqualTo(403));
        await _scene.Lena.Go("/at/nordwind/settings/form");
        Assert.That(_scene.Lena.Now.Html, Does.Contain("class=\"qr\"").And.Contain("https://desk.example/for/nordwind"));
    }
}
