using System.Diagnostics;
using Exchange.Core.Handoffs;
using Exchange.Worker.Bus;
using MassTransit;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Bus;

/// <summary>The watchdog's rounds come when the test rings; the endpoints die for real.</summary>
[TestFixture]
internal sealed class When_an_endpoint_falls_silent
{
    /// <summary>Seconds. The library may hold on to the connection that was closed under it; the watchdog connects anew after a minute.</summary>
    private const int Patient = 120;

    private readonly HandClock _clock = new();
    private Site _site = null!;
    private long _rang;

    [SetUp]
    public async Task Open() => _site = await Site.Open(postgres: false, rabbit: true);

    [TearDown]
    public async Task Close()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }

        // A watchdog that gave up has set it for this process.
        Environment.ExitCode = 0;
    }

    [Test]
    public async Task A_probe_comes_back_on_each_endpoint_that_lives()
    {
        var node = await _site.Node(api: true, _clock);
        await node.Connected();
        for (var round = 1; round <= 4; round++)
        {
            _clock.Ring(Watchdog.Every);
            var beats = round;
            await Soon.True("the probes came back", () => node.Pulse.Of(Node.Relay) >= beats && node.Pulse.Of(node.Bus.Live) >= beats);
            _clock.Ring(Watchdog.Every);
        }

        Assert.That(node.Log.Count("started anew"), Is.Zero);
    }

    [Test]
    public async Task One_that_died_is_found_by_two_probes_and_receives_again_after_one_new_start([Values] bool queueGone)
    {
        var node = await _site.Node(api: true, _clock);
        await node.Connected();
        using var probes = await Fresh(node);
        await Kill(_site, node, Node.Relay, queueGone);
        await SilentFor(node, probes);
        await Soon.True("the bus was started anew", () => node.Log.Count("the bus is started anew") == 1);
        await Healed(node);

        var story = await node.Begin();
        await node.Say(story.Placer, story.Handoff, "Alive again");
        await Soon.True("it receives and carries again", () => node.Has(story.Handoff, Side.Fulfiller, "Alive again"));
        _clock.Ring(Watchdog.Every);
        Assert.That(Ended(node), Is.False);
        Assert.That(node.Log.Count("Swept "), Is.Zero);
    }

    [Test]
    public async Task One_that_stays_dead_ends_the_process_with_a_clear_line_though_its_neighbour_lives()
    {
        var node = await _site.Node(api: true, _clock);
        await node.Connected();
        using var probes = await Fresh(node);
        await Kill(_site, node, Node.Relay, queueGone: false, always: true);
        await SilentFor(node, probes);
        await Soon.True("the bus was started anew", () => node.Log.Say("the bus is started anew"));
        await Soon.True("the process ends", () =>
        {
            Round();
            return Ended(node);
        }, Patient);
        Assert.That(Environment.ExitCode, Is.EqualTo(70));
        Assert.That(node.Log.Count("this process ends. Start it again"), Is.EqualTo(1));
        Assert.That(node.Log.Count("the bus is started anew"), Is.EqualTo(1));
    }

    [Test]
    public async Task With_several_workers_each_gets_its_own_probe_and_the_dead_one_alone_is_found()
    {
        await using var site = await Site.Open(postgres: true, rabbit: true);
        var workers = new[] { await site.Node(api: false), await site.Node(api: false), await site.Node(api: false) };
        foreach (var worker in workers)
        {
            await worker.Connected();
        }

        for (var round = 0; round < 8; round++)
        {
            var beats = workers.Select(w => w.Pulse.Of(Node.Relay)).ToArray();
            site.Clock.Ring(Watchdog.Every);
            await Soon.True("all have their probes back", () => workers.Zip(beats).All(w => w.First.Pulse.Of(Node.Relay) > w.Second));
        }

        await Kill(site, workers[0], Node.Relay, queueGone: false);
        await Soon.True("the others are back", () => workers[1..].All(w => w.Health.Trouble() is null));
        using var probes = new Probes(workers[0], Node.Relay);
        while (probes.Taken < 3 && !workers[0].Log.Say("the bus is started anew"))
        {
            var (beats, taken) = (workers.Select(w => w.Pulse.Of(Node.Relay)).ToArray(), probes.Taken);
            site.Clock.Ring(Watchdog.Every);
            await Soon.True("those that live have their probes back, and the dead one's was taken", () =>
                (workers[1].Pulse.Of(Node.Relay) > beats[1] && workers[2].Pulse.Of(Node.Relay) > beats[2] && probes.Taken > taken) || workers[0].Log.Say("the bus is started anew"));
        }

        await Soon.True("the dead one receives again", () => workers[0].Log.Say("the bus is started anew") && workers[0].Health.Trouble() is null);
        Assert.That(workers[1..].Sum(w => w.Log.Count("started anew")), Is.Zero);
    }

    [Test]
    public async Task One_that_works_on_something_slow_is_not_taken_for_dead()
    {
        var node = await _site.Node(api: true, _clock);
        await node.Connected();
        await Kill(_site, node, Node.Relay, queueGone: false);
        using var work = node.Pulse.Beat(Node.Relay);
        using var probes = new Probes(node, Node.Relay);
        for (var round = 1; round <= 6; round++)
        {
            var (beats, taken) = (node.Pulse.Of(node.Bus.Live), round);

            // Its connection was closed a moment ago, so a first probe may fail, and that round is made again. Not at once: a probe that
            // is under way while two more rounds are made would count as missed.
            var rang = 0L;
            await Soon.True("a round was made", () =>
            {
                if (rang == 0 || Stopwatch.GetElapsedTime(rang) > TimeSpan.FromSeconds(5))
                {
                    _clock.Ring(Watchdog.Every);
                    rang = Stopwatch.GetTimestamp();
                }

                return probes.Taken >= taken && node.Pulse.Of(node.Bus.Live) > beats;
            }, Patient);
        }

        Assert.That(node.Log.Count("started anew"), Is.Zero);
    }

    /// <summary>
    /// What an escaping OperationCanceledException does: the library ends the endpoint's loop, for good and without a word. Here an
    /// observer lets one escape when the consumer ends, which the broker makes it do.
    /// </summary>
    private static async Task Kill(Site site, BusNode node, string endpoint, bool queueGone, bool always = false)
    {
        var poison = new Poison(endpoint, always);
        node.Get<IBusControl>().ConnectReceiveEndpointObserver(poison);
        await Soon.True("the broker ended the consumer", async () =>
        {
            if (queueGone)
            {
                await site.Broker.DeleteQueue(endpoint);
                return true;
            }

            return await site.Broker.CloseConnections() > 0;
        });
        var deleted = Stopwatch.GetTimestamp();
        await Soon.True("the endpoint died", async () =>
        {
            // A busy RabbitMQ 3.10 does not always tell a consumer that its queue is gone.
            if (poison.Struck == 0 && queueGone && Stopwatch.GetElapsedTime(deleted) > TimeSpan.FromSeconds(10))
            {
                await site.Broker.CloseConnections();
            }

            return poison.Struck > 0;
        });
        await Soon.True("the other endpoints are back", () => !node.Bus.Listens || node.Health.Trouble()?.Contains(node.Bus.Live, StringComparison.Ordinal) != true);
    }

    /// <summary>The endpoint has received right now; from here on probes count.</summary>
    private async Task<Probes> Fresh(BusNode node)
    {
        var probes = new Probes(node, Node.Relay);
        var beats = node.Pulse.Of(Node.Relay);
        await Soon.True("a probe has come", () =>
        {
            Round();
            return node.Pulse.Of(Node.Relay) > beats;
        });
        return probes;
    }

    /// <summary>Rings until the watchdog acts, which is after two probes that the broker took and that did not come.</summary>
    private async Task SilentFor(BusNode node, Probes probes)
    {
        await Soon.True("the bus was started anew", () =>
        {
            Round();
            return node.Log.Say("the bus is started anew");
        });
        Assert.That(probes.Taken, Is.GreaterThanOrEqualTo(2), "not before two probes were taken");
    }

    /// <summary>The watchdog goes on with its rounds meanwhile, as it does in life: a connection that the library held on to is made anew by them.</summary>
    private async Task Healed(BusNode node)
    {
        var rang = Stopwatch.GetTimestamp();
        await Soon.True("the bus of the node is healthy again", () =>
        {
            if (Stopwatch.GetElapsedTime(rang) > Watchdog.Every)
            {
                _clock.Ring(Watchdog.Every);
                rang = Stopwatch.GetTimestamp();
            }

            return node.Health.Trouble() is null;
        }, 2 * Patient);
    }

    /// <summary>A round of the watchdog, when the one before is long enough ago for a probe to have come back to whoever lives.</summary>
    private void Round()
    {
        if (Stopwatch.GetElapsedTime(_rang) > TimeSpan.FromMilliseconds(700))
        {
            _clock.Ring(Watchdog.Every);
            _rang = Stopwatch.GetTimestamp();
        }
    }

    private static bool Ended(BusNode node) => node.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private sealed class Poison(string endpoint, bool always) : IReceiveEndpointObserver
    {
        private int _struck;

        public int Struck => Volatile.Read(ref _struck);

        public Task Ready(ReceiveEndpointReady ready) => always ? Strike(ready.InputAddress) : Task.CompletedTask;

        public Task Completed(ReceiveEndpointCompleted completed) => always || Struck == 0 ? Strike(completed.InputAddress) : Task.CompletedTask;

        public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

        public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

        private Task Strike(Uri address)
        {
            if (!address.AbsolutePath.EndsWith($"/{endpoint}", StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref _struck);
            return Task.FromException(new OperationCanceledException("it escapes"));
        }
    }

    /// <summary>Counts the probes that the broker took from a node for one endpoint.</summary>
    private sealed class Probes : ISendObserver, IDisposable
    {
        private readonly ConnectHandle _handle;
        private readonly string _endpoint;
        private int _taken;

        public Probes(BusNode node, string endpoint) => (_endpoint, _handle) = (endpoint, node.Get<IBusControl>().ConnectSendObserver(this));

        public int Taken => Volatile.Read(ref _taken);

        public Task PreSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostSend<T>(SendContext<T> context)
            where T : class
        {
            if (context.Message is Contracts.V1.Probe { Hops: 0 } && context.DestinationAddress!.AbsolutePath.EndsWith($"/{_endpoint}", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _taken);
            }

            return Task.CompletedTask;
        }

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;

        public void Dispose() => _handle.Dispose();
    }
}
