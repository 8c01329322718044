using System.Globalization;

namespace Exchange.Journeys;

/// <summary>
/// Kill -9 under load, again and again on one data folder. After each round everything that was acknowledged is there exactly
/// once on both sides, in order; what was asked and never answered is asked again with the same key, and then is there once, too.
/// </summary>
sealed class KillJourney
{
    static readonly int Rounds = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1" ? 30 : 2;
    static readonly TimeSpan LoadFor = TimeSpan.FromSeconds(2);

    readonly Ledger ledger = new();
    readonly List<Shared> longLived = [];
    ExchangeProcess exchange = null!;
    Scene scene = null!;
    Audit audit = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        exchange = await ExchangeProcess.Start();
        scene = await Scene.Linked(exchange);
        audit = new Audit(scene, ledger);
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
            var load = new Load(ledger, scene).Run(Text($"r{round}"), hot);
            await Eventually.Passes(LoadFor + TimeSpan.FromMilliseconds(Random.Shared.Next(300)));
            await exchange.Kill();
            await load;

            await exchange.StartAgain();
            await ledger.AskAgainWhatWasLost();
            await audit.Of(ledger.ThisRound(hot.Select(h => h.HandoffId)));
            await audit.Chains(exchange, longLived[0].HandoffId);
            await TestContext.Progress.WriteLineAsync(Text($"Kill {round} of {Rounds}: ready again in {exchange.ReadyIn.TotalSeconds:0.00} s; {ledger.RoundSummary}"));
        }

        await audit.Of(await audit.EveryHandoff());
        await audit.Chains(exchange, longLived.Select(shared => shared.HandoffId));
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
