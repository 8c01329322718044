using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Settings, tickets, lists and the table, without script.</summary>
public sealed class When_a_company_adds_fields
{
    private ExchangeHost _host = null!;
    private JsonNode _nordwind = null!;
    private Browser _lena = null!;

    private string Key => (string)_nordwind["apiKey"]!;

    [SetUp]
    public async Task Begin()
    {
        _host = new ExchangeHost();
        _nordwind = await _host.SignUp("Nordwind");
        _lena = await Browser.Of(_host, _nordwind, "Lena Brandt", Roles.Admin);
    }

    [TearDown]
    public void End()
    {
        _lena.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task They_are_added_ordered_changed_and_retired_on_one_page()
    {
        Assert.That((await _lena.Go("/at/nordwind/settings/fields")).Text, Does.Contain("No field yet."));
        var refused = await _lena.Press("Add the field", ("Label", " "), ("Kind", "choice"), ("Choices", "Only one"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("A field has a name").And.Contain("Write 2 to 50 choices").And.Contain("Only one"), "what was typed stays");
        await _lena.Press("Add the field", ("Label", "Site <b>x</b>"), ("Kind", "choice"), ("Choices", "Hall 3\r\nAnnex\n\n"), ("Required", "true"), ("OnForm", "true"));
        Assert.That(_lena.Now.Text, Does.Contain("The field is added.").And.Contain("Site <b>x</b>").And.Contain("Hall 3, Annex").And.Contain("has to be filled in").And.Contain("asked on the customers’ form"));
        Assert.That(_lena.Now.Html, Does.Not.Contain("<b>x</b>"));
        await _lena.Press("Add the field", ("Label", "Hours"), ("Kind", "number"));
        await _lena.Press("Move Hours up");
        Assert.That(await Keys(), Is.EqualTo(new[] { "hours", "site-b-x-b" }));
        Assert.That((await _lena.Press("Save Site <b>x</b>", ("Label", "Site"), ("Choices", "Roof"))).Status, Is.EqualTo(400));
        await _lena.Press("Save Site <b>x</b>", ("Label", "Site"), ("Choices", "Roof\nAnnex"), ("Required", null));
        Assert.That(_lena.Now.Text, Does.Contain("Saved.").And.Contain("Roof, Annex").And.Contain("may stay empty"));
        await _lena.Press("Retire Hours");
        Assert.That(_lena.Now.Text, Does.Contain("The field is retired.").And.Contain("1 retired field"));
        Assert.That(await Keys(), Is.EqualTo(new[] { "site-b-x-b" }));

        using var jonas = await Browser.Of(_host, _nordwind, "Jonas Weber", Roles.Dispatcher);
        Assert.That((await jonas.Go("/at/nordwind/settings/fields")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task They_are_asked_for_with_a_new_ticket_and_changed_on_it()
    {
        await Fields();
        await _lena.Go("/at/nordwind/tickets/new");
        Assert.That(_lena.Now.Html, Does.Contain("type=\"number\"").And.Contain("type=\"date\"").And.Contain("<option value=\"Annex\">"));
        var refused = await _lena.Press("Open the ticket", ("Form.Subject", "Pump"), ("field.hours", "many"), ("field.note", "kept"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("“Site” is needed.").And.Contain("“Hours” is a number"));
        Assert.That(refused.Html, Does.Contain("value=\"kept\""));
        await _lena.Press("Open the ticket", ("field.site", "Annex"), ("field.hours", "2.50"), ("field.visit", "2026-05-31"), ("field.warranty", "true"));
        Assert.That(_lena.Now.Text, Does.Contain("is open."));
        Assert.That(await Values(), Is.EqualTo("""{"site":"Annex","hours":2.5,"visit":"2026-05-31","warranty":true,"note":"kept"}"""));

        var path = _lena.Now.Path;
        var wrong = await _lena.Press("Keep", ("field.visit", "soon"), ("field.note", "other"), ("category", "pumps"));
        Assert.That(wrong.Status, Is.EqualTo(400));
        Assert.That(wrong.Text, Does.Contain("“Visit” is a date"));
        Assert.That(wrong.Html, Does.Contain("value=\"other\""), "what was typed stays");
        await _lena.Go(path);
        await _lena.Press("Keep", ("field.note", ""), ("field.warranty", "false"));
        Assert.That(_lena.Now.Text, Does.Contain("Kept."));
        Assert.That(await Values(), Is.EqualTo("""{"site":"Annex","hours":2.5,"visit":"2026-05-31","warranty":false}"""));
        Assert.That((await _lena.Press("Keep", ("field.site", ""))).Text, Does.Contain("“Site” is needed."));

        using var carla = await Browser.Of(_host, _nordwind, "Carla Auditor", Roles.Auditor, "fr");
        var read = await carla.Go(path);
        Assert.That(read.Text, Does.Contain("31 mai 2026").And.Contain("2,5").And.Contain("non"));
        Assert.That(read.Html, Does.Not.Contain("name=\"field.site\""));
    }

    [Test]
    public async Task What_others_changed_meanwhile_stays()
    {
        await Fields();
        var id = await Open("""{"subject":"Pump","fields":{"site":"Annex","note":"old"}}""");
        await _lena.Go($"/at/nordwind/tickets/{await Number(id)}");
        await _host.Call(Key, HttpMethod.Patch, $"/api/v1/tickets/{id}", JsonNode.Parse("""{"fields":{"note":"new"}}"""));
        await _lena.Press("Keep", ("field.hours", "4"));
        Assert.That(await Values(), Is.EqualTo("""{"site":"Annex","hours":4,"note":"new"}"""));
    }

    [Test]
    public async Task A_list_is_narrowed_by_its_address_and_a_view_keeps_it()
    {
        await Fields();
        await Open("""{"subject":"Alpha pump","fields":{"site":"Annex","visit":"2026-05-31"}}""");
        await Open("""{"subject":"Beta pump","fields":{"site":"Hall 3","visit":"2026-06-30"}}""");
        var all = await _lena.Go("/at/nordwind/tickets");
        Assert.That(all.Text, Does.Contain("Own fields").And.Contain("Alpha pump").And.Contain("Beta pump"));
        await _lena.Press("Show", ("field.site", "Annex"));
        Assert.That(_lena.Now.Text, Does.Contain("Alpha pump").And.Not.Contain("Beta pump"));
        var dated = await _lena.Go("/at/nordwind/tickets?field.visit.from=2026-06-01");
        Assert.That(dated.Text, Does.Contain("Beta pump").And.Not.Contain("Alpha pump"));
        await _lena.Press("Save", ("name", "From June"));
        Assert.That(_lena.Now.Path, Does.Contain("field.visit.from=2026-06-01"));
        var wrong = await _lena.Go("/at/nordwind/tickets?field.colour=red&field.visit.from=2026-06-01");
        Assert.That(wrong.Status, Is.EqualTo(400));
        Assert.That(wrong.Text, Does.Contain("field.colour=red").And.Contain("Beta pump").And.Not.Contain("Alpha pump"));
    }

    [Test]
    public async Task The_list_as_it_is_narrowed_is_a_table()
    {
        await Fields();
        await Open("""{"subject":"=cmd|'/C calc'!A0","assignee":"@Lena, \"the\" first","fields":{"site":"Annex","hours":-2.5,"visit":"2026-05-31","warranty":true,"note":"-1+1"}}""");
        await Open("""{"subject":"Two, Ärger","fields":{"site":"Annex"}}""");
        await Open("""{"subject":"Elsewhere","fields":{"site":"Hall 3"}}""");
        using var carla = await Browser.Of(_host, _nordwind, "Carla Auditor", Roles.Auditor);
        await carla.Go("/at/nordwind/tickets?field.site=Annex&sort=number");
        var link = Markup.TextOf(App.Find(carla.Now.Html, "href=\"([^\"]*handler=Export[^\"]*)\""));
        var table = await carla.Raw(HttpMethod.Get, link);
        Assert.That(table.Status, Is.EqualTo(200), table.Html);
        Assert.That(table.Response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/csv; charset=utf-8"));
        Assert.That(table.Response.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        var lines = table.Html.TrimStart('\ufeff').Split("\r\n");
        Assert.That(lines, Has.Length.EqualTo(4), table.Html);
        Assert.That(lines[0], Is.EqualTo("Number,Subject,Status,Priority,Assignee,Opened,Changed,Partners,Site,Hours,Visit,Warranty,Note"));
        Assert.That(lines[1], Does.StartWith("2,\"Two, Ärger\",New,Normal,,"));
        Assert.That(lines[2], Does.StartWith("1,'=cmd|'/C calc'!A0,New,Normal,\"'@Lena, \"\"the\"\" first\",").And.EndWith(",,Annex,-2.5,2026-05-31,yes,'-1+1"));
        Assert.That((await carla.Raw(HttpMethod.Get, "/at/nordwind/tickets?handler=Export&field.nowhere=1")).Status, Is.EqualTo(400));

        using var nina = await Browser.Of(_host, _nordwind, "Nina Petit", Roles.Agent, "fr");
        Assert.That((await nina.Raw(HttpMethod.Get, "/at/nordwind/tickets?handler=Export")).Html, Does.StartWith("\ufeffNuméro,").Or.StartWith("Numéro,"));
    }

    [Test]
    public async Task Terms_name_them_and_the_hand_over_shows_what_goes()
    {
        await Fields();
        var brightfix = await _host.SignUp("Brightfix");
        using var tom = await Browser.Of(_host, brightfix, "Tom Ridley", Roles.Admin);
        var invited = (await _host.Call(Key, HttpMethod.Post, "/api/v1/links", new JsonObject())).Body!;
        var link = (string)(await _host.Call((string)brightfix["apiKey"]!, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! })).Body!["id"]!;
        await _lena.Go($"/at/nordwind/links/{link}?ask=propose");
        await _lena.Press("Propose to Brightfix", ("terms.Fields", "note"), ("terms.Fields", "hours"));
        Assert.That(_lena.Now.Text, Does.Contain("hours, note"), _lena.Now.Text);
        await tom.Go($"/at/brightfix/links/{link}");
        Assert.That(tom.Now.Text, Does.Contain("hours, note"), "what is signed is read");
        await tom.Press("Sign");
        Assert.That(tom.Now.Text, Does.Contain("These fields go along with a ticket: hours, note."));

        var id = await Open("""{"subject":"Pump","fields":{"site":"Annex","hours":2.5,"note":"canary note"}}""");
        var seen = await _lena.Go($"/at/nordwind/tickets/{await Number(id)}/hand-over");
        Assert.That(seen.Text, Does.Contain("canary note").And.Contain("2.5"));
        Assert.That(seen.Html, Does.Contain("un-ok-").And.Contain("value=\"hours\"").And.Not.Contain("value=\"site\""));
        await _lena.Press("Offer to Brightfix", ("own", "hours"));
        Assert.That((await tom.Go("/at/brightfix/offers")).Text, Does.Contain("Hours: 2.5").And.Not.Contain("canary").And.Not.Contain("Annex"));
        await tom.Press("Accept Pump");
        var mirror = (string)(await _host.Call((string)brightfix["apiKey"]!, HttpMethod.Get, "/api/v1/tickets")).Body!["items"]![0]!["number"]!;
        var ticket = await tom.Go($"/at/brightfix/tickets/{mirror}");
        Assert.That(ticket.Text, Does.Contain("Shared by Nordwind").And.Contain("Hours 2.5").And.Not.Contain("canary").And.Not.Contain("Annex"));
    }

    private async Task Fields()
    {
        foreach (var body in (string[])[
            """{"label":"Site","kind":"choice","choices":["Hall 3","Annex"],"required":true}""", """{"label":"Hours","kind":"number"}""", """{"label":"Visit","kind":"date"}""",
            """{"label":"Warranty","kind":"yes-no"}""", """{"label":"Note","kind":"text"}"""])
        {
            var added = await _host.Call(Key, HttpMethod.Post, "/api/v1/fields", JsonNode.Parse(body));
            Assert.That(added.Status, Is.EqualTo(201), added.Text);
        }
    }

    private async Task<string> Open(string body)
    {
        var opened = await _host.Call(Key, HttpMethod.Post, "/api/v1/tickets", JsonNode.Parse(body));
        Assert.That(opened.Status, Is.EqualTo(201), opened.Text);
        return (string)opened.Body!["id"]!;
    }

    private async Task<string> Number(string id) => (string)(await _host.Call(Key, HttpMethod.Get, $"/api/v1/tickets/{id}")).Body!["number"]!;

    private async Task<string> Values() => (await _host.Call(Key, HttpMethod.Get, "/api/v1/tickets")).Body!["items"]![0]!["fields"]!.ToJsonString();

    private async Task<IEnumerable<string>> Keys() =>
        (await _host.Call(Key, HttpMethod.Get, "/api/v1/fields")).Body!["items"]!.AsArray().Where(f => !(bool)f!["retired"]!).Select(f => (string)f!["key"]!);
}

/// <summary>Of the company's own fields a customer sees those that the form asks for, and nothing afterwards.</summary>
public sealed class When_the_form_asks_for_fields
{
    [Test]
    public async Task He_fills_them_in_and_his_page_shows_nothing_of_them()
    {
        await using var scene = await CustomersScene.Begin();
        foreach (var body in (string[])[
            """{"label":"Machine canary","kind":"choice","choices":["Till canary","Scale"],"required":true,"onForm":true}""", """{"label":"Since canary","kind":"date","onForm":true}""",
            """{"label":"Margin canary","kind":"number"}"""])
        {
            Assert.That((await scene.Post("/api/v1/fields", body)).Status, Is.EqualTo(201));
        }

        var form = await scene.Claire.Go("/for/nordwind");
        Assert.That(form.Text, Does.Contain("Machine canary").And.Contain("Since canary").And.Not.Contain("Margin"));
        Assert.That(form.Html, Does.Contain("type=\"date\""));
        var refused = await scene.Send(("field.since-canary", "soon"));
        Assert.That((refused.Status, refused.Path), Is.EqualTo((400, "/for/nordwind")));
        Assert.That(refused.Text, Does.Contain("“Machine canary” is needed.").And.Contain("“Since canary” is a date").And.Contain("The screen stays dark"));

        scene.Clock.Leap(TimeSpan.FromSeconds(10));
        var filled = Markup.Forms(scene.Claire.Now.Html).Single().Fill("Send to Nordwind", [("field.machine-canary", "Till canary"), ("field.since-canary", "2026-05-31")]).Fields;
        var sent = await scene.Claire.Raw(HttpMethod.Post, "/for/nordwind", [.. filled.Select(f => (f.Key, f.Value)), ("field.margin-canary", "99")]);
        Assert.That(sent.Status, Is.EqualTo(302), sent.Text);
        Assert.That((await scene.Ticket())["fields"]!.ToJsonString(), Is.EqualTo("""{"machine-canary":"Till canary","since-canary":"2026-05-31"}"""), "what the form does not ask for is not taken");
        var followed = await scene.Claire.Go(sent.Response.Headers.Location!.OriginalString);
        Assert.That(followed.Text, Does.Contain("Till 4 is dark"));
        Assert.That(followed.Html, Does.Not.Contain("canary"));
        Assert.That(scene.Mail.Letters.Single().Text, Does.Not.Contain("canary"));
    }
}
