using System.Globalization;

namespace Exchange.Journeys;

/// <summary>Processes of a cluster are killed under load, one after the other; the clients go on with those that are left.</summary>
sealed class ClusterKillJourney
{
    static readonly bool Long = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1";
    static readonly int Rounds = Long ? 30 : 2;
    static readonly TimeSpan BeforeTheKill = TimeSpan.FromSeconds(1);
    static readonly TimeSpan AfterTheKill = TimeSpan.FromSeconds(1);

    readonly Ledger ledger = new(Unanswered.IsAskedAgain);
    Cluster cluster = null!;
    Scene scene = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        cluster = await Cluster.Start(await Servers.ToUse());
        scene = await Scene.Linked(cluster);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }

    [Test, Order(1)]
    public async Task Whatever_was_acknowledged_is_there_exactly_once_after_every_kill_of_a_worker_or_an_API()
    {
        var audit = new Audit(scene, ledger);
        List<Shared> longLived = [await scene.Accepted("Lives through every kill"), await scene.InProgress()];
        for (var round = 1; round <= Rounds; round++)
        {
            List<Shared> hot = [.. longLived, await scene.Accepted(Text($"Round {round}, ticket 0")), await scene.Accepted(Text($"Round {round}, ticket 1"))];
            HostProcess victim = round % 2 == 0 ? cluster.Apis[Random.Shared.Next(cluster.Apis.Count)] : cluster.Workers[Random.Shared.Next(cluster.Workers.Count)];
            ledger.BeginRound();
            await ledger.While(() => new Load(ledger, scene).Run(Text($"r{round}"), hot), async () =>
            {
                await Eventually.Passes(BeforeTheKill + TimeSpan.FromMilliseconds(Random.Shared.Next(300)));
                await victim.Kill();
                await Eventually.Passes(AfterTheKill);
                if (Long)
                {
                    await victim.StartAgain();
                }
            });
            if (!Long)
            {
                await victim.StartAgain(); // Under load it takes half a minute on a slow machine.
            }

            var settled = await Cluster.TimeOf(() => audit.Of(ledger.ThisRound(hot.Select(h => h.HandoffId))));
            await audit.Chains(cluster, longLived[0].HandoffId);
            await TestContext.Progress.WriteLineAsync(Text($"Kill {round} of {Rounds}, {victim.Name}: works again in {victim.ReadyIn.TotalSeconds:0.00} s, audited in {settled.TotalSeconds:0.0} s; {ledger.RoundSummary}"));
        }

        await audit.Of(await audit.EveryHandoff());
        await audit.Chains(cluster, longLived.Select(shared => shared.HandoffId));
        await cluster.IsTidy();
    }

    [Test, Order(2)]
    public async Task Stopped_by_its_supervisor_under_load_every_process_ends_well_and_nothing_is_lost()
    {
        var audit = new Audit(scene, ledger);
        List<Shared> hot = [await scene.Accepted(), await scene.Accepted(), await scene.Accepted(), await scene.Accepted()];
        ledger.BeginRound();
        await ledger.While(() => new Load(ledger, scene).Run("stops", hot), async () =>
        {
            foreach (var member in Long ? new HostProcess[] { cluster.Workers[0], cluster.Apis[0], cluster.Apis[1] } : [cluster.Workers[0], cluster.Apis[0]])
            {
                await Eventually.Passes(BeforeTheKill);
                var code = 0;
                var took = await Cluster.TimeOf(async () => code = await member.Stop());
                Assert.That(code, Is.Zero, member.EndOfLog);
                Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(15)), member.EndOfLog);
                await member.StartAgain();
                await TestContext.Progress.WriteLineAsync(Text($"{member.Name} ended in {took.TotalSeconds:0.00} s"));
            }
        });
        await audit.Of(ledger.ThisRound(hot.Select(h => h.HandoffId)));
        await audit.Chains(cluster, hot.Select(shared => shared.HandoffId));
        await TestContext.Progress.WriteLineAsync($"Stopped under load: {ledger.RoundSummary}");
        await cluster.IsTidy();
        Assert.That(await cluster.Stop(), Is.Zero, "all at once");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
