using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>
/// Two companies, one ticket: from the sign-up to the confirmation. Each test is a chapter, told in order, on one host and
/// then on a cluster, where each company talks to a node of its own; the evidence (entries, verifier, canaries) is in StoryJourney.Evidence.cs.
/// </summary>
[TestFixture("one host")]
[TestFixture("a cluster")]
sealed partial class StoryJourney(string on)
{
    readonly Canaries canaries = new();
    readonly Upload pdf = new("delivery note.pdf", Upload.Pdf("Delivery note"), ContentType: "application/pdf");
    IExchange exchange = null!;
    Company nordwind = null!;
    Company brightfix = null!;
    string linkId = "";
    JsonNode ticket = null!;
    JsonNode mirror = null!;
    string pdfId = "";
    string handoffId = "";
    string? chapterThatFailed;

    string TicketId => ticket.Need("id");

    string MirrorId => mirror.Need("id");

    [OneTimeSetUp]
    public async Task Start() => exchange = on is "one host"
        ? await ExchangeProcess.Start()
        : await Cluster.Start(await Servers.ToUse(), new Shape { ByEnvironment = true });

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (exchange is not null)
        {
            await exchange.DisposeAsync();
        }
    }

    [SetUp]
    public void Only_after_the_chapters_before()
    {
        if (chapterThatFailed is not null)
        {
            Assert.Inconclusive($"An earlier chapter failed: {chapterThatFailed}");
        }
    }

    [TearDown]
    public void Remember_a_failure()
    {
        if (TestContext.CurrentContext.Result.FailCount > 0)
        {
            chapterThatFailed ??= TestContext.CurrentContext.Test.Name;
        }
    }

    [Test, Order(1)]
    public async Task Two_companies_sign_up_and_are_linked_by_one_code()
    {
        nordwind = await Company.SignUp(exchange.Nodes[0], "Nordwind");
        brightfix = await Company.SignUp(exchange.Nodes[^1], "Brightfix");
        var own = await nordwind.Get("account");
        Assert.That((own.Text("id"), own.Text("name")), Is.EqualTo((nordwind.Id, "Nordwind")));

        var invitation = await nordwind.Post("links", new { });
        Assert.That(invitation.Text("state"), Is.EqualTo("invited"));
        var accepted = await brightfix.Post("links/accept", new { inviteCode = invitation.Need("inviteCode") }, 200);
        canaries.Secrets.Add(invitation.Need("inviteCode"));
        linkId = accepted.Need("id");

        Assert.That((accepted.Text("state"), accepted.Text("partner.id"), accepted.Text("partner.name")), Is.EqualTo(("active", nordwind.Id, "Nordwind")));
        var seen = (await nordwind.All("links")).Single();
        Assert.That((seen.Text("id"), seen.Text("state"), seen.Text("partner.name")), Is.EqualTo((linkId, "active", "Brightfix")));
        Assert.That(seen.Number("terms.version"), Is.EqualTo(1));
    }

    [Test, Order(2)]
    public async Task Nordwind_opens_a_ticket_with_contact_asset_note_message_and_pdf()
    {
        ticket = await nordwind.OpenTicket(new
        {
            subject = canaries.Subject,
            description = "It hums, but the belt does not move.",
            priority = "high",
            contact = new { name = canaries.Contact, email = canaries.Email, phone = "+49 30 901820" },
            asset = new { name = "Belt scanner", serial = "BS-4711", location = "Hall 3" },
        });
        Assert.That((ticket.Text("status"), ticket.Text("priority"), ticket.Text("contact.name")), Is.EqualTo(("new", "high", canaries.Contact)));
        Assert.That(ticket.Text("number"), Is.Not.Null.And.Not.Empty);

        var note = await nordwind.Comment(TicketId, new { body = canaries.PlacerNote });
        Assert.That(note.Text("audience"), Is.EqualTo("internal"), "the default audience");
        var message = await nordwind.Comment(TicketId, new { body = canaries.CustomerMessage, audience = "customer" });
        Assert.That(message.Text("audience"), Is.EqualTo("customer"));

        var kept = await nordwind.Upload(TicketId, pdf);
        pdfId = kept.Need("id");
        Assert.That((kept.Text("name"), kept.Number("size"), kept.Text("contentType"), kept.Text("sha256"), kept.Text("state")), Is.EqualTo((pdf.Name, (long)pdf.Content.Length, pdf.ContentType, pdf.Sha256, "available")));
        await nordwind.Upload(TicketId, new Upload(canaries.UnpickedFile, Upload.Pdf(canaries.PlacerNote), ContentType: "application/pdf"));
    }

    [Test, Order(3)]
    public async Task Nordwind_hands_it_over_and_Brightfix_sees_the_offer()
    {
        var offered = await nordwind.HandOver(TicketId, new
        {
            linkId,
            note = "Please bring a spare belt.",
            share = new { contact = true, asset = true, files = new[] { pdfId } },
        });
        handoffId = offered.Need("id");
        Assert.That(offered.Text("state"), Is.EqualTo("offered"));
        Assert.That(offered.Words("allowed"), Does.Contain("recall").And.Not.Contain("accept"));
        Assert.That(await nordwind.StatusOf(TicketId), Is.EqualTo("with_partner"));
        var row = (await nordwind.Ticket(TicketId)).Items("handoffs").Single();
        Assert.That((row.Text("id"), row.Text("direction"), row.Text("partner.name"), row.Text("state")), Is.EqualTo((handoffId, "out", "Brightfix", "offered")));

        Assert.That((await brightfix.All("handoffs?direction=in&state=offered")).Single().Text("id"), Is.EqualTo(handoffId));
        var seen = await brightfix.Handoff(handoffId);
        Assert.That(seen.Words("allowed"), Is.SupersetOf(new[] { "accept", "decline" }).And.Not.Contain("recall"));
        Assert.That((seen.Text("offer.subject"), seen.Text("offer.priority"), seen.Text("offer.note"), seen.Text("offer.sealed")), Is.EqualTo((canaries.Subject, "high", "Please bring a spare belt.", "false")));
        Assert.That((seen.Text("offer.contact.name"), seen.Text("offer.contact.email"), seen.Text("offer.asset.serial")), Is.EqualTo((canaries.Contact, canaries.Email, "BS-4711")));
        var file = seen.Items("offer.files").Single();
        Assert.That((file.Text("name"), file.Number("size"), file.Text("contentType")), Is.EqualTo((pdf.Name, (long)pdf.Content.Length, pdf.ContentType)));
        Assert.That(seen.Text("ticketId"), Is.Null, "there is no mirror yet");
    }

    [Test, Order(4)]
    public async Task Before_accepting_Brightfix_asks_on_the_offer_itself()
    {
        await brightfix.Say(handoffId, "Which belt width is it?");
        await Eventually.Holds("Nordwind reads it on its ticket", async () =>
            (await nordwind.Comments(TicketId)).Count(c => c.Is("body", "Which belt width is it?")) == 1 ? null : "It is not there.");
    }

    [Test, Order(5)]
    public async Task Accepting_makes_a_mirror_and_each_side_sees_the_others_number()
    {
        var accepted = await brightfix.Do(handoffId, "accept", new { eta = "2031-01-01T08:00:00Z" });
        Assert.That(accepted.Text("state"), Is.EqualTo("accepted"));
        mirror = await brightfix.Ticket(accepted.Need("ticketId"));
        Assert.That(MirrorId, Is.Not.EqualTo(TicketId));
        Assert.That((mirror.Text("subject"), mirror.Text("priority"), mirror.Text("status")), Is.EqualTo((canaries.Subject, "high", "new")));
        Assert.That((mirror.Text("contact.name"), mirror.Text("asset.serial")), Is.EqualTo((canaries.Contact, "BS-4711")));

        foreach (var side in new[] { nordwind, brightfix })
        {
            var handoff = await side.Handoff(handoffId);
            Assert.That((handoff.Text("placer.ticketNumber"), handoff.Text("fulfiller.ticketNumber")), Is.EqualTo((ticket.Text("number"), mirror.Text("number"))), side.Name);
            Assert.That((handoff.Text("placer.account.name"), handoff.Text("fulfiller.account.name")), Is.EqualTo(("Nordwind", "Brightfix")), side.Name);
        }

        await Eventually.Holds("Nordwind's ticket shows Brightfix's number", async () => Row(await nordwind.Ticket(TicketId)) is var row && row == ("out", "Brightfix", mirror.Text("number"), "accepted") ? null : row.ToString());
        await Eventually.Holds("the mirror shows Nordwind's number", async () => Row(await brightfix.Ticket(MirrorId)) is var row && row == ("in", "Nordwind", ticket.Text("number"), "accepted") ? null : row.ToString());
        await Shows("accepted", "with_partner", "new");
    }

    [Test, Order(6)]
    public async Task The_picked_pdf_opens_with_the_mirror_and_nothing_else_came_along()
    {
        var arrived = await Arrives(brightfix, MirrorId, pdf);
        Assert.That(arrived.Text("id"), Is.Not.EqualTo(pdfId), "a record of its own");
        var whole = (await brightfix.Download(arrived.Need("id"))).Must(200);
        Assert.That(whole.Bytes, Is.EqualTo(pdf.Content));
        Assert.That(whole.Header("Content-Disposition"), Does.StartWith("attachment"));
        Assert.That(whole.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
        var part = (await brightfix.Download(arrived.Need("id"), (5, 24))).Must(206);
        Assert.That(part.Bytes, Is.EqualTo(pdf.Content[5..25]));
        Assert.That(part.Header("Content-Range"), Is.EqualTo($"bytes 5-24/{pdf.Content.Length}"));

        Assert.That((await brightfix.Files(MirrorId)).Select(file => file.Text("name")), Is.EqualTo(new[] { pdf.Name }));
        Assert.That((await brightfix.Comments(MirrorId)).Where(c => c.Is("kind", "comment")).Select(c => c.Text("body")), Is.EqualTo(new[] { "Which belt width is it?" }));
    }

    [Test, Order(7)]
    public async Task Comments_travel_both_ways_once_with_receipts()
    {
        var fromNordwind = await nordwind.Comment(TicketId, new { body = canaries.PartnerComment, audience = "partner", handoffId });
        await Travels(fromNordwind, nordwind, TicketId, brightfix, MirrorId, mirror.Need("number"));
        var fromBrightfix = await brightfix.Comment(MirrorId, new { body = "We come at eight.", audience = "partner" });
        await Travels(fromBrightfix, brightfix, MirrorId, nordwind, TicketId, ticket.Need("number"));
        var onTheHandoff = await nordwind.Say(handoffId, "Ring at gate 2.");
        await Travels(onTheHandoff, nordwind, TicketId, brightfix, MirrorId, mirror.Need("number"));
    }

    [Test, Order(8)]
    public async Task Files_travel_both_ways_and_arrive_byte_for_byte()
    {
        var plan = new Upload("plan.bin", Upload.Noise(300_000, 1), "partner", handoffId);
        await nordwind.Upload(TicketId, plan);
        await Arrives(brightfix, MirrorId, plan);
        var photo = new Upload("Förderband №3.png", Upload.Noise(70_000, 2), "partner", handoffId, "image/png") { FileFirst = true };
        await brightfix.Upload(MirrorId, photo);
        await Arrives(nordwind, TicketId, photo);

        var log = new Upload("log.txt", "belt speed 0\n"u8.ToArray(), ContentType: "text/plain");
        var own = await brightfix.Upload(MirrorId, log);
        await brightfix.Comment(MirrorId, new { body = "The log is attached.", audience = "partner", handoffId, files = new[] { own.Need("id") } });
        await Arrives(nordwind, TicketId, log);
        var comment = (await nordwind.Comments(TicketId)).Single(c => c.Is("body", "The log is attached."));
        Assert.That(comment.Items("files").Single().Text("name"), Is.EqualTo("log.txt"), "the comment carries its file");
    }

    [Test, Order(9)]
    public async Task Notes_stay_in_the_desk_where_they_were_written()
    {
        await nordwind.Comment(TicketId, new { body = canaries.PlacerNote + " again", audience = "internal" });
        await brightfix.Comment(MirrorId, new { body = canaries.FulfillerNote });
        (await brightfix.Tell($"tickets/{MirrorId}/comments", new { body = "Dear customer", audience = "customer" })).Refused(422, "audience-forbidden");
        await nordwind.Comment(TicketId, new { body = canaries.CustomerMessage + " again", audience = "customer" });
    }

    [Test, Order(10)]
    public async Task Brightfix_starts_asks_and_is_answered()
    {
        await brightfix.Do(handoffId, "start");
        await Shows("in_progress", "with_partner", "open");
        await brightfix.Do(handoffId, "ask", new { question = "Who has the key to hall 3?" });
        await Shows("waiting_placer", "check", "waiting");
        await nordwind.Do(handoffId, "answer", new { text = "The porter at gate 2." });
        await Shows("in_progress", "with_partner", "open");
    }

    [Test, Order(11)]
    public async Task It_is_resolved_reworked_resolved_again_and_confirmed()
    {
        await brightfix.Do(handoffId, "resolve", new { solution = "Tightened the belt.", minutes = 40 });
        await Shows("resolved", "check", "resolved");
        await nordwind.Do(handoffId, "rework", new { reason = "not_fixed", text = "It stands still again." });
        await Shows("in_progress", "with_partner", "open");
        await brightfix.Do(handoffId, "resolve", new { solution = "Replaced the belt.", code = "replaced", minutes = 25 });
        await Shows("resolved", "check", "resolved");
        var closed = await nordwind.Do(handoffId, "confirm");
        Assert.That((closed.Text("state"), closed.Number("reworkCount")), Is.EqualTo(("closed", 1L)));
        // Confirming deals with it; the ticket was not with_partner any more, so it stays as it is (semantics 5).
        await Shows("closed", "check", "closed");
        (await nordwind.Tell($"handoffs/{handoffId}/comments", new { body = "One more thing" })).Refused(409, "handoff-over");
    }

    [Test, Order(12)]
    public async Task Both_conversations_show_each_item_as_its_kind()
    {
        string[] told =
        [
            "comment: Which belt width is it?", $"comment: {canaries.PartnerComment}", "comment: We come at eight.", "comment: Ring at gate 2.", "comment: The log is attached.",
            "question: Who has the key to hall 3?", "answer: The porter at gate 2.",
            "solution: Tightened the belt.", "rework: It stands still again.", "solution: Replaced the belt.",
        ];
        await (new Scene(nordwind, brightfix, linkId)).Settled(handoffId);
        foreach (var side in new[] { nordwind, brightfix })
        {
            var conversation = await side.Conversation(handoffId);
            // The reason of a rework may stand before its text.
            var shown = conversation.OrderBy(item => item.Number("seq")).Select(item => $"{item.Text("kind")}: {item.Need("body").Replace("not_fixed: ", "", StringComparison.Ordinal)}");
            Assert.That(shown, Is.EqualTo(told), side.Name);
            Assert.That(conversation.Select(item => item.Text("audience")), Is.All.EqualTo("partner"), side.Name);
        }
    }
}
