using System.Collections.Concurrent;
using System.Globalization;

namespace Exchange.Journeys;

/// <summary>
/// Kill -9 under load, again and again on one data folder. After each round everything that was acknowledged is there exactly
/// once on both sides, in order; what was asked and never answered is asked again with the same key, and then is there once, too.
/// </summary>
[NonParallelizable]
sealed class KillJourney
{
    static readonly int Rounds = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1" ? 30 : 10;
    static readonly TimeSpan Load = TimeSpan.FromSeconds(2);

    readonly Ledger ledger = new();
    readonly List<Shared> longLived = [];
    ExchangeProcess exchange = null!;
    Scene scene = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        exchange = await ExchangeProcess.Start();
        scene = await Scene.Linked(exchange);
        longLived.Add(await scene.Accepted("Lives through every kill"));
        longLived.Add(await scene.InProgress());
    }

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [Test]
    public async Task Whatever_was_acknowledged_is_there_exactly_once_on_both_sides_after_every_kill()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            List<Shared> hot = [.. longLived];
            for (var i = 0; i < 2; i++)
            {
                hot.Add(await scene.Accepted(Text($"Round {round}, ticket {i}")));
            }

            ledger.BeginRound();
            var load = Task.WhenAll(Clients(round, hot));
            await Eventually.Passes(Load + TimeSpan.FromMilliseconds(Random.Shared.Next(300)));
            await exchange.Kill();
            await load;

            await exchange.StartAgain();
            await ledger.AskAgainWhatWasLost();
            await Audit(ledger.ThisRound(hot.Select(h => h.HandoffId)));
            await Verifier.FindsWhole(exchange, scene.Nordwind, longLived[0].HandoffId);
            await Verifier.FindsWhole(exchange, scene.Brightfix, longLived[0].HandoffId);
            await TestContext.Progress.WriteLineAsync(Text($"Kill {round} of {Rounds}: ready again in {exchange.ReadyIn.TotalSeconds:0.00} s; {ledger.RoundSummary}"));
        }

        await Audit(await EveryHandoff());
        foreach (var handoffId in longLived.Select(shared => shared.HandoffId))
        {
            await Verifier.FindsWhole(exchange, scene.Nordwind, handoffId);
            await Verifier.FindsWhole(exchange, scene.Brightfix, handoffId);
        }
    }

    // Load: twelve clients (on each of the four hot handoffs both sides talk), each asking one thing after the other until an answer is lost

    IEnumerable<Task> Clients(int round, List<Shared> hot)
    {
        for (var i = 0; i < 8; i++)
        {
            var (who, number) = (i % 2 == 0 ? scene.Nordwind : scene.Brightfix, i);
            yield return Task.Run(() => Talk(who, hot[number / 2], Text($"r{round} talker {number}")));
        }

        for (var i = 0; i < 2; i++)
        {
            var number = i;
            yield return Task.Run(() => Place(Text($"r{round} placer {number}")));
        }

        yield return Task.Run(() => Send(scene.Nordwind, hot[2], hot[2].TicketId, Text($"r{round} photos")));
        yield return Task.Run(() => Send(scene.Brightfix, hot[3], hot[3].MirrorId, Text($"r{round} reports")));
    }

    async Task Talk(Company who, Shared shared, string client)
    {
        for (var i = 0; await ledger.Comment(who, shared.HandoffId, client, Text($"{client} says {i}")); i++)
        {
        }
    }

    async Task Place(string client)
    {
        for (var i = 0; ; i++)
        {
            var (nordwind, brightfix, name) = (scene.Nordwind, scene.Brightfix, Text($"{client} ticket {i}"));
            var (ticketId, handoffId) = ("", "");
            var going = await ledger.Ask(once => nordwind.Tell("tickets", new { subject = name }, once), ticket => ticketId = ticket.Need("id"))
                && await ledger.HandOver(nordwind, ticketId, scene.LinkId, id => handoffId = id)
                && await ledger.Comment(brightfix, handoffId, client, $"{name}: we look at it")
                && await ledger.Ask(once => brightfix.Tell($"handoffs/{handoffId}/accept", new { }, once), _ => { })
                && await ledger.Comment(nordwind, handoffId, client, $"{name}: thank you")
                && await ledger.Ask(once => brightfix.Tell($"handoffs/{handoffId}/start", new { }, once), _ => { });
            if (!going)
            {
                return;
            }
        }
    }

    async Task Send(Company who, Shared shared, string ticketId, string client)
    {
        for (var i = 0; await ledger.File(who, ticketId, new Upload(Text($"{client} {i}.bin"), Upload.Noise(1_000 + (i * 997 % 30_000), i), "partner", shared.HandoffId)); i++)
        {
        }
    }

    // Audit

    async Task<IReadOnlyList<string>> EveryHandoff()
    {
        var (placed, fulfilled) = (await scene.Nordwind.All("handoffs?direction=out"), await scene.Brightfix.All("handoffs?direction=in"));
        var ids = placed.Select(handoff => handoff.Need("id")).Order(StringComparer.Ordinal).ToArray();
        Assert.That(fulfilled.Select(handoff => handoff.Need("id")).Order(StringComparer.Ordinal), Is.EqualTo(ids), "both sides list the same handoffs");
        Assert.That(ids, Is.SupersetOf(ledger.Handoffs));
        return ids;
    }

    async Task Audit(IReadOnlyList<string> handoffs)
    {
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(handoffs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (handoffId, _) =>
        {
            foreach (var (side, conversation) in await scene.Settled(handoffId))
            {
                foreach (var fault in ledger.WhatIsWrongWith(conversation, handoffId, side))
                {
                    wrong.Enqueue($"{side.Name}, handoff {handoffId}: {fault}");
                }

                await FilesAreWhole(side, handoffId);
            }
        });
        Assert.That(wrong, Is.Empty);
    }

    async Task FilesAreWhole(Company side, string handoffId)
    {
        var sent = ledger.FilesOf(handoffId);
        if (sent.Count == 0)
        {
            return;
        }

        var ticketId = (await side.Handoff(handoffId)).Need("ticketId");
        await Eventually.Holds($"{side.Name} has every file of handoff {handoffId} once", async () =>
        {
            var shown = (await side.Files(ticketId)).Select(file => $"{file.Text("name")} {file.Text("state")} {file.Text("sha256")}").Order(StringComparer.Ordinal).ToArray();
            var expected = sent.Select(file => $"{file.Name} available {file.Sha256}").Order(StringComparer.Ordinal).ToArray();
            return shown.SequenceEqual(expected, StringComparer.Ordinal) ? null : $"{shown.Length} of {expected.Length}; first difference {SharedHistory.FirstDifference(expected, shown)}";
        });
        var sample = (await side.Files(ticketId))[Random.Shared.Next(sent.Count)];
        Assert.That((await side.Download(sample.Need("id"))).Must(200).Bytes, Is.EqualTo(sent.Single(file => sample.Is("name", file.Name)).Content));
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
