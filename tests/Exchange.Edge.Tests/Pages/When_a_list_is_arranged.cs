using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Columns are chosen in the address; a change of several tickets is taken back as long as nobody has gone on from it.</summary>
public sealed class When_a_list_is_arranged
{
    private ExchangeHost _host = null!;
    private JsonNode _nordwind = null!;
    private Browser _lena = null!;

    private string Key => (string)_nordwind["apiKey"]!;

    [SetUp]
    public async Task Open()
    {
        _host = new ExchangeHost();
        _nordwind = await _host.SignUp("Nordwind");
        _lena = await Browser.Of(_host, _nordwind, "Lena Brandt", Roles.Admin);
    }

    [TearDown]
    public void Close()
    {
        _lena.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task The_chosen_columns_are_shown_in_their_order_and_a_row_that_comes_anew_has_the_same()
    {
        await _lena.Go("/at/nordwind/settings/fields");
        await _lena.Press("Add the field", ("Kind", "text"), ("Label", "Hall"));
        await Done(HttpMethod.Post, "tickets", """{"subject":"Alpha pump","category":"Pumps","fields":{"hall":"Hall <3>"}}""");
        Assert.That(Heads(await _lena.Go("/at/nordwind/tickets")), Is.EqualTo(new[] { "Number", "Subject", "Customer", "Status", "Ball with", "Time left", "Assignee", "Changed" }));

        var seen = await _lena.Go("/at/nordwind/tickets?col=assignee&col=field.hall&col=category&col=opened");
        Assert.That(Heads(seen), Is.EqualTo(new[] { "Number", "Subject", "Category", "Opened", "Hall", "Assignee" }));
        Assert.That(seen.Html, Does.Contain("Hall &lt;3&gt;").And.Not.Contain("Hall <3>"));
        var row = await _lena.Raw(HttpMethod.Get, WebUtility.HtmlDecode(Found(seen.Html, "hx-get=\"(?<it>[^\"]*handler=Row[^\"]*)\"")));
        Assert.That(Regex.Count(row.Html, "<td", RegexOptions.None, TimeSpan.FromSeconds(5)), Is.EqualTo(4 + 4), "box, priority, number and subject, and the four");
        Assert.That(row.Html, Does.Contain("Pumps").And.Contain("Hall &lt;3&gt;").And.Not.Contain("c-st"));
    }

    [Test]
    public async Task They_stay_from_view_to_view_and_are_saved_with_one()
    {
        await Done(HttpMethod.Post, "tickets", """{"subject":"Alpha pump","priority":"high"}""");
        var seen = await _lena.Go("/at/nordwind/tickets?priority=high&col=opened&col=status");
        Assert.That(WebUtility.HtmlDecode(seen.Html), Does.Contain("/at/nordwind/tickets?over=true&col=status&col=opened"));
        await _lena.Press("Save", ("name", "Hot"));
        Assert.That(Heads(_lena.Now), Is.EqualTo(new[] { "Number", "Subject", "Status", "Opened" }));
        Assert.That((await _lena.Press("Show", ("priority", "urgent"))).Path, Does.Contain("col=status").And.Contain("col=opened"));
        var all = await _lena.Go("/at/nordwind/tickets");
        Assert.That(WebUtility.HtmlDecode(all.Html), Does.Contain("/at/nordwind/tickets?priority=high&col=status&col=opened"));
        await _lena.Go("/at/nordwind/tickets?col=customer&col=changed&col=status&col=ball&col=time&col=assignee");
        Assert.That(_lena.Now.Html, Does.Not.Contain("type=\"hidden\" name=\"col\""), "the usual ones need no saying");
    }

    [Test]
    public async Task What_is_no_column_is_told_and_left_out()
    {
        await Done(HttpMethod.Post, "tickets", """{"subject":"Alpha pump"}""");
        var seen = await _lena.Go("/at/nordwind/tickets?col=status&col=weather&col=field.nowhere");
        Assert.That(seen.Status, Is.EqualTo(400));
        Assert.That(seen.Text, Does.Contain("col=weather").And.Contain("col=field.nowhere").And.Contain("Alpha pump"));
        Assert.That(Heads(seen), Is.EqualTo(new[] { "Number", "Subject", "Status" }));
    }

    [Test]
    public async Task A_status_that_nobody_else_saw_is_taken_back()
    {
        var (one, other) = (await Done(HttpMethod.Post, "tickets", """{"subject":"One"}"""), await Done(HttpMethod.Post, "tickets", """{"subject":"Other"}"""));
        await _lena.Go("/at/nordwind/tickets");
        await Bulk(("pick", one), ("pick", other), ("status", "closed"));
        Assert.That((await Status(one), await Status(other)), Is.EqualTo(("closed", "closed")));
        await Done(HttpMethod.Patch, $"tickets/{other}", """{"status":"waiting"}""");
        var undone = await _lena.Press("Undo the change of status");
        Assert.That((await Status(one), await Status(other)), Is.EqualTo(("new", "waiting")), "somebody had gone on with the other");
        Assert.That(undone.Text, Does.Contain("1 ticket has its status again.").And.Contain("Somebody changed it at the same moment"));
    }

    [Test]
    public async Task A_status_that_a_partner_has_to_do_with_is_not_offered_back()
    {
        var brightfix = await _host.SignUp("Brightfix");
        var invited = (await _host.Call(Key, HttpMethod.Post, "/api/v1/links", new JsonObject())).Body!;
        var link = (await _host.Call((string)brightfix["apiKey"]!, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! })).Body!["id"]!;
        var ticket = await Done(HttpMethod.Post, "tickets", """{"subject":"One"}""");
        var handoff = await Done(HttpMethod.Post, $"tickets/{ticket}/handoffs", $$"""{"linkId":"{{link}}"}""");
        await Done(HttpMethod.Post, $"handoffs/{handoff}/recall", """{"reason":"no longer needed"}""");
        await _lena.Go("/at/nordwind/tickets");
        Assert.That((await Bulk(("pick", ticket), ("status", "closed"))).Text, Does.Contain("1 ticket is now: Closed.").And.Not.Contain("Undo"));
        var forged = await _lena.Raw(HttpMethod.Post, "/at/nordwind/tickets?handler=Undo", _lena.Token(), ("back", $"{ticket}\tstatus\tclosed\topen"));
        Assert.That(forged.Status, Is.EqualTo(302));
        Assert.That(await Status(ticket), Is.EqualTo("closed"));
    }

