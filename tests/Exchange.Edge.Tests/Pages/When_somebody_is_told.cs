using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>The bell, the list, the dot, the rules and the mails, at a real host with a real mail server.</summary>
public sealed class When_somebody_is_told
{
    private Mailbox _mailbox = null!;
    private ExchangeHost _host = null!;
    private JsonNode _nordwind = null!;
    private JsonNode _brightfix = null!;
    private Browser _lena = null!;
    private Browser _jonas = null!;
    private Browser _tom = null!;
    private string _link = "";

    private string Nordwind => (string)_nordwind["apiKey"]!;

    private string Brightfix => (string)_brightfix["apiKey"]!;

    [SetUp]
    public async Task Begin()
    {
        _mailbox = new Mailbox();
        _host = new ExchangeHost(more: services => services.AddSingleton(_mailbox.Settings));
        (_nordwind, _brightfix) = (await _host.SignUp("Nordwind"), await _host.SignUp("Brightfix"));
        _lena = await Browser.Of(_host, _nordwind, "Lena Brandt", Roles.Admin);
        _jonas = await Browser.Of(_host, _nordwind, "Jonas Weber", Roles.Agent, "fr");
        _tom = await Browser.Of(_host, _brightfix, "Tom Petit", Roles.Dispatcher | Roles.Agent);
        var invited = await Post(Nordwind, "/api/v1/links", "{}");
        _link = (string)(await Post(Brightfix, "/api/v1/links/accept", $$"""{"inviteCode":"{{invited["inviteCode"]}}"}"""))["id"]!;
    }

    [TearDown]
    public void End()
    {
        _lena.Dispose();
        _jonas.Dispose();
        _tom.Dispose();
        _host.Dispose();
        _mailbox.Dispose();
    }

    [Test]
    public async Task The_bell_rings_the_row_has_a_dot_and_opening_the_ticket_is_reading()
    {
        var number = (string)(await Assigned("Pump stands still"))["number"]!;
        await Eventually.True(async () => (await _jonas.Go("/at/nordwind/navigation")).Html.Contains("data-unread>1<", StringComparison.Ordinal));
        Assert.That((await _lena.Go("/at/nordwind/notices")).Text, Does.Not.Contain("Pump stands still"), "it is his");
        Assert.That((await _tom.Go("/at/brightfix/notices")).Text, Does.Not.Contain("Pump stands still").And.Contains("Nothing has happened"));
        var row = Regex.Escape($"id=\"t-{number}\" class=\"unread\"");
        Assert.That((await _jonas.Go("/at/nordwind/tickets")).Html, Does.Match(row));
        Assert.That((await _lena.Go("/at/nordwind/tickets")).Html, Does.Not.Match(row));
        var list = await _jonas.Go("/at/nordwind/notices");
        Assert.That(list.Text, Does.Contain("Pump stands still").And.Contain("Lena Brandt"));
        Assert.That(list.Html, Does.Contain("class=\"unread\""));

        await _jonas.Go($"/at/nordwind/tickets/{number}");
        Assert.That((await _jonas.Go("/at/nordwind/navigation")).Html, Does.Not.Contain("data-unread"));
        Assert.That((await _jonas.Go("/at/nordwind/tickets")).Html, Does.Not.Match(row));
        Assert.That((await _jonas.Go("/at/nordwind/notices")).Html, Does.Not.Contain("class=\"unread\"").And.Contain("Pump stands still"));
    }

