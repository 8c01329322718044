using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Exchange.Benchmarks;

/// <summary>
/// B1: append and commit on PostgreSQL, publish with confirms, consume, apply and commit, acknowledge.
/// No HTTP, no JSON, no hashing: only what has to be on disk twice and to cross the broker once.
/// Handoffs are dealt out to the connections, so no two of them wait for one row.
/// </summary>
sealed class ServersLoop : IBareLoop
{
    public const string Text =
        "16 connections insert the entry, move the head and commit on PostgreSQL (prepared, one round trip); publish to a quorum queue, persistent, with confirms (window 128); consume (prefetch 128); 16 connections insert the item, move the cursor and commit; acknowledge. No HTTP, no JSON.";

    const int Appenders = 16;
    const int Window = 128;
    const ushort Prefetch = 128;

    /// <summary>With 4 or 8 the rate was no better in trials, and the queue grew for as long as the pass ran.</summary>
    const int Appliers = 16;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string queue = "bench-b1-" + Guid.NewGuid().ToString("n");
    readonly long[] lastSeq = new long[Commits.Handoffs];
    readonly CancellationTokenSource broken = new();
    readonly List<Commits> appends = [];
    readonly List<Commits> applies = [];
    readonly List<Channel<(BareMessage Message, ulong Tag)>> lanes = [];
    readonly List<Task> laneTasks = [];
    ScratchDatabase? database;
    IConnection? broker;
    IChannel? consuming;
    ConfirmedPublisher? publisher;
    Exception? cause;
    volatile BarePass? pass;

    ServersLoop()
    {
    }

    public static async Task<IBareLoop> Open(Servers servers, CancellationToken stop)
    {
        var loop = new ServersLoop();
        try
        {
            await loop.OpenStore(servers, stop);
            await loop.OpenBroker(servers, stop);
            return loop;
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
        }
    }

    public async Task<BareRun> AtFullRate(Budget budget, CancellationToken stop)
    {
        await Pass(new(TimeSpan.FromSeconds(5), 640), Appenders, int.MaxValue, stop);
        return await Pass(budget, Appenders, int.MaxValue, stop);
    }

    public async Task<BareRun> OneInFlight(Budget budget, CancellationToken stop)
    {
        await Pass(new(TimeSpan.FromSeconds(5), 100), 1, 1, stop);
        return await Pass(budget, 1, 1, stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes) lane.Writer.TryComplete();
        await Task.WhenAll(laneTasks);
        if (consuming is not null)
        {
            if (consuming.IsOpen) await consuming.QueueDeleteAsync(queue);
            await consuming.DisposeAsync();
        }

        if (publisher is not null) await publisher.DisposeAsync();
        if (broker is not null) await broker.DisposeAsync();
        foreach (var commits in appends.Concat(applies)) await commits.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        broken.Dispose();
    }

    async Task OpenStore(Servers servers, CancellationToken stop)
    {
        database = await ScratchDatabase.Create(servers, stop);
        await using (var connection = await database.Open(stop)) await Commits.MakeTables(connection, stop);
        for (var i = 0; i < Appenders; i++) appends.Add(await Commits.OfAppends(await database.Open(stop), stop));
        for (var i = 0; i < Appliers; i++) applies.Add(await Commits.OfApplies(await database.Open(stop), stop));
    }

    async Task OpenBroker(Servers servers, CancellationToken stop)
    {
        broker = await servers.OpenRabbit(stop);
        consuming = await broker.CreateChannelAsync(cancellationToken: stop);
        var quorum = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
        await consuming.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: stop);
        publisher = await ConfirmedPublisher.Open(broker, queue, Window, Break);
        for (var i = 0; i < Appliers; i++)
        {
            var lane = Channel.CreateUnbounded<(BareMessage, ulong)>(new() { SingleReader = true, SingleWriter = true });
            var commits = applies[i];
            lanes.Add(lane);
            laneTasks.Add(Task.Run(() => Apply(lane.Reader, commits), CancellationToken.None));
        }

        await consuming.BasicQosAsync(0, Prefetch, global: false, stop);
        await consuming.BasicConsumeAsync(queue, autoAck: false, new Dealer(consuming, lanes), stop);
    }

    async Task<BareRun> Pass(Budget budget, int flows, int inFlight, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, broken.Token);
        using var run = pass = new(inFlight);
        var allowance = budget.Open(ended.Token);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, flows).Select(flow => Task.Run(() => Append(flow, run, allowance, ended.Token), CancellationToken.None)));
            await run.AllApplied().WaitAsync(Patience, ended.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new BenchmarkFailure("The bare loop broke: " + cause?.Message, cause);
        }
        catch (Exception e) when (e is NpgsqlException or AlreadyClosedException)
        {
            throw new BenchmarkFailure("The bare loop broke: " + e.Message, e);
        }
        catch (TimeoutException e)
        {
            throw new BenchmarkFailure($"The bare loop did not apply everything within {Patience.TotalSeconds:0} s.", e);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        stop.ThrowIfCancellationRequested();
        return new(run.Latencies.Count, elapsed, Environment.CpuUsage.TotalTime - cpu, run.Latencies);
    }

    async Task Append(int flow, BarePass run, Allowance allowance, CancellationToken stop)
    {
        for (var turn = 0; allowance.Take(); turn++)
        {
            await run.Begin(stop);
            long handoff = (flow + (turn * Appenders)) % Commits.Handoffs;
            var message = new BareMessage(handoff, ++lastSeq[handoff], Stopwatch.GetTimestamp());
            await appends[flow].Run(message.Handoff, message.Seq);
            await publisher!.Publish(message.ToBytes(), stop);
        }
    }

    async Task Apply(ChannelReader<(BareMessage Message, ulong Tag)> lane, Commits commits)
    {
        try
        {
            await foreach (var (message, tag) in lane.ReadAllAsync(CancellationToken.None))
            {
                await commits.Run(message.Handoff, message.Seq);
                var latency = Stopwatch.GetElapsedTime(message.Began);
                await consuming!.BasicAckAsync(tag, multiple: false, CancellationToken.None);
                pass!.Applied(latency);
            }
        }
        catch (Exception e)
        {
            Break(e);
        }
    }

    void Break(Exception e)
    {
        cause ??= e;
        broken.Cancel();
    }

    /// <summary>Deals what the broker delivers to the connections that apply it, each handoff always to the same one, so its order stands.</summary>
    sealed class Dealer(IChannel channel, IReadOnlyList<Channel<(BareMessage Message, ulong Tag)>> lanes) : AsyncDefaultBasicConsumer(channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag,
            ulong deliveryTag,
            bool redelivered,
            string exchange,
            string routingKey,
            IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            var message = BareMessage.From(body.Span);
            lanes[(int)(message.Handoff % lanes.Count)].Writer.TryWrite((message, deliveryTag));
            return Task.CompletedTask;
        }
    }
}
