using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Exchange.Journeys;

/// <summary>Who is not allowed, what is not there, what cannot be done now: each refused with its code, and nothing changed by it.</summary>
sealed class BadInputJourney
{
    ExchangeProcess exchange = null!;
    Scene scene = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        exchange = await ExchangeProcess.Start();
        scene = await Scene.Linked(exchange);
    }

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    // Keys and ids

    [Test]
    public async Task A_wrong_key_is_unauthorized()
    {
        var right = scene.Nordwind.Key;
        string[] wrong = ["", "wrong", right[..^1], right + "x", right[..^1] + (right[^1] == 'A' ? 'B' : 'A'), right.ToUpperInvariant() + "Z", new string('k', 5000)];
        foreach (var key in wrong)
        {
            var refused = (await Company.WithKey(exchange, key).Ask("account")).Refused(401, "unauthorized");
            Assert.That(refused.Header("WWW-Authenticate"), Does.StartWith("Bearer"));
        }

        using var basic = Company.Nobody(exchange).Request(HttpMethod.Get, "account");
        basic.Headers.TryAddWithoutValidation("Authorization", $"Basic {right}");
        using var answer = await exchange.Http.SendAsync(basic);
        (await Reply.From(answer)).Refused(401, "unauthorized");
    }

    [Test]
    public async Task A_revoked_key_is_unauthorized_and_the_others_go_on()
    {
        var scopes = (await scene.Nordwind.All("keys"))[0].Words("scopes");
        var made = await scene.Nordwind.Post("keys", new { name = "night shift", scopes });
        var second = Company.WithKey(exchange, made.Text("key") ?? made.Need("apiKey"));
        Assert.That((await second.Get("account")).Text("id"), Is.EqualTo(scene.Nordwind.Id));
        Assert.That((await scene.Nordwind.Send(HttpMethod.Delete, $"keys/{made.Need("id")}")).Status, Is.AnyOf(200, 204));
        (await second.Ask("account")).Refused(401, "unauthorized");
        await scene.Nordwind.Get("account");
    }

    [Test]
    public async Task What_belongs_to_another_account_answers_as_what_does_not_exist()
    {
        var shared = await scene.Accepted();
        var stranger = await Company.SignUp(exchange, "Stranger");
        var comment = await scene.Nordwind.Say(shared.HandoffId, "Between us");
        var file = await scene.Nordwind.Upload(shared.TicketId, new Upload("a.bin", [1, 2, 3]));
        (HttpMethod Method, string Path, string Id, object? Body)[] asks =
        [
            (HttpMethod.Get, "tickets/{0}", shared.TicketId, null),
            (HttpMethod.Get, "tickets/{0}/comments", shared.TicketId, null),
            (HttpMethod.Get, "tickets/{0}/files", shared.TicketId, null),
            (HttpMethod.Patch, "tickets/{0}", shared.TicketId, new { subject = "Mine now" }),
            (HttpMethod.Post, "tickets/{0}/comments", shared.TicketId, new { body = "Hello" }),
            (HttpMethod.Post, "tickets/{0}/handoffs", shared.TicketId, new { linkId = scene.LinkId }),
            (HttpMethod.Get, "handoffs/{0}", shared.HandoffId, null),
            (HttpMethod.Get, "handoffs/{0}/entries", shared.HandoffId, null),
            (HttpMethod.Get, "handoffs/{0}/comments", shared.HandoffId, null),
            (HttpMethod.Post, "handoffs/{0}/comments", shared.HandoffId, new { body = "Hello" }),
            (HttpMethod.Post, "handoffs/{0}/start", shared.HandoffId, new { }),
            (HttpMethod.Post, "handoffs/{0}/recall", shared.HandoffId, new { reason = "changed" }),
            (HttpMethod.Get, "links/{0}", scene.LinkId, null),
            (HttpMethod.Get, "files/{0}", file.Need("id"), null),
            (HttpMethod.Get, "files/{0}/content", file.Need("id"), null),
            (HttpMethod.Post, "comments/{0}/retract", comment.Need("id"), new { }),
        ];
        foreach (var (method, path, id, body) in asks)
        {
            var others = (await stranger.Send(method, Filled(path, id), body)).Refused(404, "not-found");
            var none = (await stranger.Send(method, Filled(path, Guid.NewGuid().ToString()), body)).Refused(404, "not-found");
            Assert.That(Told(others), Is.EqualTo(Told(none)), path);
        }

        // The partner on the link is a stranger to the ticket behind it.
        (await scene.Brightfix.Ask($"tickets/{shared.TicketId}")).Refused(404, "not-found");
        (await scene.Brightfix.Ask($"files/{file.Need("id")}/content")).Refused(404, "not-found");
        Assert.That((await scene.Nordwind.Ticket(shared.TicketId)).Text("subject"), Is.EqualTo("The scanner is stuck"));
    }

    [Test]
    public async Task An_id_that_is_none_is_not_found_or_malformed_and_never_a_crash()
    {
        foreach (var id in new[] { "abc", "1", "%00", "..", "%2e%2e%2fkeys", "00000000-0000-0000-0000-00000000000", new string('a', 3000) })
        {
            var answer = await scene.Nordwind.Ask($"tickets/{id}");
            Assert.That(answer.Status, Is.AnyOf(400, 404, 414), answer.ToString());
        }
    }

    // Links

    [Test]
    public async Task A_ticket_goes_only_over_a_link_that_is_there_and_accepted()
    {
        var ticket = await scene.Nordwind.OpenTicket(new { subject = "Where to?" });
        var path = $"tickets/{ticket.Need("id")}/handoffs";
        (await scene.Nordwind.Tell(path, new { linkId = Guid.NewGuid() })).Refused(404, "not-found");
        Assert.That((await scene.Nordwind.Tell(path, new { linkId = "abc" })).Code, Is.AnyOf("validation", "malformed", "not-found"));
        (await scene.Nordwind.Tell(path, new { })).RefusedFor("linkId");

        var (carmen, dario) = (await Company.SignUp(exchange, "Carmen"), await Company.SignUp(exchange, "Dario"));
        (await scene.Nordwind.Tell(path, new { linkId = await carmen.LinkWith(dario) })).Refused(404, "not-found");
        var invited = await scene.Nordwind.Post("links", new { });
        (await scene.Nordwind.Tell(path, new { linkId = invited.Need("id") })).Refused(409, "link-not-active");
        Assert.That((await scene.Nordwind.Ticket(ticket.Need("id"))).Items("handoffs"), Is.Empty);
        Assert.That((await scene.Nordwind.Ticket(ticket.Need("id"))).Text("status"), Is.EqualTo("new"));
    }

    [Test]
    public async Task An_invite_code_works_once_and_only_where_a_link_makes_sense()
    {
        var (erna, franz) = (await Company.SignUp(exchange, "Erna"), await Company.SignUp(exchange, "Franz"));
        (await franz.Tell("links/accept", new { inviteCode = "no-such-code" })).Refused(404, "not-found");
        (await franz.Tell("links/accept", new { })).RefusedFor("inviteCode");

        var own = await erna.Post("links", new { });
        var toOneself = await erna.Tell("links/accept", new { inviteCode = own.Need("inviteCode") });
        Assert.That(toOneself.Status, Is.InRange(400, 499), "linking to oneself");
        Assert.That(toOneself.Code, Is.Not.Null, toOneself.ToString());

        await franz.Post("links/accept", new { inviteCode = own.Need("inviteCode") }, 200);
        var again = await franz.Tell("links/accept", new { inviteCode = own.Need("inviteCode") });
        Assert.That(again.Status, Is.AnyOf(404, 409), again.ToString());
        var second = await erna.Post("links", new { });
        (await franz.Tell("links/accept", new { inviteCode = second.Need("inviteCode") })).Refused(409, "already-linked");
        Assert.That((await erna.All("links")).Count(link => link.Is("state", "active")), Is.EqualTo(1));
    }

    // States, sides and versions

    [Test]
    public async Task A_command_in_the_wrong_state_says_the_state_the_version_and_what_is_allowed()
    {
        var shared = await scene.Offered();
        var refused = (await scene.Brightfix.Tell($"handoffs/{shared.HandoffId}/resolve", new { solution = "Done" })).Refused(409, "handoff-state-conflict");
        Assert.That(refused.Json.Text("state"), Is.EqualTo("offered"));
        Assert.That(refused.Json.Number("version"), Is.EqualTo((await scene.Brightfix.Handoff(shared.HandoffId)).Number("version")));
        Assert.That(refused.Json.Words("allowed"), Does.Contain("accept"));
        (await scene.Nordwind.Tell($"handoffs/{shared.HandoffId}/confirm", new { })).Refused(409, "handoff-state-conflict");
        await scene.Brightfix.Do(shared.HandoffId, "decline", new { reason = "no_capacity" });
        (await scene.Brightfix.Tell($"handoffs/{shared.HandoffId}/accept", new { })).Refused(409, "handoff-state-conflict");
        Assert.That((await scene.Nordwind.Handoff(shared.HandoffId)).Text("state"), Is.EqualTo("declined"));
    }

    [Test]
    public async Task A_command_of_the_wrong_side_is_forbidden()
    {
        var shared = await scene.Offered();
        foreach (var (who, command, body) in new[] { (scene.Nordwind, "accept", (object)new { }), (scene.Brightfix, "recall", new { reason = "changed" }), (scene.Brightfix, "confirm", new { }) })
        {
            var refused = (await who.Tell($"handoffs/{shared.HandoffId}/{command}", body)).Refused(403, "forbidden");
            Assert.That((refused.Json.Text("state"), refused.Json.Number("version")), Is.EqualTo(("offered", (await who.Handoff(shared.HandoffId)).Number("version"))), command);
            Assert.That(refused.Json.Words("allowed"), Is.EquivalentTo((await who.Handoff(shared.HandoffId)).Words("allowed")), command);
        }

        (await scene.Brightfix.Tell($"handoffs/{shared.HandoffId}/fly", new { })).Must(404);
    }

    [Test]
    public async Task A_stale_version_is_a_conflict_and_the_present_one_is_not()
    {
        var shared = await scene.Accepted();
        var (path, handoff) = ($"handoffs/{shared.HandoffId}", await scene.Brightfix.Ask($"handoffs/{shared.HandoffId}"));
        var version = handoff.Json.Number("version");
        Assert.That(handoff.Header("ETag"), Is.EqualTo($"\"{version}\""));
        await scene.Nordwind.Say(shared.HandoffId, "A comment changes no version");

        var stale = (await scene.Brightfix.Tell($"{path}/start", new { }, ifMatch: $"\"{version - 1}\"")).Refused(412, "version-conflict");
        Assert.That((stale.Json.Text("state"), stale.Json.Number("version")), Is.EqualTo(("accepted", version)));
        Assert.That(stale.Json.Words("allowed"), Does.Contain("start"));
        foreach (var malformed in new[] { "abc", "\"", "1 2", "\"1" })
        {
            Assert.That((await scene.Brightfix.Tell($"{path}/start", new { }, ifMatch: malformed)).Must(400).Code, Is.AnyOf("malformed", "validation"), malformed);
        }

        (await scene.Brightfix.Tell($"{path}/start", new { }, ifMatch: $"\"{version}\"")).Must(200);
        (await scene.Brightfix.Tell($"{path}/ask", new { question = "?" }, ifMatch: "*")).Must(200);

        await Eventually.Holds("the question has come", async () => (await scene.Nordwind.Ticket(shared.TicketId)).Is("status", "check") ? null : "not yet");
        var ticket = await scene.Nordwind.Ask($"tickets/{shared.TicketId}");
        (await scene.Nordwind.Change($"tickets/{shared.TicketId}", new { priority = "urgent" }, ticket.Header("ETag"))).Must(200);
        (await scene.Nordwind.Change($"tickets/{shared.TicketId}", new { priority = "low" }, ticket.Header("ETag"))).Refused(412, "version-conflict");
        Assert.That((await scene.Nordwind.Ticket(shared.TicketId)).Text("priority"), Is.EqualTo("urgent"));
    }

    [Test]
    public async Task Of_two_commands_from_one_version_exactly_one_wins()
    {
        var shared = await scene.Offered();
        var version = $"\"{(await scene.Nordwind.Handoff(shared.HandoffId)).Number("version")}\"";
        var answers = await Task.WhenAll(
            scene.Brightfix.Tell($"handoffs/{shared.HandoffId}/accept", new { }, ifMatch: version),
            scene.Nordwind.Tell($"handoffs/{shared.HandoffId}/recall", new { reason = "changed" }, ifMatch: version));
        Assert.That(answers.Select(answer => answer.Status).Order(), Is.EqualTo(new[] { 200, 412 }));
        var state = answers[0].Status == 200 ? "accepted" : "recalled";
        Assert.That((await scene.Nordwind.Handoff(shared.HandoffId)).Text("state"), Is.EqualTo(state));
        Assert.That((await scene.Brightfix.Handoff(shared.HandoffId)).Text("state"), Is.EqualTo(state));
    }

    [Test]
    public async Task A_ticket_is_not_closed_while_it_is_with_a_partner_nor_offered_twice_on_a_link()
    {
        var shared = await scene.Accepted();
        (await scene.Nordwind.Change($"tickets/{shared.TicketId}", new { status = "closed" })).Refused(409, "ticket-has-open-handoffs");
        (await scene.Nordwind.Tell($"tickets/{shared.TicketId}/handoffs", new { linkId = scene.LinkId })).Refused(409, "already-handed-over");
        var closed = await scene.Nordwind.OpenTicket(new { subject = "Done already" });
        (await scene.Nordwind.Change($"tickets/{closed.Need("id")}", new { status = "closed" })).Must(200);
        (await scene.Nordwind.Tell($"tickets/{closed.Need("id")}/handoffs", new { linkId = scene.LinkId })).Refused(409, "ticket-closed");
        (await scene.Brightfix.Tell($"tickets/{shared.MirrorId}/handoffs", new { linkId = scene.LinkId })).Refused(409, "chain-cycle");
    }

    [Test]
    public async Task An_internal_note_cannot_be_picked()
    {
        var ticket = await scene.Nordwind.OpenTicket(new { subject = "With a note" });
        var note = await scene.Nordwind.Comment(ticket.Need("id"), new { body = "canary in a note" });
        var refused = await scene.Nordwind.Tell($"tickets/{ticket.Need("id")}/handoffs", new { linkId = scene.LinkId, share = new { comments = new[] { note.Need("id") } } });
        refused.Refused(422, "audience-forbidden");
        Assert.That((await scene.Nordwind.Ticket(ticket.Need("id"))).Items("handoffs"), Is.Empty);
    }

    static string Filled(string path, string id) => path.Replace("{0}", id, StringComparison.Ordinal);

    /// <summary>What a refusal tells beside what the caller sent himself: without the trace, the path and the id.</summary>
    static string Told(Reply refused)
    {
        var problem = (JsonObject)refused.Json.DeepClone();
        problem.Remove("traceId");
        problem.Remove("instance");
        return Regex.Replace(problem.ToJsonString(), "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }
}
