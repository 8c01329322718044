using Npgsql;
using RabbitMQ.Client;

namespace Exchange.Benchmarks;

/// <summary>The PostgreSQL and the RabbitMQ that the environment names. Both are for tests: databases and queues come and go in them.</summary>
sealed class Servers
{
    const string PostgresVariable = "EXCHANGE_TEST_POSTGRES";
    const string RabbitVariable = "EXCHANGE_TEST_RABBITMQ";

    readonly string? postgres = Environment.GetEnvironmentVariable(PostgresVariable);
    readonly string? rabbit = Environment.GetEnvironmentVariable(RabbitVariable);

    /// <summary>What has to be set before this target can run; null when it is.</summary>
    public string? Missing => string.IsNullOrWhiteSpace(postgres) || string.IsNullOrWhiteSpace(rabbit)
        ? $"{PostgresVariable} ('Host=127.0.0.1;Port=5432;Username=exchange;Password=...', a role that may create databases) and "
          + $"{RabbitVariable} ('amqp://user:password@127.0.0.1:5672/') have to name servers for tests. "
          + "Run `deploy/servers up DIR` and `source DIR/servers.env`, then start this again."
        : null;

    public string Rabbit => rabbit ?? throw new BenchmarkFailure(Missing!);

    public string PostgresWith(string database) =>
        new NpgsqlConnectionStringBuilder(postgres ?? throw new BenchmarkFailure(Missing!)) { Database = database }.ConnectionString;

    public async Task<NpgsqlConnection> OpenPostgres(string database, CancellationToken stop)
    {
        var alone = new NpgsqlConnectionStringBuilder(PostgresWith(database)) { Pooling = false };
        var connection = new NpgsqlConnection(alone.ConnectionString);
        try
        {
            await connection.OpenAsync(stop);
            return connection;
        }
        catch (NpgsqlException e)
        {
            await connection.DisposeAsync();
            throw new BenchmarkFailure($"PostgreSQL ({PostgresVariable}) does not let us in: {e.Message}", e);
        }
    }

    public async Task<IConnection> OpenRabbit(CancellationToken stop)
    {
        try
        {
            // A connection that recovers by itself would hide that a run was disturbed.
            var factory = new ConnectionFactory { Uri = new(Rabbit), AutomaticRecoveryEnabled = false };
            return await factory.CreateConnectionAsync(stop);
        }
        catch (Exception e) when (e is RabbitMQ.Client.Exceptions.BrokerUnreachableException or UriFormatException)
        {
            throw new BenchmarkFailure($"RabbitMQ ({RabbitVariable}) does not let us in: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>What the figures rest on; a server that does not sync makes them worth nothing, so it is refused.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> Look(CancellationToken stop)
    {
        await using var connection = await OpenPostgres("postgres", stop);
        await using var command = new NpgsqlCommand(
            "select current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'), current_setting('max_connections')",
            connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        var (version, fsync, commit, most) = (reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
        if (fsync is not "on" || commit is "off") throw new BenchmarkFailure("PostgreSQL runs with fsync or synchronous_commit off: its figures would be worth nothing.");

        await using var broker = await OpenRabbit(stop);
        object? told = null;
        broker.ServerProperties?.TryGetValue("version", out told);
        var rabbitVersion = told is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : "unknown";
        return
        [
            ("PostgreSQL", $"{version}, fsync on, synchronous_commit {commit}, max_connections {most}"),
            ("RabbitMQ", $"{rabbitVersion}, one node, quorum queue"),
        ];
    }
}