    [Test]
    public async Task All_can_be_marked_and_one_leads_where_it_belongs()
    {
        await Assigned("One");
        await Assigned("Two");
        await Eventually.True(async () => (await _jonas.Go("/at/nordwind/navigation")).Html.Contains("data-unread>2<", StringComparison.Ordinal));
        var link = Regex.Match((await _jonas.Go("/at/nordwind/notices")).Html, "href=\"(?<to>/at/nordwind/notices\\?handler=Open&amp;notice=\\d+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["to"].Value.Replace("&amp;", "&", StringComparison.Ordinal);
        Assert.That((await _lena.Go(link)).Path, Is.EqualTo("/at/nordwind/notices"), "another’s is nobody’s");
        Assert.That((await _jonas.Go("/at/nordwind/navigation")).Html, Does.Contain("data-unread>2<"));
        Assert.That((await _jonas.Go(link)).Path, Does.StartWith("/at/nordwind/tickets/"));
        Assert.That((await _jonas.Go("/at/nordwind/navigation")).Html, Does.Contain("data-unread>1<"));
        await _jonas.Go("/at/nordwind/notices");
        Assert.That((await _jonas.Press("Tout marquer comme lu")).Html, Does.Not.Contain("class=\"unread\""));
    }

    [Test]
    public async Task A_mail_holds_a_number_a_company_and_a_link_and_nothing_that_was_written()
    {
        await Tick(_jonas, "partner-said");
        var ticket = await Assigned("CANARY-subject");
        var (id, number) = ((string)ticket["id"]!, (string)ticket["number"]!);
        var assigned = await Mail(_jonas);
        Assert.That(assigned.Text, Does.Contain(number).And.Contain($"https://desk.example/at/nordwind/tickets/{number}").And.Contain("https://desk.example/at/nordwind/settings/notifications"));

        await Post(Nordwind, $"/api/v1/tickets/{id}/comments", """{"body":"CANARY-note"}""");
        var handoff = (string)(await Post(Nordwind, $"/api/v1/tickets/{id}/handoffs", $$"""{"linkId":"{{_link}}","note":"CANARY-offer"}"""))["id"]!;
        var offered = await Mail(_tom);
        Assert.That(offered.Text, Does.Contain("Nordwind").And.Contain("https://desk.example/at/brightfix/offers").And.Not.Contain(number));
        await Post(Brightfix, $"/api/v1/handoffs/{handoff}/accept", "{}");

        // What came is gathered; the ticket was told of a moment ago.
        await Post(Brightfix, $"/api/v1/handoffs/{handoff}/comments", """{"body":"CANARY-partner"}""");
        await Eventually.True(async () => (await _jonas.Go("/at/nordwind/notices")).Text.Contains("Brightfix a écrit sur", StringComparison.Ordinal));
        Assert.That(_mailbox.IsEmpty, "one in ten minutes");
        foreach (var mail in (Mail[])[assigned, offered])
        {
            Assert.That(mail.Text + Subject(mail), Does.Not.Contain("CANARY").And.Not.Contain("Lena").And.Not.Contain("Claire").And.Not.Contain("pump"));
        }
    }

    [Test]
    public async Task Rules_are_ones_own_and_work_without_script()
    {
        var before = (await _lena.Go("/at/nordwind/settings/notifications")).Html;
        Assert.That(Ticked(before, "app"), Is.EquivalentTo(Core.Notices.NoticeKinds.All.Select(Core.Notices.NoticeKinds.Name)));
        Assert.That(Ticked(before, "byMail"), Is.EquivalentTo(new[] { "assigned", "customer-replied", "offer-came", "parked" }));
        await Tick(_jonas, "over-time");
        Assert.That(Ticked((await _jonas.Go("/at/nordwind/settings/notifications")).Html, "byMail"), Is.EqualTo(new[] { "over-time" }));
        Assert.That(Ticked((await _lena.Go("/at/nordwind/settings/notifications")).Html, "byMail"), Has.Count.EqualTo(4));
        await Assigned("No mail");
        await Eventually.True(async () => (await _jonas.Go("/at/nordwind/notices")).Html.Contains("No mail", StringComparison.Ordinal));
        Assert.That(_mailbox.IsEmpty);
    }

    [Test]
    public async Task The_live_line_tells_each_his_own_alone()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var (his, hers) = (await Heard(_jonas, limit.Token), await Heard(_lena, limit.Token));
        await Assigned("Rings");
        Assert.That(await his.Until($"event: notice-{_jonas.Person}", limit.Token), Is.True);

        // Her own comes after his: by then his would have come to her too.
        await Assigned("Sign", "Lena Brandt");
        Assert.That(await hers.Until($"event: notice-{_lena.Person}", limit.Token), Is.True);
        Assert.That(hers.Lines, Has.None.Contains(_jonas.Person.ToString()));
        Assert.That(his.Lines, Has.None.Contains(_lena.Person.ToString()));
        his.Dispose();
        hers.Dispose();
    }

