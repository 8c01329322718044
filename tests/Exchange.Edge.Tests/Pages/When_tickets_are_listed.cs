using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Home, the list of tickets and the form of a new one, without script.</summary>
public sealed class When_tickets_are_listed
{
    private ExchangeHost _host = null!;
    private JsonNode _nordwind = null!;
    private JsonNode _brightfix = null!;
    private Browser _lena = null!;

    [SetUp]
    public async Task Meet()
    {
        _host = new ExchangeHost();
        (_nordwind, _brightfix) = (await _host.SignUp("Nordwind"), await _host.SignUp("Brightfix"));
        _lena = await Browser.Of(_host, _nordwind, "Lena Brandt", Roles.Dispatcher);
    }

    [TearDown]
    public void Leave()
    {
        _lena.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task A_new_one_stands_on_top_of_the_list_and_waits_at_home_for_whom_it_was_given_to()
    {
        await Open("An older one");
        await _lena.Go("/at/nordwind/tickets/new");
        await _lena.Press("Open the ticket", ("Form.Subject", "Printer <script>alert(1)</script> & no paper"), ("Form.ContactName", "Anna Keller"), ("Form.Priority", "urgent"), ("Form.Assignee", "Lena Brandt"));
        var list = await _lena.Go("/at/nordwind/tickets");
        Assert.That(list.Status, Is.EqualTo(200));
        Assert.That(list.Text.IndexOf("Printer <script>", StringComparison.Ordinal), Is.InRange(0, list.Text.IndexOf("An older one", StringComparison.Ordinal)));
        Assert.That(list.Text, Does.Contain("Anna Keller").And.Contain("Urgent"));
        Assert.That(list.Html, Does.Not.Contain("<script>alert"));

        var home = await _lena.Go("/at/nordwind/home");
        var mine = Section(home.Html, "h-me");
        Assert.That(mine, Does.Contain("Printer &lt;script&gt;").And.Contain("Anna Keller").And.Not.Contain("An older one"));
        Assert.That(Section(home.Html, "h-co"), Does.Contain("An older one").And.Contain("not assigned").And.Not.Contain("Printer"));
        Assert.That(home.Text, Does.Contain("2 new today"));
    }

    [Test]
    public async Task A_form_that_is_refused_keeps_what_was_typed()
    {
        await _lena.Go("/at/nordwind/tickets/new");
        var again = await _lena.Press("Open the ticket", ("Form.Subject", " "), ("Form.Description", "It smells of ozone"), ("Form.ContactEmail", "anna@keller.example"));
        Assert.That(again.Status, Is.EqualTo(400));
        Assert.That(again.Text, Does.Contain("what it is about").And.Contain("Name the contact").And.Contain("It smells of ozone"));
        Assert.That(again.Html, Does.Contain("anna@keller.example"));
    }

    [Test]
    public async Task What_is_over_at_a_partner_says_who_has_to_act_and_why()
    {
        var (handoff, number) = await HandOver("Rolling gate is stuck");
        var list = await _lena.Go("/at/nordwind/tickets?ball=partner");
        Assert.That(list.Text, Does.Contain("Rolling gate is stuck").And.Contain("Brightfix"));
        Assert.That((await _lena.Go("/at/nordwind/tickets?ball=us")).Text, Does.Not.Contain("Rolling gate is stuck"));
        Assert.That(Section((await _lena.Go("/at/nordwind/home")).Html, "h-pa"), Does.Contain("Brightfix · Offered"));

        await Done(_brightfix, $"/api/v1/handoffs/{handoff}/decline", """{"reason":"no_capacity"}""");
        await TestKit.Eventually.True(async () => Section((await _lena.Go("/at/nordwind/home")).Html, "h-co").Contains("Brightfix declined it: no capacity", StringComparison.Ordinal));
        Assert.That((await _lena.Go("/at/nordwind/tickets?status=check")).Text, Does.Contain(number));
    }

    [Test]
    public async Task An_offer_stands_at_the_partners_home_with_its_placer()
    {
        await HandOver("Gate in hall 3");
        using var tom = await Browser.Of(_host, _brightfix, "Tom Ridley", Roles.Dispatcher);
        var home = await tom.Go("/at/brightfix/home");
        Assert.That(home.Text, Does.Contain("1 new offer.").And.Contain("The one link is up to date."));
        Assert.That((await tom.Go("/at/brightfix/tickets")).Text, Does.Not.Contain("Gate in hall 3"), "before it is accepted there is no ticket");
    }

    [Test]
    public async Task Filters_of_the_address_narrow_it_and_nonsense_is_told()
    {
        await Open("Alpha pump", assignee: "Lena Brandt");
        await Open("Beta pump", priority: "high");
        Assert.That((await _lena.Go("/at/nordwind/tickets?assignee=me")).Text, Does.Contain("Alpha pump").And.Not.Contain("Beta pump"));
        Assert.That((await _lena.Go("/at/nordwind/tickets?assignee=none")).Text, Does.Contain("Beta pump").And.Not.Contain("Alpha pump"));
        Assert.That((await _lena.Go("/at/nordwind/tickets?priority=high")).Text, Does.Contain("Beta pump").And.Not.Contain("Alpha pump"));
        Assert.That((await _lena.Go("/at/nordwind/tickets?q=alpha&sort=changed")).Text, Does.Contain("Alpha pump").And.Not.Contain("Beta pump"));
        Assert.That((await _lena.Go("/at/nordwind/tickets?q=nowhere")).Text, Does.Contain("No ticket is in this list."));
        var wrong = await _lena.Go("/at/nordwind/tickets?status=lost&after=%00");
        Assert.That(wrong.Status, Is.EqualTo(400));
        Assert.That(wrong.Text, Does.Contain("status=lost").And.Contain("Beta pump"));
    }

    [Test]
    public async Task Pages_of_fifty_follow_one_another_without_gap_or_double([Values("", "number", "changed")] string sort)
    {
        for (var i = 0; i < 53; i++)
        {
            await Open($"Case {i:000}");
        }

        var first = await _lena.Go($"/at/nordwind/tickets?sort={sort}");
        var next = await _lena.Go(System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(first.Html, "rel=\"next\" href=\"(?<at>[^\"]+)\"", default, TimeSpan.FromSeconds(5)).Groups[1].Value));
        var (one, other) = (Cases(first.Html), Cases(next.Html));
        Assert.That((one.Count, other.Count), Is.EqualTo((50, 3)));
        Assert.That(one.Concat(other), Is.Unique);
    }

