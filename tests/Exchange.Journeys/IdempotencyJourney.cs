namespace Exchange.Journeys;

/// <summary>The same key, the same request: the same thing, made once.</summary>
sealed class IdempotencyJourney
{
    ExchangeProcess exchange = null!;
    Scene scene = null!;
    Shared shared = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        exchange = await ExchangeProcess.Start();
        scene = await Scene.Linked(exchange);
        shared = await scene.Accepted();
    }

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [Test]
    public async Task A_replay_gives_the_same_item_with_the_first_status()
    {
        foreach (var (path, body) in new (string, object)[]
        {
            ("tickets", new { subject = "Once" }),
            ($"tickets/{shared.TicketId}/comments", new { body = "Once", audience = "partner" }),
            ($"tickets/{shared.TicketId}/comments", new { body = "A note, once" }),
            ($"handoffs/{shared.HandoffId}/comments", new { body = "Once more" }),
        })
        {
            var once = Company.Once();
            var first = (await scene.Nordwind.Tell(path, body, once)).Must(201);
            var second = (await scene.Nordwind.Tell(path, body, once)).Must(201);
            Assert.That(second.Json.Text("id"), Is.EqualTo(first.Json.Need("id")), path);
            (await scene.Nordwind.Tell(path, new { body = "Another", subject = "Another" }, once)).Refused(422, "idempotency-key-reused");
        }

        Assert.That((await scene.Nordwind.Conversation(shared.HandoffId)).Count(c => c.Is("body", "Once")), Is.EqualTo(1));
    }

    [Test]
    public async Task A_replay_of_what_the_fulfiller_wrote_before_accepting_gives_it_before_and_after()
    {
        var (handoff, once) = ((await scene.Offered()).HandoffId, Company.Once());
        var (path, body) = ($"handoffs/{handoff}/comments", new { body = "Which hall?" });
        var first = (await scene.Brightfix.Tell(path, body, once)).Must(201).Json.Need("id");
        Assert.That((await scene.Brightfix.Tell(path, body, once)).Must(201).Json.Text("id"), Is.EqualTo(first));
        await scene.Brightfix.Do(handoff, "accept");
        Assert.That((await scene.Brightfix.Tell(path, body, once)).Must(201).Json.Text("id"), Is.EqualTo(first));
        Assert.That(await scene.Nordwind.Conversation(handoff), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_replay_shows_the_item_as_it_is_now()
    {
        var (once, subject) = (Company.Once(), new { subject = "Before" });
        var ticket = (await scene.Nordwind.Tell("tickets", subject, once)).Must(201).Json;
        (await scene.Nordwind.Change($"tickets/{ticket.Need("id")}", new { subject = "After" })).Must(200);
        Assert.That((await scene.Nordwind.Tell("tickets", subject, once)).Must(201).Json.Text("subject"), Is.EqualTo("After"));
    }

    [Test]
    public async Task A_replayed_command_has_its_first_answer_although_the_state_moved_on()
    {
        var handoff = (await scene.Offered()).HandoffId;
        var once = Company.Once();
        (await scene.Brightfix.Tell($"handoffs/{handoff}/accept", new { }, once)).Must(200);
        await scene.Brightfix.Do(handoff, "start");
        var replay = (await scene.Brightfix.Tell($"handoffs/{handoff}/accept", new { }, once)).Must(200);
        Assert.That(replay.Json.Text("id"), Is.EqualTo(handoff));
        (await scene.Brightfix.Tell($"handoffs/{handoff}/accept", new { })).Refused(409, "handoff-state-conflict");
        (await scene.Brightfix.Tell($"handoffs/{handoff}/hold", new { reason = "parts" }, once)).Refused(422, "idempotency-key-reused");
    }

    [Test]
    public async Task A_refusal_is_not_kept_so_the_key_can_be_used_when_it_is_possible()
    {
        var handoff = (await scene.Offered()).HandoffId;
        var once = Company.Once();
        (await scene.Brightfix.Tell($"handoffs/{handoff}/start", new { }, once)).Refused(409, "handoff-state-conflict");
        await scene.Brightfix.Do(handoff, "accept");
        (await scene.Brightfix.Tell($"handoffs/{handoff}/start", new { }, once)).Must(200);
    }

    [Test]
    public async Task Sixteen_at_once_with_one_key_make_one_comment()
    {
        var once = Company.Once();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => scene.Nordwind.Tell($"handoffs/{shared.HandoffId}/comments", new { body = "All at once" }, once)));
        Assert.That(answers.Select(answer => answer.Must(201).Json.Need("id")).Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(1));
        Assert.That((await scene.Nordwind.Conversation(shared.HandoffId)).Count(c => c.Is("body", "All at once")), Is.EqualTo(1));
    }

    [Test]
    public async Task Keys_of_two_accounts_do_not_meet()
    {
        var (once, body) = (Company.Once(), new { subject = "Mine" });
        var (one, other) = ((await scene.Nordwind.Tell("tickets", body, once)).Must(201), (await scene.Brightfix.Tell("tickets", body, once)).Must(201));
        Assert.That(other.Json.Text("id"), Is.Not.EqualTo(one.Json.Text("id")));
    }

    [Test]
    public async Task A_secret_is_shown_once_so_its_replay_is_already_answered()
    {
        var once = Company.Once();
        var account = new { name = "Gerda", slug = Company.Slug("Gerda") };
        (await Company.Nobody(exchange).Tell("accounts", account, once)).Must(201);
        var replay = (await Company.Nobody(exchange).Tell("accounts", account, once)).Refused(409, "already-answered");
        Assert.That(replay.Json.At("apiKey"), Is.Null);
        (await scene.Nordwind.Tell("links", new { }, once)).Must(201);
        (await scene.Nordwind.Tell("links", new { }, once)).Refused(409, "already-answered");
        Assert.That((await scene.Nordwind.All("links")).Count(link => link.Is("state", "invited")), Is.EqualTo(1));
    }

    [Test]
    public async Task An_upload_is_compared_by_its_bytes()
    {
        var (once, file) = (Company.Once(), new Upload("once.bin", Upload.Noise(50_000, 7)));
        var first = await scene.Nordwind.Upload(shared.TicketId, file, once);
        var replay = await scene.Nordwind.Upload(shared.TicketId, file, once);
        Assert.That(replay.Text("id"), Is.EqualTo(first.Need("id")));
        (await scene.Nordwind.TryUpload(shared.TicketId, file with { Content = Upload.Noise(50_000, 8) }, once)).Refused(422, "idempotency-key-reused");
        Assert.That((await scene.Nordwind.Files(shared.TicketId)).Count(f => f.Is("name", "once.bin")), Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_that_is_no_key_is_refused_by_name()
    {
        foreach (var once in new[] { new string('k', 5000), " " })
        {
            var answer = await scene.Nordwind.Tell("tickets", new { subject = "Odd key" }, once);
            Assert.That(answer.Status, Is.AnyOf(201, 400, 431), answer.ToString());
        }
    }
}
