using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Offers, chains, links and partners, on the pages and without script.</summary>
[TestFixture]
public sealed class When_partners_meet
{
    private ExchangeHost _host = null!;
    private JsonNode _nordwind = null!;
    private JsonNode _brightfix = null!;
    private JsonNode _kolibri = null!;
    private Browser _lena = null!;
    private Browser _tom = null!;
    private Browser _eve = null!;
    private string _link = "";

    [OneTimeSetUp]
    public async Task Set_the_scene()
    {
        _host = new ExchangeHost();
        (_nordwind, _brightfix, _kolibri) = (await _host.SignUp("Nordwind"), await _host.SignUp("Brightfix"), await _host.SignUp("Kolibri"));
        _lena = await Browser.Of(_host, _nordwind, "Lena Brandt", Roles.Admin);
        _tom = await Browser.Of(_host, _brightfix, "Tom Ridley", Roles.Admin);
        _eve = await Browser.Of(_host, _kolibri, "Eve Stranger", Roles.Admin);
        var invited = await Made(_nordwind, "/links", "{}");
        _link = (string)(await Made(_brightfix, "/links/accept", $$"""{"inviteCode":"{{invited["inviteCode"]}}"}"""))["id"]!;
    }

    [OneTimeTearDown]
    public void Take_the_scene_away()
    {
        _lena.Dispose();
        _tom.Dispose();
        _eve.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task An_invitation_is_made_read_in_plain_words_and_accepted()
    {
        using var guest = await Browser.Of(_host, await _host.SignUp("Frostwerk"), "Silke Harms", Roles.LinkAdmin);
        await _lena.Go("/at/nordwind/links?invite=true");
        var made = await _lena.Press("Make the invitation", ("terms.ConfirmAfterDays", "7"), ("terms.ShareContact", null));
        var address = Markup.Attribute(Markup.Inputs(made.Html).Single(i => Markup.Attribute(i, "id") == "address"), "value")!;
        Assert.That(made.Html, Does.Contain("<svg class=\"qr\""));

        var read = await guest.Go(new Uri(address).AbsolutePath);
        Assert.Multiple(() =>
        {
            Assert.That(read.Status, Is.EqualTo(200));
            Assert.That(read.Text, Does.Contain("Nordwind invites you to link").And.Contain("Solved work counts as confirmed after 7 days."));
            Assert.That(read.Text, Does.Contain("May be shared: the asset, files."));
        });
        var linked = await guest.Press("Accept and link", ("for", "frostwerk"));
        Assert.That(linked.Path, Does.StartWith("/at/frostwerk/links/"));
        Assert.That(linked.Text, Does.Contain("You are linked with Nordwind."));
        Assert.That((await guest.Go(new Uri(address).AbsolutePath)).Text, Does.Contain("This invitation was accepted already and works once."));
        Assert.That((await _lena.Go("/at/nordwind/links")).Text, Does.Contain("Frostwerk Active"));
    }

    [Test]
    public async Task An_invitation_is_answered_for_ones_own_company_alone()
    {
        var invited = await Made(_kolibri, "/links", "{}");
        var code = (string)invited["inviteCode"]!;
        await _tom.Go($"/invited/{code}");
        var refused = await _tom.Raw(HttpMethod.Post, $"/invited/{code}?handler=accept", ("for", "nordwind"), _tom.Token());
        Assert.That((refused.Status, refused.Text.Contains("Choose for which of your companies you answer.", StringComparison.Ordinal)), Is.EqualTo((400, true)));
        Assert.That((await _eve.Go($"/invited/{code}")).Text, Does.Contain("This is your own company’s invitation"));
        await _tom.Go($"/invited/{code}");
        Assert.That((await _tom.Press("Decline", ("for", "brightfix"))).Path, Is.EqualTo("/at/brightfix/links"));
        Assert.That((string?)(await Read(_kolibri, $"/links/{invited["id"]}"))["state"], Is.EqualTo("declined"));
        Assert.That((await _tom.Go("/invited/NOBODY-HAS-THIS")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task An_offer_is_declined_with_a_reason_and_offered_again()
    {
        var (handoff, _) = await Offer("<script>alert(1)</script> pump");
        var offers = await _tom.Go($"/at/brightfix/offers?open=decline&id={handoff}");
        Assert.That(offers.Html, Does.Not.Contain("<script>alert").And.Contain("&lt;script&gt;alert(1)"));
        Assert.That(offers.Text, Does.Contain("Nordwind reads both."));
        await _tom.PressIn(handoff, "Decline", ("reason", "no_capacity"), ("text", "Monday <b>perhaps</b>"));
        Assert.That(_tom.Now.Text, Does.Contain("Declined. Nordwind knows the reason."));

        var lost = await _lena.Go($"/at/nordwind/offers?open=reroute&id={handoff}");
        Assert.That(lost.Text, Does.Contain("Brightfix declined: no capacity").And.Contain("They add: Monday <b>perhaps</b>"));
        Assert.That(lost.Html, Does.Not.Contain("<b>perhaps"));

        // No rule names a partner, and the one link is the one that declined: the page says why, and keeps what was typed.
        var again = await _lena.PressIn(handoff, "Offer it", ("text", "who else"));
        Assert.That((again.Status, again.Html.Contains("value=\"who else\"", StringComparison.Ordinal)), Is.EqualTo((400, true)), again.Text);
        await Made(_nordwind, $"/handoffs/{handoff}/reroute", $$"""{"linkId":"{{_link}}"}""");
        var lane = (await _lena.Go("/at/nordwind/offers")).Text;
        Assert.That(lane[lane.IndexOf("Came to nothing", StringComparison.Ordinal)..], Does.Not.Contain("alert(1)"), "it was offered again");
    }

    [Test]
    public async Task An_offer_is_accepted_once_and_its_chain_is_drawn()
    {
        var (handoff, number) = await Offer("Roller door");
        var page = await _tom.Go("/at/brightfix/offers");
        Assert.That(page.Text, Does.Contain("Roller door"));
        var token = _tom.Token();
        await _tom.PressIn(handoff, "Accept Roller door");
        Assert.That(_tom.Now.Text, Does.Contain("Accepted as ").And.Contain("Nordwind has the number."));
        var late = await _tom.Raw(HttpMethod.Post, "/at/brightfix/offers?handler=decline", ("id", handoff), ("reason", "price"), ("text", "too late"), token);
        Assert.That((late.Status, late.Text.Contains("too late", StringComparison.Ordinal)), Is.EqualTo((409, true)), "what was written is kept");

        Assert.That((await _lena.Go("/at/nordwind/chains")).Text, Does.Contain("Roller door").And.Contain("Brightfix"));
        var chain = await _lena.Go($"/at/nordwind/chains/{handoff}");
        Assert.Multiple(() =>
        {
            Assert.That(chain.Text, Does.Contain("The ball is with Brightfix"));
            Assert.That(chain.Text, Does.Contain($"{number} · you"));
            Assert.That(chain.Html, Does.Contain("class=\"seg-ball\"").And.Not.Contain("style="));
        });
        Assert.That((await _tom.Go($"/at/brightfix/chains/{handoff}")).Text, Does.Contain("The ball is with you"));
    }

    [Test]
    public async Task A_chain_says_what_each_has_put_into_it()
    {
        var (handoff, _) = await Offer("Roller door");
        await _tom.Go("/at/brightfix/offers");
        await _tom.PressIn(handoff, "Accept Roller door");
        foreach (var body in (string[])["On my way", "There by ten"])
        {
            Assert.That((await _host.Call((string)_brightfix["apiKey"]!, HttpMethod.Post, $"/api/v1/handoffs/{handoff}/comments", new JsonObject { ["body"] = body })).Status, Is.EqualTo(201));
        }

        foreach (var (reader, slug) in new[] { (_lena, "nordwind"), (_tom, "brightfix") })
        {
            await TestKit.Eventually.True(async () => Put(await reader.Go($"/at/{slug}/chains/{handoff}")) is [_, _, _, _, "2", ..]);
            var put = Put(reader.Now);
            Assert.That((put.Count, put[0], put[5], put[6], WebUtility.HtmlDecode(put[7])), Is.EqualTo((8, "Brightfix", "0", "0", "–")));
        }

        static List<string> Put(Seen page) => [.. Regex.Matches(
            Regex.Match(page.Html, "<table class=\"plain put\">.*?<tbody>(?<it>.*?)</tbody>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["it"].Value,
            "<t[hd](?: scope=\"row\" dir=\"auto\"| class=\"r num\")>(?<it>[^<]*)<", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(m => m.Groups["it"].Value)];
    }

    [Test]
    public async Task A_counter_offer_goes_back_and_is_taken()
    {
        var (handoff, _) = await Offer("Locksmith");
        await _tom.Go($"/at/brightfix/offers?open=counter&id={handoff}");
        var wrong = await _tom.PressIn(handoff, "Send to Nordwind", ("amount", "a lot"), ("scope", "door and frame"));
        Assert.That((wrong.Status, wrong.Html.Contains("door and frame", StringComparison.Ordinal)), Is.EqualTo((400, true)));
        await _tom.PressIn(handoff, "Send to Nordwind", ("amount", "160"), ("currency", "eur"), ("until", "2030-01-02T10:00"));
        Assert.That(_tom.Now.Text, Does.Contain("Sent. Nordwind decides now.").And.Contain("you countered: 160 EUR"));

        var asked = await _lena.Go("/at/nordwind/offers");
        Assert.That(asked.Text, Does.Contain("Brightfix counters: 160 EUR").And.Contain("door and frame"));
        await _lena.PressIn(handoff, "Take it (Brightfix)");
        Assert.That((string?)(await Read(_nordwind, $"/handoffs/{handoff}"))["state"], Is.EqualTo("accepted"));
    }

    [Test]
    public async Task What_is_not_ones_own_is_not_there()
    {
        var (handoff, _) = await Offer("Private");
        var id = (string)_nordwind["id"]!;
        foreach (var path in (string[])[$"chains/{handoff}", $"links/{_link}", $"links/{_link}/rehearsal", $"partners/{id}", $"chains/{Guid.NewGuid()}", $"links/{Guid.NewGuid()}", $"chains/{handoff}?handler=relay", $"links/{_link}?handler=state"])
        {
            Assert.That((await _eve.Go($"/at/kolibri/{path}")).Status, Is.EqualTo(404), path);
        }

        Assert.That((await _eve.Go("/at/nordwind/offers")).Status, Is.EqualTo(404));
        await _eve.Go("/at/kolibri/links?invite=true");
        foreach (var (path, fields) in ((string, (string, string)[])[])
        [
            ("offers?handler=accept", [("id", handoff)]), ("offers?handler=recall", [("id", handoff), ("reason", "mine")]), ($"links/{_link}?handler=suspend", []),
            ($"links/{_link}?handler=sign", [("number", "1")]), ("health?handler=retry", [("id", handoff)]), ("health?handler=skip", [("id", handoff)]),
        ])
        {
            Assert.That((await _eve.Raw(HttpMethod.Post, $"/at/kolibri/{path}", [.. fields, _eve.Token()])).Status, Is.EqualTo(404), path);
        }

        Assert.That((string?)(await Read(_nordwind, $"/handoffs/{handoff}"))["state"], Is.EqualTo("offered"));
    }

    [Test]
    public async Task Who_may_only_read_sees_no_commands_and_is_refused_them()
    {
        var (handoff, _) = await Offer("Read me");
        using var reader = await Browser.Of(_host, _brightfix, "Camille Reader", Roles.Auditor);
        var offers = await reader.Go("/at/brightfix/offers");
        Assert.That(offers.Text, Does.Contain("Read me"));
        Assert.That(Markup.Buttons(offers.Html[offers.Html.IndexOf("<main", StringComparison.Ordinal)..offers.Html.IndexOf("</main>", StringComparison.Ordinal)]).Select(b => Markup.TextOf(b.Inner)), Is.Empty);
        Assert.That(offers.Html, Does.Not.Contain("open=decline"));

        await reader.Go("/sign-out");
        Assert.That((await reader.Raw(HttpMethod.Post, "/at/brightfix/offers?handler=accept", ("id", handoff), reader.Token())).Status, Is.EqualTo(403));
        Assert.That((await reader.Raw(HttpMethod.Post, $"/at/brightfix/links/{_link}?handler=suspend", reader.Token())).Status, Is.EqualTo(403));
        Assert.That((await reader.Raw(HttpMethod.Post, "/at/brightfix/links?handler=invite", [.. Terms, reader.Token()])).Status, Is.EqualTo(403));
        Assert.That((await reader.Go($"/at/brightfix/links/{_link}?ask=terminate")).Html, Does.Not.Contain("End the link now"));
        Assert.That((string?)(await Read(_nordwind, $"/handoffs/{handoff}"))["state"], Is.EqualTo("offered"));
    }

    [Test]
    public async Task Before_a_link_is_suspended_it_says_what_will_happen()
    {
        var (link, one, other) = await Linked("Hanse", "Lorenz");
        using var lotte = await Browser.Of(_host, one, "Lotte Hanse", Roles.LinkAdmin | Roles.Dispatcher);
        var ticket = (string)(await Made(one, "/tickets", """{"subject":"Lift"}"""))["id"]!;
        await Made(one, $"/tickets/{ticket}/handoffs", $$"""{"linkId":"{{link}}","resolveBy":"2030-01-01T00:00:00Z"}""");

        var said = await lotte.Go($"/at/hanse/links/{link}?ask=suspend");
        Assert.Multiple(() =>
        {
            Assert.That(said.Text, Does.Contain("1 open handoff stands still.").And.Contain("1 clock stops").And.Contain("1 offer of yours keeps"));
            Assert.That(said.Text, Does.Contain("Only Hanse can resume it."));
        });
        await lotte.Press("Suspend the link", ("reason", "audit <i>now</i>"));
        Assert.That(lotte.Now.Text, Does.Contain("Reason: audit <i>now</i>").And.Contain("Lotte Hanse (Hanse)"));
        Assert.That(lotte.Now.Html, Does.Not.Contain("<i>now"));
        Assert.That((string?)(await Read(other, $"/links/{link}"))["suspendedBy"]![0]!["reason"], Is.EqualTo("audit <i>now</i>"));
        await lotte.Go($"/at/hanse/links/{link}?ask=resume");
        await lotte.Press("Resume the link");
        Assert.That(lotte.Now.Text, Does.Contain("The link flows again."));
        Assert.That((await lotte.Go($"/at/hanse/links/{link}?ask=terminate")).Text, Does.Contain("1 open handoff is severed at once."));
        await lotte.Press("End the link now");
        Assert.That((string?)(await Read(other, $"/links/{link}"))["state"], Is.EqualTo("terminated"));
    }

    [Test]
    public async Task Other_terms_are_proposed_compared_rehearsed_and_signed()
    {
        var (link, one, other) = await Linked("Brandl", "Petersen");
        using var bea = await Browser.Of(_host, one, "Bea Brandl", Roles.LinkAdmin);
        using var paul = await Browser.Of(_host, other, "Paul Petersen", Roles.LinkAdmin);
        await bea.Go($"/at/brandl/links/{link}?ask=propose");
        var wrong = await bea.Press("Propose to Petersen", ("terms.MaxDepth", "9"), ("terms.Offers", "sealed"));
        Assert.That((wrong.Status, wrong.Html.Contains("value=\"sealed\" selected", StringComparison.Ordinal)), Is.EqualTo((400, true)), "what was chosen stays");
        await bea.Press("Propose to Petersen", ("terms.MaxDepth", "3"), ("terms.ShareContact", null));

        var proposed = await paul.Go($"/at/petersen/links/{link}");
        Assert.That(proposed.Text, Does.Contain("Share the contact yes no").And.Contain("Longest chain 5 handoffs 3 handoffs"));
        var before = await paul.Go($"/at/petersen/links/{link}/rehearsal?from=them");
        Assert.That(before.Text, Does.Contain("Before accepting: the offer"));
        var after = await paul.Go($"/at/petersen/links/{link}/rehearsal?from=them&version=2");
        var theirs = after.Html[after.Html.IndexOf("id=\"r-2\"", StringComparison.Ordinal)..];
        Assert.Multiple(() =>
        {
            Assert.That(after.Text, Does.Contain("Contact: the terms do not let it go").And.Contain("Sealed: the rest is fixed by its hash"));
            Assert.That(Markup.TextOf(theirs), Does.Not.Contain("anna.keller@example.com"));
            Assert.That(Markup.TextOf(before.Html[before.Html.IndexOf("id=\"r-2\"", StringComparison.Ordinal)..]), Does.Contain("anna.keller@example.com"));
            Assert.That(Markup.TextOf(theirs[..theirs.IndexOf("After accepting", StringComparison.Ordinal)]), Does.Not.Contain("does not cool"), "sealed until it is accepted");
            Assert.That(Markup.TextOf(theirs[theirs.IndexOf("After accepting", StringComparison.Ordinal)..]), Does.Contain("does not cool"));
        });
        Assert.That((await Read(other, "/handoffs"))["items"]!.AsArray(), Is.Empty, "nothing was stored");

        await paul.Go($"/at/petersen/links/{link}");
        await paul.Press("Sign");
        Assert.That((int?)(await Read(one, $"/links/{link}"))["terms"]!["version"], Is.EqualTo(2));
    }

    [Test]
    public async Task The_figures_of_a_partner_stand_on_its_page()
    {
        var (handoff, _) = await Offer("Rated");
        foreach (var (who, verb, body) in ((JsonNode, string, string)[])
        [
            (_brightfix, "accept", "{}"), (_brightfix, "start", "{}"), (_brightfix, "resolve", """{"solution":"done","minutes":30}"""), (_nordwind, "confirm", "{}"),
            (_nordwind, "rating", """{"score":4,"comment":"Quick <u>work</u>","privateNote":"dear"}"""),
        ])
        {
            await Made(who, $"/handoffs/{handoff}/{verb}", body);
        }

        var card = await _lena.Go($"/at/nordwind/partners/{_brightfix["id"]}?months=3");
        Assert.Multiple(() =>
        {
            Assert.That(card.Status, Is.EqualTo(200));
            Assert.That(card.Text, Does.Contain("Quick <u>work</u>").And.Contain("Only Nordwind reads this: dear").And.Contain("Only Nordwind and Brightfix see this"));
            Assert.That(card.Html, Does.Not.Contain("<u>work").And.Not.Contain("style="));
        });
        Assert.That((await _lena.Go("/at/nordwind/partners")).Text, Does.Contain("Brightfix"));
        var own = await _tom.Go($"/at/brightfix/partners/{_nordwind["id"]}?own=true");
        Assert.That(own.Text, Does.Contain("Quick <u>work</u>").And.Not.Contain("dear"), "the private note is the placer's");
    }

    [TestCase("fr")]
    [TestCase("ru")]
    public async Task No_page_speaks_english_to_others(string language)
    {
        var (handoff, _) = await Offer("Ветер");
        using var other = await Browser.Of(_host, _nordwind, "Anna Autre", Roles.Admin, language);
        foreach (var path in (string[])["offers", $"offers?open=recall&id={handoff}", "chains", $"chains/{handoff}", "links", "links?invite=true", $"links/{_link}", $"links/{_link}?ask=suspend", $"links/{_link}?ask=propose", $"links/{_link}/rehearsal", "health", "partners", $"partners/{_brightfix["id"]}"])
        {
            var page = await other.Go($"/at/nordwind/{path}");
            Assert.That(page.Status, Is.EqualTo(200), path);
            Assert.That(page.Text, Does.Not.Match(@"\b(the|with|terms|your|has|not)\b"), $"{language} {path}");
        }
    }

    private static readonly (string, string)[] Terms =
    [
        ("terms.Directions", "both"), ("terms.Acceptance", "manual"), ("terms.Offers", "visible"), ("terms.Disclosure", "count"), ("terms.MaxDepth", "5"),
        ("terms.ConfirmAfterDays", "5"), ("terms.ReopenWithinDays", "30"), ("terms.RecallSilenceDays", "2"), ("terms.NoticeDays", "14"),
    ];

    private async Task<(string Handoff, string Number)> Offer(string subject)
    {
        var ticket = await Made(_nordwind, "/tickets", new JsonObject { ["subject"] = subject }.ToJsonString());
        var handoff = await Made(_nordwind, $"/tickets/{ticket["id"]}/handoffs", $$"""{"linkId":"{{_link}}"}""");
        return ((string)handoff["id"]!, (string)ticket["number"]!);
    }

    private async Task<(string Link, JsonNode One, JsonNode Other)> Linked(string one, string other)
    {
        var (first, second) = (await _host.SignUp(one), await _host.SignUp(other));
        var invited = await Made(first, "/links", "{}");
        return ((string)(await Made(second, "/links/accept", $$"""{"inviteCode":"{{invited["inviteCode"]}}"}"""))["id"]!, first, second);
    }

    private async Task<JsonNode> Made(JsonNode account, string path, string body)
    {
        var answer = await _host.Call((string)account["apiKey"]!, HttpMethod.Post, $"/api/v1{path}", JsonNode.Parse(body));
        Assert.That(answer.Status, Is.InRange((int)HttpStatusCode.OK, (int)HttpStatusCode.Created), answer.Text);
        return answer.Body!;
    }

    private async Task<JsonNode> Read(JsonNode account, string path)
    {
        var answer = await _host.Call((string)account["apiKey"]!, HttpMethod.Get, $"/api/v1{path}");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer.Body!;
    }
}