    [Test]
    public async Task Several_are_given_to_somebody_and_given_back()
    {
        var ids = new[] { await Open("One", assignee: "Jonas Weber"), await Open("Two"), await Open("Three") };
        await _lena.Go("/at/nordwind/tickets");
        var given = await Bulk("handler=Assign", ("pick", ids[0]), ("pick", ids[1]), ("to", "Lena Brandt"));
        Assert.That(given.Text, Does.Contain("2 tickets given to Lena Brandt."));
        Assert.That((await Assignees(ids)), Is.EqualTo(new[] { "Lena Brandt", "Lena Brandt", null }));
        await _lena.Press("Undo the assignment");
        Assert.That((await Assignees(ids)), Is.EqualTo(new[] { "Jonas Weber", null, null }));
    }

    [Test]
    public async Task What_cannot_be_closed_is_said_and_the_rest_is_closed()
    {
        var free = await Open("Free to close");
        var (_, number) = await HandOver("A partner is at it");
        var busy = await Id(number);
        await _lena.Go("/at/nordwind/tickets");
        var seen = await Bulk("handler=Status", ("pick", free), ("pick", busy), ("status", "closed"));
        Assert.That(seen.Text, Does.Contain($"{number}: A partner is still at work on it").And.Contain("1 ticket is now: Closed."));
        Assert.That(seen.Text, Does.Not.Contain("Free to close").And.Contain("A partner is at it"));
    }

