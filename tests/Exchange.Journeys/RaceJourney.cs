using System.Globalization;

namespace Exchange.Journeys;

/// <summary>
/// Two commands from the same version, sent at the same moment over HTTP: exactly one wins, both desks agree, and the loser's answer
/// says what is true now. Each race is run again and again on one exchange.
/// </summary>
[TestFixture("one process, SQLite")]
[TestFixture("two APIs, a worker, PostgreSQL and RabbitMQ")]
sealed class RaceJourney(string kind)
{
    static readonly int Times = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1" ? 1000 : 20;

    IExchange exchange = null!;
    Scene scene = null!;
    Company third = null!;
    string down = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        exchange = kind.StartsWith("one", StringComparison.Ordinal)
            ? await ExchangeProcess.Start()
            : await Cluster.Start(await Servers.ToUse(), new Shape(Apis: 2, Workers: 1));
        scene = await Scene.Linked(exchange);
        third = await Company.SignUp(exchange, "Kontor");
        down = await scene.Brightfix.LinkWith(third);
    }

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    Company Placer => scene.Nordwind;

    Company Fulfiller => scene.Brightfix;

    [Test]
    public Task Recall_against_accept() => Race(() => scene.Offered(), (Placer, "recall", new { reason = "changed" }), (Fulfiller, "accept", new { }));

    [Test]
    public Task Confirm_against_rework() => Race(Resolved, (Placer, "confirm", new { }), (Placer, "rework", new { reason = "not_fixed" }));

    [Test]
    public Task Accept_against_accept() => Race(() => scene.Offered(), (Fulfiller, "accept", new { }), (Fulfiller, "accept", new { }));

    [Test]
    public Task Withdrawal_of_a_recall_against_agreement() => Race(CalledBack, (Placer, "withdraw-recall", new { }), (Fulfiller, "agree-recall", new { }));

    [Test]
    public Task Taking_a_counter_offer_against_declining() => Race(Countered, (Placer, "accept-counter", new { }), (Fulfiller, "decline", new { reason = "price" }));

    [Test]
    public Task Expiry_against_accept() => Together(async () =>
    {
        // The exchange looks for what is due each second, so both come close to each other.
        var (handoff, due) = await InAHurry();
        await Eventually.Passes(due - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(Random.Shared.Next(1200)));
        var accepted = await Fulfiller.Tell($"handoffs/{handoff}/accept", new { }, ifMatch: "\"1\"");
        if (accepted.Status != 200)
        {
            Refusal(accepted, "expired", 2);
        }

        await Agree(handoff, accepted.Status == 200 ? "accepted" : "expired");
    });

    async Task<(string Handoff, DateTimeOffset Due)> InAHurry()
    {
        var ticket = await Placer.OpenTicket(new { subject = "In a hurry" });
        for (var hurry = 300; ; hurry *= 2)
        {
            var due = DateTimeOffset.UtcNow.AddMilliseconds(hurry);
            var offered = await Placer.Tell($"tickets/{ticket.Need("id")}/handoffs", new { linkId = scene.LinkId, acceptBy = due });
            if (offered.Status == 201)
            {
                return (offered.Json.Need("id"), due);
            }

            // A busy machine needs longer than that to take the offer at all.
            offered.Refused(400, "validation");
        }
    }

    [Test]
    public Task A_child_offer_against_the_parents_resolve() => Together(async () =>
    {
        var parent = await scene.InProgress();
        var offer = Fulfiller.Tell($"tickets/{parent.MirrorId}/handoffs", new { linkId = down });
        var resolve = Fulfiller.Tell($"handoffs/{parent.HandoffId}/resolve", new { solution = "Done" }, ifMatch: "\"3\"");
        var (offered, resolved) = (await offer, await resolve);
        Assert.That((offered.Status == 201) ^ (resolved.Status == 200), Is.True, $"one of the two: {offered} {resolved}");
        if (offered.Status == 201)
        {
            resolved.Refused(409, "children-open");
            await Agree(offered.Json.Need("id"), "offered", Fulfiller, null);
        }
        else
        {
            offered.Refused(409, "handoff-state-conflict");
        }

        await Agree(parent.HandoffId, offered.Status == 201 ? "in_progress" : "resolved");
    });

    [Test]
    public async Task Suspend_against_offer()
    {
        for (var time = 0; time < Times; time++)
        {
            var ticket = await Placer.OpenTicket(new { subject = "Raced" });
            var offer = Placer.Tell($"tickets/{ticket.Need("id")}/handoffs", new { linkId = scene.LinkId });
            var suspend = Fulfiller.Tell($"links/{scene.LinkId}/suspend", new { reason = "audit" });
            var (offered, suspended) = (await offer, (await suspend).Must(200));
            Assert.That(suspended.Json.Text("state"), Is.EqualTo("suspended"));
            if (offered.Status != 201)
            {
                offered.Refused(409, "link-not-active");
                Assert.That((await Placer.Ticket(ticket.Need("id"))).Items("handoffs"), Is.Empty);
            }
            else
            {
                // It came first; from now on nothing moves it until the link is resumed.
                var handoff = offered.Json.Need("id");
                (await Fulfiller.Tell($"handoffs/{handoff}/accept", new { })).Refused(409, "link-not-active");
                (await Fulfiller.Tell($"links/{scene.LinkId}/resume", new { })).Must(200);
                await Fulfiller.Do(handoff, "decline", new { reason = "no_capacity" });
                await Agree(handoff, "declined", Placer, null);
                continue;
            }

            (await Fulfiller.Tell($"links/{scene.LinkId}/resume", new { })).Must(200);
        }
    }

    [Test]
    public Task Terminate_against_everything() => Together(async () =>
    {
        var other = await Company.SignUp(exchange, "Passing");
        var link = await Placer.LinkWith(other);
        var passing = new Scene(Placer, other, link);
        Shared[] handoffs = [await passing.Offered(), await passing.Offered(), await passing.Accepted(), await passing.InProgress(), await passing.InProgress(), await passing.InProgress()];
        (Company By, string Command, object Body, string To)[] commands =
        [
            (other, "accept", new { }, "accepted"), (Placer, "recall", new { reason = "x" }, "recalled"), (other, "start", new { }, "in_progress"),
            (other, "ask", new { question = "x?" }, "waiting_placer"), (other, "resolve", new { solution = "x" }, "resolved"), (other, "return", new { reason = "safety" }, "returned"),
        ];
        var asked = handoffs.Zip(commands, (handoff, command) => command.By.Tell($"handoffs/{handoff.HandoffId}/{command.Command}", command.Body)).ToList();
        var terminated = await (Random.Shared.Next(2) == 0 ? other : Placer).Tell($"links/{link}/terminate", new { reason = "fraud" });
        Assert.That(terminated.Must(200).Json.Text("state"), Is.EqualTo("terminated"));
        var answers = await Task.WhenAll(asked);
        for (var i = 0; i < answers.Length; i++)
        {
            var over = answers[i].Status == 200 && commands[i].To is "recalled" or "returned";
            if (answers[i].Status != 200)
            {
                Assert.That(answers[i].Code, Is.EqualTo("link-not-active").Or.EqualTo("handoff-state-conflict"), $"{answers[i]}");
            }

            await Agree(handoffs[i].HandoffId, over ? commands[i].To : "severed", Placer, null);
        }
    }, atOnce: 2, times: Math.Max(10, Times / 5));

    /// <summary>Both are sent from the version that is there; exactly one of them is done.</summary>
    Task Race(Func<Task<Shared>> begin, (Company By, string Command, object Body) one, (Company By, string Command, object Body) other) => Together(async () =>
    {
        var shared = await begin();
        var version = (await Placer.Handoff(shared.HandoffId)).Number("version");
        var seen = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        var first = one.By.Tell($"handoffs/{shared.HandoffId}/{one.Command}", one.Body, ifMatch: seen);
        var second = other.By.Tell($"handoffs/{shared.HandoffId}/{other.Command}", other.Body, ifMatch: seen);
        Reply[] both = [await first, await second];
        Assert.That(both.Count(reply => reply.Status == 200), Is.EqualTo(1), $"exactly one wins: {both[0]} {both[1]}");
        var (won, lost) = both[0].Status == 200 ? (both[0], both[1]) : (both[1], both[0]);
        Refusal(lost, won.Json.Need("state"), version + 1);
        await Agree(shared.HandoffId, won.Json.Need("state"));
    });

    /// <summary>The loser is told what is true now.</summary>
    static void Refusal(Reply lost, string state, long version)
    {
        Assert.That((lost.Status, lost.Code), Is.EqualTo((412, "version-conflict")).Or.EqualTo((409, "handoff-state-conflict")), $"{lost}");
        Assert.That((lost.Json.Text("state"), lost.Json.Number("version")), Is.EqualTo((state, version)), $"{lost}");
        Assert.That(lost.Json.At("allowed"), Is.Not.Null, $"{lost}");
    }

    Task Agree(string handoff, string state) => Agree(handoff, state, Placer, Fulfiller);

    /// <summary>The exchange says so to both, and so do the desks of those that have a ticket.</summary>
    static async Task Agree(string handoff, string state, Company placer, Company? fulfiller) => await Eventually.Holds($"both desks show {state}", async () =>
    {
        foreach (var company in fulfiller is null ? [placer] : (Company[])[placer, fulfiller])
        {
            var shown = await company.Handoff(handoff);
            if (!shown.Is("state", state))
            {
                if (state is "severed")
                {
                    return $"{company.Name} is shown {shown.Text("state")}: severing goes one by one.";
                }

                throw new AssertionException($"{company.Name} is shown {shown.Text("state")} where {state} is true");
            }

            if (shown.Text("ticketId") is { } ticket
                && (await company.Ticket(ticket)).Items("handoffs").Single(h => h.Is("id", handoff)) is var known && !known.Is("state", state))
            {
                return $"The desk of {company.Name} has it as {known.Text("state")}.";
            }
        }

        return null;
    });

    async Task<Shared> Resolved()
    {
        var shared = await scene.InProgress();
        await Fulfiller.Do(shared.HandoffId, "resolve", new { solution = "Done" });
        return shared;
    }

    async Task<Shared> CalledBack()
    {
        var shared = await scene.InProgress();
        await Placer.Do(shared.HandoffId, "recall", new { reason = "changed" });
        return shared;
    }

    async Task<Shared> Countered()
    {
        var shared = await scene.Offered();
        await Fulfiller.Do(shared.HandoffId, "counter", new { scope = "Without the journey" });
        return shared;
    }

    static async Task Together(Func<Task> race, int atOnce = 8, int? times = null) =>
        await Parallel.ForAsync(0, times ?? Times, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await race());
}
