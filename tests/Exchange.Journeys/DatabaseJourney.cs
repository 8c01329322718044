using System.Globalization;

namespace Exchange.Journeys;

/// <summary>PostgreSQL is killed in the middle of commits: what it had acknowledged is there, what it had not is asked again, and no host needs a new start.</summary>
sealed class DatabaseJourney
{
    static readonly int Rounds = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1" ? 10 : 2;
    static readonly TimeSpan LoadFor = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Away = TimeSpan.FromSeconds(1);

    // What the rounds of the workers, the look at the health and the driver say while they have no database.
    static readonly string[] WithoutDatabase = ["The database cannot be reached", "failed; the next one tries again", "A message was not relayed"];

    readonly Ledger ledger = new(Unanswered.IsAskedAgain) { MayBeNotReady = true };
    Servers servers = null!;
    Cluster cluster = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        servers = await Servers.ToBreak();
        cluster = await Cluster.Start(servers);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (servers is not null)
        {
            await servers.Do("start", "postgres");
        }

        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }

    [Test]
    public async Task Whatever_was_acknowledged_is_there_exactly_once_after_every_kill_of_the_database()
    {
        var scene = await Scene.Linked(cluster);
        var audit = new Audit(scene, ledger);
        List<Shared> longLived = [await scene.Accepted("Lives through every kill"), await scene.InProgress()];
        for (var round = 1; round <= Rounds; round++)
        {
            List<Shared> hot = [.. longLived, await scene.Accepted(), await scene.Accepted()];
            ledger.BeginRound();
            var back = TimeSpan.Zero;
            await ledger.While(() => new Load(ledger, scene).Run(Text($"r{round}"), hot), async () =>
            {
                await Eventually.Passes(LoadFor + TimeSpan.FromMilliseconds(Random.Shared.Next(300)));
                await servers.Do("kill", "postgres");
                await SaysNotReady();
                await SomebodyIsTold();
                await servers.Do("start", "postgres");
                back = await Cluster.TimeOf(() => cluster.Says("healthy", "healthy"));
                await Eventually.Passes(Away);
            });

            var settled = await Cluster.TimeOf(() => audit.Of(ledger.ThisRound(hot.Select(h => h.HandoffId))));
            await audit.Chains(cluster, longLived[0].HandoffId);
            await TestContext.Progress.WriteLineAsync(Text($"Kill {round} of {Rounds} of PostgreSQL: healthy {back.TotalSeconds:0.0} s after it was back, audited in {settled.TotalSeconds:0.0} s; {ledger.RoundSummary}"));
        }

        await audit.Of(await audit.EveryHandoff());
        await audit.Chains(cluster, longLived.Select(shared => shared.HandoffId));
        Assert.That(cluster.Members.Select(member => member.Runs), Is.All.True, "no host ended");
        await cluster.IsTidy(WithoutDatabase);
    }

    // A host waits a while for a database that is only being started again: it stays away until one of those who ask was sent away.
    Task SomebodyIsTold() => Eventually.Holds("one who asks is told that the exchange is not ready", () =>
        Task.FromResult(ledger.NotReady > 0 ? null : ledger.RoundSummary));

    async Task SaysNotReady()
    {
        foreach (var api in cluster.Apis)
        {
            await Eventually.Holds($"{api.Name} says that the database is away", async () =>
            {
                var ready = await Company.Nobody(api).Ask("/health/ready");
                return ready.Status == 503 && ready.Json.Is("parts.database.status", "unhealthy") ? null : ready.ToString();
            });
            (await Company.Nobody(api).Ask("/health/live")).Must(200);
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