    [Test]
    public async Task A_row_that_comes_anew_meanwhile_takes_nothing_from_the_page_that_comes_next()
    {
        var ticket = await Done(HttpMethod.Post, "tickets", """{"subject":"One"}""");
        var seen = await _lena.Go("/at/nordwind/tickets");
        var row = WebUtility.HtmlDecode(Found(seen.Html, "hx-get=\"(?<it>[^\"]*handler=Row[^\"]*)\""));
        await _lena.Raw(HttpMethod.Post, "/at/nordwind/tickets?handler=Status", _lena.Token(), ("pick", ticket), ("status", "closed"));
        var anew = await _lena.Live(row);
        Assert.That(anew.Html, Does.Contain("Closed"));
        Assert.That(anew.Response.Headers.Contains("Set-Cookie"), Is.False, "it was neither read nor cleared away");
        Assert.That((await _lena.Go("/at/nordwind/tickets")).Text, Does.Contain("1 ticket is now: Closed.").And.Contain("Undo the change of status"));
        Assert.That((await _lena.Go("/at/nordwind/tickets")).Text, Does.Not.Contain("Undo"), "it is said once");
    }

    private async Task<Seen> Bulk(params (string Name, string Value)[] fields)
    {
        var sent = await _lena.Raw(HttpMethod.Post, "/at/nordwind/tickets?handler=Status", [_lena.Token(), .. fields]);
        Assert.That(sent.Status, Is.EqualTo(302), sent.Text);
        return await _lena.Go("/at/nordwind/tickets");
    }

    /// <returns>The id of what was made or changed.</returns>
    private async Task<string> Done(HttpMethod method, string path, string body)
    {
        var answer = await _host.Call(Key, method, $"/api/v1/{path}", JsonNode.Parse(body));
        Assert.That(answer.Status, Is.InRange(200, 201), answer.Text);
        return (string)answer.Body!["id"]!;
    }

    private async Task<string> Status(string ticket) => (string)(await _host.Call(Key, HttpMethod.Get, $"/api/v1/tickets/{ticket}")).Body!["status"]!;

    private static List<string> Heads(Seen seen) =>
        [.. Regex.Matches(seen.Html, "<th class=\"c-(?!cb|pr)[a-z]+\"[^>]*>(?<it>.*?)</th>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .Select(m => Regex.Replace(m.Groups["it"].Value, "<[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(5)).Trim())];

    private static string Found(string text, string pattern) => Regex.Match(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["it"].Value;
}
