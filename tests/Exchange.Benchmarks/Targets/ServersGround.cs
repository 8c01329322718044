using RabbitMQ.Client.Exceptions;

namespace Exchange.Benchmarks;

/// <summary>A database of this run's own, and the broker's queue <c>relay</c>, which has one name and so one user.</summary>
sealed class ServersGround : IGround
{
    const string Queue = "relay";

    readonly ScratchDatabase database;
    readonly PostgresCounter counter;

    ServersGround(
        Servers servers, Layout layout, ScratchDatabase database, PostgresCounter counter, IReadOnlyList<(string Name, string Value)> facts)
    {
        this.database = database;
        this.counter = counter;
        Facts = facts;
        Switches =
        [
            "--Database:Provider=Postgres",
            "--ConnectionStrings:Exchange=" + database.ConnectionString,
            "--Bus:Transport=RabbitMq",
            "--ConnectionStrings:RabbitMq=" + servers.Rabbit,
            "--Exchange:Worker=" + (layout.Workers == 0 ? "embedded" : "none"),
        ];
    }

    public IReadOnlyList<string> Switches { get; }

    public IReadOnlyList<(string Name, string Value)> Facts { get; }

    public static async Task<IGround> Prepare(Servers servers, Layout layout, Sizes sizes, CancellationToken stop)
    {
        var facts = await servers.Look(stop);
        await RefuseCompany(servers, stop);
        var scratch = await ScratchDatabase.Create(servers, stop);
        try
        {
            return new ServersGround(servers, layout, scratch, await PostgresCounter.Open(scratch, sizes.Settle, stop), facts);
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    public async Task<int> Park(Product product, Guid[] handoffs, string cause, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await ParkedBonds.Write(connection, id => id, handoffs, cause, stop);
    }

    public IReadOnlyList<ICounter> CountersOf(Product product) => [counter, new DiskCounter(product)];

    public async ValueTask DisposeAsync()
    {
        await counter.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Another exchange on this broker would take our messages and we its own.</summary>
    static async Task RefuseCompany(Servers servers, CancellationToken stop)
    {
        await using var broker = await servers.OpenRabbit(stop);
        await using var channel = await broker.CreateChannelAsync(cancellationToken: stop);
        try
        {
            if ((await channel.QueueDeclarePassiveAsync(Queue, stop)).ConsumerCount is > 0 and var consumers)
            {
                throw new BenchmarkFailure(FormattableString.Invariant(
                    $"The broker's queue '{Queue}' has {consumers} consumers: another exchange runs on it. Stop that one, or start a broker for the benchmark alone."));
            }
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            // No exchange has been here yet.
        }
    }
}