    [Test]
    public async Task A_customer_is_given_a_link_and_told_by_mail_that_there_is_an_answer()
    {
        var ticket = await Assigned("CANARY-subject", null);
        var (id, number) = ((string)ticket["id"]!, (string)ticket["number"]!);
        await _jonas.Go($"/at/nordwind/tickets/{number}");
        var refused = await _jonas.Press("Créer le lien", ("name", "Claire Dubois"), ("email", "no address"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Html, Does.Contain("no address"), "what was typed stands there still");
        var made = await _jonas.Press("Créer le lien", ("name", "Claire Dubois"), ("email", "claire@parc.example"));
        var link = App.Find(made.Html, "https://desk\\.example(/t/[A-Za-z0-9_-]{32})");
        Assert.That((await _mailbox.Next()).Text, Does.Contain(link));
        Assert.That((await _jonas.Go($"/at/nordwind/tickets/{number}")).Html, Does.Not.Contain(link).And.Contain("Claire Dubois"), "it is shown once");

        await Post(Nordwind, $"/api/v1/tickets/{id}/comments", """{"body":"CANARY-note"}""");
        await Post(Nordwind, $"/api/v1/tickets/{id}/comments", """{"body":"CANARY-answer","audience":"customer"}""");
        var mail = await _mailbox.Next();
        Assert.That(mail.Envelope, Does.Contain("RCPT TO:<claire@parc.example>"));
        Assert.That(mail.Text + Subject(mail), Does.Contain("Nordwind a répondu à votre demande").And.Contain(number).And.Not.Contain("CANARY").And.Not.Contain("Jonas").And.Not.Contain("Claire"));
        var page = App.Find(mail.Text, "https://desk\\.example(/t/[A-Za-z0-9_-]{32})");
        using var claire = new Browser(_host);
        foreach (var path in (string[])[page, link])
        {
            Assert.That((await claire.Go(path)).Text, Does.Contain("CANARY-answer").And.Not.Contain("CANARY-note"));
        }
    }

    /// <summary>Chooses mail of one kind alone.</summary>
    private static async Task Tick(Browser browser, string kind)
    {
        var seen = await browser.Go("/at/nordwind/settings/notifications");
        List<(string, string)> fields = [browser.Token(), .. Ticked(seen.Html, "app").Select(k => ("app", k)), ("byMail", kind)];
        if (kind == "partner-said")
        {
            fields.Add(("byMail", "assigned"));
        }

        Assert.That((await browser.Raw(HttpMethod.Post, "/at/nordwind/settings/notifications", [.. fields])).Status, Is.EqualTo(302));
    }

    private static List<string> Ticked(string html, string name) =>
        [.. Regex.Matches(html, $"<input[^>]*name=\"{name}\" value=\"(?<kind>[^\"]+)\"[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Where(m => m.Value.Contains(" checked", StringComparison.Ordinal)).Select(m => m.Groups["kind"].Value)];

    /// <summary>Lena gives a new ticket to somebody, at the pages; Jonas gives one to her.</summary>
    private async Task<JsonNode> Assigned(string subject, string? to = "Jonas Weber")
    {
        var ticket = await Post(Nordwind, "/api/v1/tickets", new JsonObject { ["subject"] = subject, ["contact"] = new JsonObject { ["name"] = "Claire Dubois", ["email"] = "claire@parc.example" } }.ToJsonString());
        if (to is not null)
        {
            var by = to == "Lena Brandt" ? _jonas : _lena;
            await by.Go($"/at/nordwind/tickets/{ticket["number"]}");
            await by.Press(by == _jonas ? "Garder" : "Keep", ("assignee", to));
            Assert.That(by.Now.Status, Is.EqualTo(200), by.Now.Text);
        }

        return ticket;
    }

    private async Task<Mail> Mail(Browser to)
    {
        var mail = await _mailbox.Next();
        Assert.That(mail.Envelope, Does.Contain($"RCPT TO:<{to.Email}>"));
        return mail;
    }

    private static string Subject(Mail mail)
    {
        var line = Regex.Match(mail.Raw, @"^Subject: (?<is>.*(?:\r\n .*)*)", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Groups["is"].Value;
        return string.Concat(Regex.Matches(line, @"=\?utf-8\?B\?(?<b>[^?]+)\?=", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)).Select(m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups["b"].Value)))) + line;
    }

    private async Task<JsonNode> Post(string key, string path, string json)
    {
        var answer = await _host.Call(key, HttpMethod.Post, path, JsonNode.Parse(json));
        Assert.That(answer.Status, Is.InRange(200, 201), answer.Text);
        return answer.Body!;
    }

    private static async Task<Line> Heard(Browser browser, CancellationToken ct) => await Line.Open(await browser.Stream("/at/nordwind/live"), ct);

    /// <summary>The live line of an open page.</summary>
    private sealed class Line(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public List<string> Lines { get; } = [];

        public static async Task<Line> Open(HttpResponseMessage response, CancellationToken ct)
        {
            var line = new Line(response, new StreamReader(await response.Content.ReadAsStreamAsync(ct)));
            await line.Until("event: hello", ct);
            return line;
        }

        public async Task<bool> Until(string begins, CancellationToken ct)
        {
            while (await reader.ReadLineAsync(ct) is { } text)
            {
                Lines.Add(text);
                if (text.StartsWith(begins, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