    [Test]
    public async Task A_view_is_saved_for_oneself_alone_and_removed()
    {
        await Open("Alpha pump", priority: "high");
        using var jonas = await Browser.Of(_host, _nordwind, "Jonas Weber", Roles.Auditor);
        await _lena.Go("/at/nordwind/tickets?priority=high");
        var saved = await _lena.Press("Save", ("name", "Hot <b>ones</b>"));
        Assert.That(saved.Text, Does.Contain("Hot <b>ones</b>").And.Contain("for you alone"));
        Assert.That((await jonas.Go("/at/nordwind/tickets")).Text, Does.Not.Contain("Hot"));
        var view = System.Text.RegularExpressions.Regex.Match(saved.Html, "name=\"view\" value=\"(?<at>[^\"]+)\"", default, TimeSpan.FromSeconds(5)).Groups[1].Value;
        await jonas.Go("/at/nordwind/tickets?priority=high");
        Assert.That((await jonas.Raw(HttpMethod.Post, "/at/nordwind/tickets?handler=Remove", jonas.Token(), ("view", view))).Status, Is.EqualTo(404), "it is not his");
        await _lena.Go("/at/nordwind/tickets?priority=high");
        Assert.That((await _lena.Press("Remove this view")).Text, Does.Contain("The view is removed").And.Not.Contain("Hot"));
    }

    [Test]
    public async Task A_row_and_what_moved_come_alone()
    {
        var id = await Open("Alpha pump");
        var number = (string)(await _host.Call((string)_nordwind["apiKey"]!, HttpMethod.Get, $"/api/v1/tickets/{id}")).Body!["number"]!;
        var row = await _lena.Raw(HttpMethod.Get, $"/at/nordwind/tickets?handler=Row&number={number}");
        Assert.That(row.Html.TrimStart(), Does.StartWith("<tr id=\"t-").And.Contain("Alpha pump"));
        Assert.That((await _lena.Raw(HttpMethod.Get, $"/at/nordwind/tickets?handler=Moved&shown={number}")).Html, Does.Not.Contain("refresh"));
        await Open("Beta pump");
        Assert.That((await _lena.Raw(HttpMethod.Get, $"/at/nordwind/tickets?handler=Moved&shown={number}")).Html, Does.Contain("1 changed: refresh"));
        Assert.That((await _lena.Raw(HttpMethod.Get, "/at/nordwind/home?handler=Live")).Html, Does.Contain("id=\"home\"").And.Not.Contain("<html"));
    }

    [Test]
    public async Task Another_companys_are_not_there_and_who_may_not_change_does_not()
    {
        var theirs = await Open("Secret of Brightfix", of: _brightfix);
        await Open("Ours");
        var list = await _lena.Go("/at/nordwind/tickets");
        Assert.That(list.Text, Does.Not.Contain("Secret of Brightfix"));
        await Bulk("handler=Assign", ("pick", theirs), ("to", "Lena Brandt"));
        Assert.That((string?)(await _host.Call((string)_brightfix["apiKey"]!, HttpMethod.Get, $"/api/v1/tickets/{theirs}")).Body!["assignee"], Is.Null);
        foreach (var path in new[] { "home", "tickets", "tickets/new", "tickets?handler=Row&number=1001", "home?handler=Live" })
        {
            Assert.That((await _lena.Raw(HttpMethod.Get, $"/at/brightfix/{path}")).Status, Is.EqualTo(404), path);
        }

        using var carla = await Browser.Of(_host, _nordwind, "Carla Auditor", Roles.Auditor);
        var seen = await carla.Go("/at/nordwind/tickets?priority=normal");
        Assert.That(seen.Text, Does.Contain("Ours").And.Not.Contain("Assign to"));
        Assert.That((await carla.Raw(HttpMethod.Get, "/at/nordwind/tickets/new")).Status, Is.EqualTo(403));
        var ours = await Open("Ours too");
        Assert.That((await carla.Raw(HttpMethod.Post, "/at/nordwind/tickets?handler=Assign", carla.Token(), ("pick", ours), ("to", "Carla Auditor"))).Status, Is.EqualTo(403));
        Assert.That(await Assignees([ours]), Is.EqualTo(new string?[] { null }));
    }

