using System.Data.Common;
using Exchange.Core.Store;
using Exchange.Data.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>
/// The server that <c>EXCHANGE_TEST_POSTGRES</c> names, with a role that may make databases. One is migrated in each run, and
/// all others are copies of it.
/// </summary>
internal sealed class PostgresEngine : Engine, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly string _template = $"exchange_edge_template_{Environment.ProcessId}";
    private bool _made;

    public override string? Missing { get; } = Server is null
        ? "PostgreSQL is missing: EXCHANGE_TEST_POSTGRES is not set. ./test starts one; or: deploy/servers up DIR && set -a && . DIR/servers.env"
        : null;

    public static string? Server => Environment.GetEnvironmentVariable("EXCHANGE_TEST_POSTGRES");

    internal override string Zeros => "decode(repeat('00', 32), 'hex')";

    internal override string AnyId => "gen_random_uuid()";

    public override string ToString() => "Postgres";

    internal override Place NewPlace() => new PostgresPlace(this, Copy());

    /// <summary>An empty database that nobody has made yet.</summary>
    internal PostgresPlace Nowhere() => new(this, $"exchange_edge_{Random.Shared.NextInt64():x}");

    internal override string Reworded(string from, string to) => $"convert_to(replace(convert_from(bytes, 'UTF8'), '{from}', '{to}'), 'UTF8')";

    internal override string Constant(Guid id) => $"'{id}'";

    internal static string Connection(string database) => new NpgsqlConnectionStringBuilder(Server) { Database = database }.ToString();

    internal static async Task AtServer(string sql)
    {
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Database = "postgres", Pooling = false }.ToString());
        await server.OpenAsync();
        await Run(server, sql);
    }

    /// <summary>The server sends its own vacuum away for a plain drop alone, and sessions that have not ended for a forced one alone.</summary>
    internal static async Task Drop(string database)
    {
        try
        {
            await AtServer($"DROP DATABASE IF EXISTS {database}");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            await AtServer($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }

    internal override async Task End()
    {
        if (_made)
        {
            await Drop(_template);
        }
    }

    public void Dispose() => _one.Dispose();

    private string Copy() => Task.Run(async () =>
    {
        await _one.WaitAsync();
        try
        {
            if (!_made)
            {
                await new PostgresStart(Connection(_template), NullLogger<PostgresStart>.Instance).Prepare(migrate: true, CancellationToken.None);
                _made = true;
            }

            var name = $"exchange_edge_{Random.Shared.NextInt64():x}";
            await AtServer($"CREATE DATABASE {name} TEMPLATE {_template}");
            return name;
        }
        finally
        {
            _one.Release();
        }
    }).GetAwaiter().GetResult();
}

internal sealed class PostgresPlace(Engine engine, string database) : Place(engine)
{
    private readonly NpgsqlDataSource _own = NpgsqlDataSource.Create($"{PostgresEngine.Connection(database)};Maximum Pool Size=8");

    public string Connection { get; } = PostgresEngine.Connection(database);

    public string Database { get; } = database;

    public override IReadOnlyList<(string Name, string Value)> Settings => [("Database:Provider", "Postgres"), ("ConnectionStrings:Exchange", Connection)];

    public override IDialect Dialect(IServiceProvider services, World world) =>
        new PostgresDialect($"{Connection};{world.ServerOptions}", world.Clock, services.GetRequiredService<ILogger<PostgresDialect>>())
        {
            BeforeCommit = world.Before,
            BeforeAnswer = world.After,
        };

    public override DbConnection Open(bool write = false) => _own.OpenConnection();

    public override DbConnection Moment()
    {
        var connection = _own.OpenConnection();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        begin.ExecuteNonQuery();
        return connection;
    }

    public override async Task Kill(DbConnection session)
    {
        await using var own = await _own.OpenConnectionAsync();
        await Engine.Scalar(own, $"SELECT pg_terminate_backend({((NpgsqlConnection)session).ProcessID}, 5000)");
    }

    /// <summary>Deadlocks of this database so far; the server tells them a little late.</summary>
    public async Task<long> Deadlocks()
    {
        await using var own = await _own.OpenConnectionAsync();
        await Engine.Scalar(own, "SELECT pg_stat_clear_snapshot()");
        return (long)(await Engine.Scalar(own, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))!;
    }

    /// <summary>Sessions of the product at this database.</summary>
    public async Task<long> Sessions()
    {
        await using var own = await _own.OpenConnectionAsync();
        return (long)(await Engine.Scalar(own, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ticket exchange'"))!;
    }

    public override async ValueTask DisposeAsync()
    {
        await _own.DisposeAsync();
        await PostgresEngine.Drop(Database);
        await base.DisposeAsync();
    }
}
