using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>The ticket's page without script: forms and links alone.</summary>
public sealed class When_a_ticket_is_worked_on
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

    [Test]
    public async Task What_is_written_is_a_note_unless_one_says_otherwise()
    {
        var (ticket, number) = await Open();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        Assert.That(_lena.Now.Text, Does.Contain("Only Nordwind will read this. It cannot leave"));
        await _lena.Press("Keep as note", ("body", "Gold contract <script>alert(1)</script>"));
        Assert.That((_lena.Now.Status, _lena.Now.Path), Is.EqualTo((200, $"/at/nordwind/tickets/{number}")));
        Assert.That(_lena.Now.Text, Does.Contain("Only Nordwind reads this").And.Contains("Gold contract"));
        Assert.That(_lena.Now.Html, Does.Contain("&lt;script&gt;alert(1)&lt;/script&gt;").And.Not.Contains("<script>alert"));
        Assert.That(await Said(_two.Placer, ticket), Is.EqualTo(new[] { "internal" }));
    }

    [Test]
    public async Task A_partner_reads_what_was_sent_to_it_and_nothing_else()
    {
        var (_, number, handoff) = await Running();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Keep as note", ("body", "The price is being negotiated."));
        await _lena.Press("Send to The customer", ("door", "customer"), ("body", "Somebody comes today."));
        await _lena.Press("Send to Brightfix", ("door", $"partner:{handoff}"), ("body", "The back door is open."));
        Assert.That(_lena.Now.Text, Does.Contain("Brightfix reads this").And.Contains("The back door is open."));

        var mirror = await Mirror(handoff);
        await Until(async () => (await _tom.Go($"/at/brightfix/tickets/{mirror}")).Text.Contains("The back door is open.", StringComparison.Ordinal));
        Assert.That(_tom.Now.Text, Does.Not.Contain("negotiated").And.Not.Contains("comes today"));
        Assert.That(_tom.Now.Text, Does.Contain("The customer is closed here: the customer is Nordwind’s."));
    }

    [Test]
    public async Task Nothing_is_sent_where_the_door_is_not_the_sentence_that_was_shown()
    {
        var (ticket, number, handoff) = await Running();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Keep as note", ("door", $"partner:{handoff}"), ("body", "Do not tell them."));
        Assert.That(_lena.Now.Status, Is.EqualTo(409));
        Assert.That(_lena.Now.Text, Does.Contain("Nothing was sent").And.Contains("Do not tell them."));
        Assert.That(await Said(_two.Placer, ticket), Is.Empty);
    }

    [Test]
    public async Task A_text_to_a_partner_who_is_gone_is_kept_and_goes_nowhere()
    {
        var (ticket, number, handoff) = await Running();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff}/return", """{"reason":"not_ours"}""");
        await _lena.Press("Send to Brightfix", ("door", $"partner:{handoff}"), ("body", "Are you there?"));
        Assert.That(_lena.Now.Status, Is.EqualTo(409));
        Assert.That(_lena.Now.Text, Does.Contain("Brightfix is no longer at work here").And.Contains("Are you there?"));
        Assert.That(Markup.Forms(_lena.Now.Html).Single(f => f.Has("Keep as note")).Fields(), Does.Contain(KeyValuePair.Create("door", "internal")));
        Assert.That(await Said(_two.Placer, ticket), Is.Empty);
    }

    [Test]
    public async Task An_answer_is_what_the_sentence_says_and_lets_the_partner_go_on()
    {
        var (_, number, handoff) = await Running();
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff}/ask", """{"question":"Which refrigerant?"}""");
        await _lena.Go($"/at/nordwind/tickets/{number}?door=partner:{handoff}");
        Assert.That(_lena.Now.Text, Does.Contain("Brightfix will read this as the answer to their question"));
        await _lena.Press("Answer Brightfix", ("body", "R-290"));
        Assert.That((string)(await _two.Get(_two.Placer, $"/api/v1/handoffs/{handoff}")).Body!["state"]!, Is.EqualTo("in_progress"));
        Assert.That(_lena.Now.Text, Does.Contain("Answer answers Brightfix"));
    }

    [Test]
    public async Task A_question_is_answered_only_by_whom_it_was_shown_to()
    {
        var (_, number, handoff) = await Running();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff}/ask", """{"question":"Which?"}""");
        await _lena.Press("Send to Brightfix", ("door", $"partner:{handoff}"), ("body", "We come at noon."));
        Assert.That(_lena.Now.Status, Is.EqualTo(409), "a comment would not be an answer, and an answer is not what was shown");
        Assert.That((string)(await _two.Get(_two.Placer, $"/api/v1/handoffs/{handoff}")).Body!["state"]!, Is.EqualTo("waiting_placer"));
    }

    [Test]
    public async Task Commands_are_drawn_as_they_are_allowed_and_carried_out()
    {
        var (_, number, handoff) = await Running();
        var mirror = await Mirror(handoff);
        await _tom.Go($"/at/brightfix/tickets/{mirror}?do=resolve&handoff={handoff}");
        await _tom.Press("Send the solution to Nordwind", ("text", "New fan."), ("minutes", "25"));
        Assert.That(_tom.Now.Text, Does.Contain("The solution is sent."));
        await Until(async () => Markup.Forms((await _lena.Go($"/at/nordwind/tickets/{number}")).Html).Any(f => f.Has("Confirm")));
        await _lena.Press("Confirm");
        Assert.That(_lena.Now.Text, Does.Contain("Confirmed. You can rate it now."));
        Assert.That(Markup.Forms(_lena.Now.Html).Any(f => f.Has("Confirm")), Is.False);

        await _lena.Go($"/at/nordwind/tickets/{number}?do=rate&handoff={handoff}");
        await _lena.Press("Send the rating to Brightfix", ("score", "4"), ("comment", "Quick."), ("note", "A bit dear."));
        Assert.That(_lena.Now.Text, Does.Contain("Quick.").And.Contains("A bit dear."));
        await Until(async () => (await _tom.Go($"/at/brightfix/tickets/{mirror}?do=reply&handoff={handoff}")).Text.Contains("Quick.", StringComparison.Ordinal));
        Assert.That(_tom.Now.Text, Does.Not.Contain("A bit dear."));
        await _tom.Press("Send to Nordwind", ("text", "Thank you."));
        Assert.That(_tom.Now.Text, Does.Contain("Thank you."));
    }

    [Test]
    public async Task Who_loses_a_race_reads_what_is_true_and_keeps_his_text()
    {
        var (_, number, handoff) = await Running();
        await _lena.Go($"/at/nordwind/tickets/{number}?do=recall&handoff={handoff}");
        await _two.Done(_two.Fulfiller, $"/api/v1/handoffs/{handoff}/resolve", """{"solution":"done"}""");
        await _lena.Press("Recall from Brightfix", ("reason", "We do it ourselves."));
        Assert.That(_lena.Now.Status, Is.EqualTo(412));
        Assert.That(_lena.Now.Text, Does.Contain("The handoff to Brightfix is now: Resolved.").And.Contains("Your text is kept below"));
        Assert.That(_lena.Now.Html, Does.Contain("We do it ourselves.</textarea>"));
        Assert.That((string)(await _two.Get(_two.Placer, $"/api/v1/handoffs/{handoff}")).Body!["state"]!, Is.EqualTo("resolved"));
    }

    [Test]
    public async Task A_draft_is_kept_for_its_writer_alone_until_it_is_sent()
    {
        var (_, number) = await Open();
        using var jonas = await Browser.Of(_two.Host, Account(_two.PlacerId, "Nordwind"), "Jonas Weber", Roles.Agent);
        await _lena.Go($"/at/nordwind/tickets/{number}");
        var kept = await _lena.Raw(HttpMethod.Post, $"/at/nordwind/tickets/{number}?handler=Draft", _lena.Token(), ("door", "internal"), ("body", "Half a thought"));
        Assert.That(kept.Status, Is.EqualTo(200), kept.Html);
        Assert.That((await _lena.Go($"/at/nordwind/tickets/{number}")).Html, Does.Contain("Half a thought</textarea>"));
        Assert.That((await jonas.Go($"/at/nordwind/tickets/{number}")).Html, Does.Not.Contain("Half a thought"));
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Keep as note");
        Assert.That(_lena.Now.Html, Does.Contain("<p dir=\"auto\">Half a thought</p>").And.Not.Contains("Half a thought</textarea>"));
        Assert.That((await _lena.Go($"/at/nordwind/tickets/{number}")).Html, Does.Not.Contain("Half a thought</textarea>"));
    }

    [Test]
    public async Task A_file_goes_along_as_a_copy_and_is_read_by_its_own_company_alone()
    {
        var (ticket, number, handoff) = await Running();
        var uploaded = await _two.Host.Call(_two.Placer, HttpMethod.Post, $"/api/v1/tickets/{ticket}/files", file: "plan"u8.ToArray());
        var file = (string)uploaded.Body!["id"]!;
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Send to Brightfix", ("door", $"partner:{handoff}"), ("body", "The plan."), ("files", file));
        var mirror = await Mirror(handoff);
        await Until(async () => (await _tom.Go($"/at/brightfix/tickets/{mirror}?lane=files")).Html.Contains("/at/brightfix/files/", StringComparison.Ordinal));
        var theirs = _tom.Now.Html[_tom.Now.Html.IndexOf("/at/brightfix/files/", StringComparison.Ordinal)..][..56];
        var content = await _tom.Raw(HttpMethod.Get, theirs);
        Assert.That((content.Status, content.Html), Is.EqualTo((200, "plan")));
        Assert.That(content.Response.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        Assert.That(content.Response.Headers.GetValues("X-Content-Type-Options"), Does.Contain("nosniff"));
        Assert.That((await _tom.Raw(HttpMethod.Get, $"/at/brightfix/files/{file}")).Status, Is.EqualTo(404), "the original is Nordwind's");
    }

    [Test]
    public async Task What_is_handed_over_is_what_was_shown()
    {
        var (_, number) = await Open("""{"subject":"Cooler","description":"11 degrees","contact":{"name":"Anna Keller","phone":"+49 40"},"asset":{"name":"GT-220"}}""");
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Keep as note", ("body", "Never tell the price."));
        await _lena.Press("Send to Anna Keller", ("door", "customer"), ("body", "We send somebody."));
        await _lena.Go($"/at/nordwind/tickets/{number}/hand-over");
        Assert.That(_lena.Now.Text, Does.Contain("Exactly what Brightfix will see").And.Contains("Anna Keller, +49 40").And.Contains("1 internal note: it cannot be picked"));
        Assert.That(_lena.Now.Text, Does.Not.Contain("Never tell the price."));
        await _lena.Press("Offer to Brightfix", ("asset", null), ("note", "Please come before noon."));
        Assert.That(_lena.Now.Text, Does.Contain("Offered to Brightfix."));
        var offer = (await _two.Get(_two.Fulfiller, "/api/v1/handoffs?direction=in&limit=1")).Body!["items"]![0]!["offer"]!;
        Assert.That(((string?)offer["subject"], (string?)offer["note"], (string?)offer["contact"]?["name"], offer["asset"]), Is.EqualTo(("Cooler", "Please come before noon.", "Anna Keller", (JsonNode?)null)));
    }

    [Test]
    public async Task Nothing_is_offered_to_somebody_for_whom_it_was_not_shown()
    {
        var (ticket, number) = await Open();
        await _lena.Go($"/at/nordwind/tickets/{number}/hand-over");
        await _lena.Press("Offer to Brightfix", ("shown", Guid.NewGuid().ToString()), ("note", "Keep this line"));
        Assert.That(_lena.Now.Status, Is.EqualTo(409));
        Assert.That(_lena.Now.Html, Does.Contain("Keep this line"));
        Assert.That((await _two.Get(_two.Placer, $"/api/v1/tickets/{ticket}")).Body!["handoffs"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Only_what_was_changed_is_changed()
    {
        var (ticket, number) = await Open();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _two.Patch(_two.Placer, $"/api/v1/tickets/{ticket}", """{"priority":"urgent"}""");
        await _lena.Press("Keep", ("assignee", "Lena Brandt"));
        var now = (await _two.Get(_two.Placer, $"/api/v1/tickets/{ticket}")).Body!;
        Assert.That(((string)now["assignee"]!, (string)now["priority"]!), Is.EqualTo(("Lena Brandt", "urgent")));
        Assert.That(Markup.Forms(_lena.Now.Html).Any(f => f.Has("Resolved")), Is.True);
    }

    [Test]
    public async Task Ones_own_comment_can_be_taken_back()
    {
        var (_, number) = await Open();
        await _lena.Go($"/at/nordwind/tickets/{number}");
        await _lena.Press("Keep as note", ("body", "Wrong ticket."));
        await _lena.Press("Retract");
        Assert.That(_lena.Now.Text, Does.Contain("retracted by Lena Brandt").And.Not.Contains("Wrong ticket."));
    }

    [Test]
    public async Task Older_ones_are_behind_a_link()
    {
        var (ticket, number) = await Open();
        for (var n = 1; n <= 51; n++)
        {
            await _two.Done(_two.Placer, $"/api/v1/tickets/{ticket}/comments", $$"""{"body":"Note number {{n}}."}""");
        }

        await _lena.Go($"/at/nordwind/tickets/{number}");
        Assert.That(_lena.Now.Text, Does.Contain("Note number 51.").And.Not.Contains("Note number 1."));
        var older = Markup.Attribute(_lena.Now.Html[_lena.Now.Html.IndexOf("class=\"lnk sm older\"", StringComparison.Ordinal)..], "href")!;
        Assert.That((await _lena.Go(older)).Text, Does.Contain("Note number 1.").And.Not.Contains("Note number 2."));
    }

    [Test]
    public async Task Who_only_looks_writes_nothing()
    {
        var (_, number, handoff) = await Running();
        using var camille = await Browser.Of(_two.Host, Account(_two.PlacerId, "Nordwind"), "Camille Roux", Roles.Auditor);
        await camille.Go($"/at/nordwind/tickets/{number}");
        Assert.That(camille.Now.Status, Is.EqualTo(200));
        Assert.That(Markup.Forms(camille.Now.Html).Any(f => f.Has("Keep as note") || f.Has("Keep")), Is.False);
        Assert.That(camille.Now.Text, Does.Not.Contain("Recall …").And.Contains("Your role reads this ticket"));
        Assert.That((await camille.Raw(HttpMethod.Get, $"/at/nordwind/tickets/{number}/hand-over")).Status, Is.EqualTo(403));

        // With the token of another page of his.
        await camille.Go("/accounts");
        var refused = Markup.Forms(camille.Now.Html).Any() ? await camille.Raw(HttpMethod.Post, $"/at/nordwind/tickets/{number}?handler=Command", camille.Token(), ("command", "recall"), ("reason", "x"), ("handoff", handoff)) : null;
        Assert.That(refused?.Status, Is.EqualTo(403));
    }

    [Test]
    public async Task What_is_anothers_does_not_exist()
    {
        var (_, number, handoff) = await Running();
        var (_, other) = await Open();
        Assert.That((await _tom.Raw(HttpMethod.Get, $"/at/nordwind/tickets/{number}")).Status, Is.EqualTo(404));
        Assert.That((await _lena.Raw(HttpMethod.Get, "/at/nordwind/tickets/999999")).Status, Is.EqualTo(404));
        Assert.That((await _lena.Raw(HttpMethod.Get, $"/at/nordwind/tickets/{other}?lane={handoff}")).Status, Is.EqualTo(404));
        await _lena.Go($"/at/nordwind/tickets/{other}");
        Assert.That((await _lena.Raw(HttpMethod.Post, $"/at/nordwind/tickets/{other}?handler=Command", _lena.Token(), ("command", "recall"), ("reason", "x"), ("handoff", handoff))).Status, Is.EqualTo(404));
    }

    [TestCase("Balls")]
    [TestCase("Items")]
    [TestCase("Partners")]
    [TestCase("Lanes")]
    public async Task Its_live_parts_are_read_alone_without_the_box(string part)
    {
        var (_, number, _) = await Running();
        var seen = await _lena.Raw(HttpMethod.Get, $"/at/nordwind/tickets/{number}?handler={part}");
        Assert.That(seen.Status, Is.EqualTo(200));
        Assert.That(seen.Html, Does.Contain("hx-get=").And.Contains("sse:ticket-").And.Contains("sse:handoff-").And.Not.Contains("<html").And.Not.Contains("name=\"body\""));
    }

    [TestCase("fr", "Seul Nordwind lira ceci.", "Partenaires")]
    [TestCase("ru", "Прочтёт только Nordwind.", "Партнёры")]
    public async Task It_is_said_in_the_readers_language(string language, string reads, string partners)
    {
        var (_, number, _) = await Running();
        using var anna = await Browser.Of(_two.Host, Account(_two.PlacerId, "Nordwind"), "Anna Muster", Roles.Agent, language);
        await anna.Go($"/at/nordwind/tickets/{number}");
        Assert.That(anna.Now.Text, Does.Contain(reads).And.Contains(partners).And.Not.Contains("will read").And.Not.Contains("has the ball").And.Not.Contains("do:"));
    }

    private static JsonObject Account(string id, string name) => new() { ["id"] = id, ["name"] = name };

    private async Task<(string Id, string Number)> Open(string body = """{"subject":"Cooler"}""")
    {
        var made = await _two.Post(_two.Placer, "/api/v1/tickets", body);
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

    /// <summary>The audiences of what was said by people, in order.</summary>
    private async Task<string[]> Said(string key, string ticket) =>
        [.. (await _two.Get(key, $"/api/v1/tickets/{ticket}/comments")).Body!["items"]!.AsArray().Where(c => (string)c!["kind"]! == "comment").Select(c => (string)c!["audience"]!)];

    private static async Task Until(Func<Task<bool>> fact) => await TestKit.Eventually.True(fact);
}