    [TestCase("fr", "Nouveau ticket", "Tous ouverts")]
    [TestCase("ru", "Новая заявка", "Все открытые")]
    public async Task It_speaks_the_readers_language(string language, string create, string all)
    {
        using var reader = await Browser.Of(_host, _nordwind, "Nina Petit", Roles.Agent, language);
        Assert.That((await reader.Go("/at/nordwind/tickets")).Text, Does.Contain(create).And.Contain(all));
    }

    private async Task<string> Open(string subject, string? assignee = null, string? priority = null, JsonNode? of = null)
    {
        var body = new JsonObject { ["subject"] = subject, ["assignee"] = assignee, ["priority"] = priority };
        var made = await _host.Call((string)(of ?? _nordwind)["apiKey"]!, HttpMethod.Post, "/api/v1/tickets", body);
        Assert.That(made.Status, Is.EqualTo(201), made.Text);
        return (string)made.Body!["id"]!;
    }

    private async Task<(string Handoff, string Number)> HandOver(string subject)
    {
        var ticket = await Open(subject);
        var invited = await _host.Call((string)_nordwind["apiKey"]!, HttpMethod.Post, "/api/v1/links", new JsonObject());
        var accepted = await _host.Call((string)_brightfix["apiKey"]!, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited.Body!["inviteCode"]! });
        var handoff = await _host.Call((string)_nordwind["apiKey"]!, HttpMethod.Post, $"/api/v1/tickets/{ticket}/handoffs", new JsonObject { ["linkId"] = (string)accepted.Body!["id"]! });
        Assert.That(handoff.Status, Is.EqualTo(201), handoff.Text);
        return ((string)handoff.Body!["id"]!, (string)handoff.Body["placer"]!["ticketNumber"]!);
    }

    private async Task Done(JsonNode account, string path, string body)
    {
        var answer = await _host.Send((string)account["apiKey"]!, HttpMethod.Post, path, body);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    private async Task<string> Id(string number) =>
        (string)(await _host.Call((string)_nordwind["apiKey"]!, HttpMethod.Get, $"/api/v1/tickets?q={number}")).Body!["items"]![0]!["id"]!;

    private async Task<string?[]> Assignees(IEnumerable<string> ids)
    {
        var names = new List<string?>();
        foreach (var id in ids)
        {
            names.Add((string?)(await _host.Call((string)_nordwind["apiKey"]!, HttpMethod.Get, $"/api/v1/tickets/{id}")).Body!["assignee"]);
        }

        return [.. names];
    }

    /// <summary>Sends the form of the picked rows, and looks at the list again.</summary>
    private async Task<Seen> Bulk(string handler, params (string Name, string Value)[] fields)
    {
        var sent = await _lena.Raw(HttpMethod.Post, $"/at/nordwind/tickets?{handler}", [_lena.Token(), .. fields]);
        Assert.That(sent.Status, Is.EqualTo(302), sent.Text);
        return await _lena.Go("/at/nordwind/tickets");
    }

    private static List<string> Cases(string html) =>
        [.. System.Text.RegularExpressions.Regex.Matches(html, "Case [0-9]{3}", default, TimeSpan.FromSeconds(5)).Select(m => m.Value)];

    /// <summary>The HTML of the pile with this heading.</summary>
    private static string Section(string html, string heading)
    {
        var from = html.IndexOf($"aria-labelledby=\"{heading}\"", StringComparison.Ordinal);
        Assert.That(from, Is.GreaterThan(0), heading);
        return System.Net.WebUtility.HtmlDecode(html[from..html.IndexOf("</section>", from, StringComparison.Ordinal)]).Replace("<script>", "&lt;script&gt;", StringComparison.Ordinal);
    }
}
