using System.Globalization;

namespace Exchange.Journeys;

/// <summary>The broker goes away, loses its messages, or forgets everything: commands succeed all the same, and what they say arrives.</summary>
sealed class BrokerJourney
{
    static readonly bool Long = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is "1";
    static readonly TimeSpan Away = TimeSpan.FromSeconds(Long ? 30 : 8);
    static readonly int Purges = Long ? 20 : 4;
    static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    // What the client library and the framework above it say while they have no broker.
    static readonly string[] WithoutBroker = ["MassTransit[0]", "MassTransit.Transports.", "MassTransit.RabbitMq"];

    // By design: an endpoint that does not receive has its bus started anew, or its process, by the supervisor.
    static readonly string[] Revived = ["Exchange.Worker.Bus.Watchdog[0]"];

    readonly Ledger ledger = new(Unanswered.IsAskedAgain);
    Servers servers = null!;
    Cluster cluster = null!;
    Scene scene = null!;
    Audit audit = null!;
    List<Shared> hot = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        servers = await Servers.ToBreak();
        cluster = await Cluster.Start(servers, new Shape { Supervised = true });
        scene = await Scene.Linked(cluster);
        audit = new Audit(scene, ledger);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }

    [SetUp]
    public async Task Four_handoffs_to_talk_on()
    {
        hot = [await scene.Accepted(), await scene.Accepted(), await scene.Accepted(), await scene.Accepted()];
        await cluster.Says("healthy", "healthy");
        ledger.BeginRound();
    }

    [TearDown]
    public Task Whole_again() => servers.Do("start", "rabbitmq");

    [Test, Order(1)]
    public async Task All_queues_are_purged_under_load_and_everything_arrives()
    {
        await Under("purges", async () =>
        {
            for (var i = 0; i < Purges; i++)
            {
                await Eventually.Passes(Between);
                await servers.Purge();
            }
        });
        await EverythingArrives("purges");
    }

    [Test, Order(2)]
    public async Task The_broker_is_away_under_load_and_every_command_succeeds()
    {
        await Under("away", async () =>
        {
            await Eventually.Passes(Between);
            await servers.Do("stop", "rabbitmq");
            await cluster.Says("degraded", "degraded");
            await Eventually.Passes(Away);
            await cluster.Says("degraded", "degraded");
        });
        await servers.Do("start", "rabbitmq");
        await EverythingArrives("its time away");
    }

    [Test, Order(3)]
    public async Task The_broker_is_killed_and_forgets_everything_under_load()
    {
        await Under("wiped", async () =>
        {
            await Eventually.Passes(Between);
            await servers.Do("wipe", "rabbitmq");
            await Eventually.Passes(Between);
        });
        await EverythingArrives("the wipe");
    }

    [Test, Order(4)]
    public async Task A_cluster_that_starts_without_a_broker_serves_and_finds_it_later()
    {
        await cluster.Stop();
        await servers.Do("stop", "rabbitmq");
        foreach (var member in cluster.Members)
        {
            member.Launch();
        }

        await cluster.Works();
        await cluster.Says("degraded", "degraded");
        await Under("alone", () => Eventually.Passes(Between));
        await audit.Of(ledger.ThisRound(hot.Select(h => h.HandoffId)));
        await servers.Do("start", "rabbitmq");
        await EverythingArrives("a start without it");
    }

    /// <summary>Every ask is answered well: a ledger takes nothing else but an answer that is lost, and here none may be.</summary>
    async Task Under(string name, Func<Task> happens)
    {
        await ledger.While(() => new Load(ledger, scene).Run(name, hot), happens);
        Assert.That(ledger.Lost, Is.Zero, "asks without an answer");
    }

    async Task EverythingArrives(string after)
    {
        var arrived = await Cluster.TimeOf(async () =>
        {
            foreach (var shared in hot)
            {
                await scene.Settled(shared.HandoffId);
            }
        });
        var healthy = arrived + await Cluster.TimeOf(() => cluster.Says("healthy", "healthy", TimeSpan.FromSeconds(180)));
        await audit.Of(ledger.ThisRound(hot.Select(h => h.HandoffId)));
        await audit.Chains(cluster, hot[0].HandoffId);
        await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"After {after}: all caught up within {arrived.TotalSeconds:0.0} s, healthy within {healthy.TotalSeconds:0.0} s, {cluster.StartedAgain} processes started again by the supervisor; {ledger.RoundSummary}"));
        await cluster.IsTidy([.. WithoutBroker, .. Revived]);
    }
}
