using Exchange.Core.Store;
using Exchange.Data.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Exchange.Data.Postgres;

/// <summary>Makes and migrates the database under a lock, or waits until another process has done so.</summary>
internal sealed class PostgresStart(string connection, ILogger<PostgresStart> log) : DatabaseStart(log)
{
    /// <summary>Any number; the same for all who make or migrate a database of the exchange.</summary>
    private const long Lock = 0x7469636B657473;

    private readonly NpgsqlConnectionStringBuilder _target = new(connection) { Pooling = false };

    protected override string Place => $"{_target.Database} on {_target.Host}:{_target.Port}";

    protected override bool IsNotThere(Exception e) =>
        e is NpgsqlException { InnerException: System.Net.Sockets.SocketException or TimeoutException } or PostgresException { SqlState: [('5'), ('3' or '7'), ..] };

    protected override bool IsNotMade(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName };

    protected override string? Refused(Exception e) => e is PostgresException { SqlState: [('2'), ('8'), ..] or PostgresErrorCodes.InsufficientPrivilege } said ? $"{said.MessageText}." : null;

    protected override IReadOnlyList<DbContext> Contexts() =>
    [
        new PostgresExchangeDb(new DbContextOptionsBuilder<PostgresExchangeDb>().UseNpgsql(_target.ToString()).Options),
        new PostgresPeopleDb(PeopleOptions.Postgres(_target.ToString())),
    ];

    protected override async Task MakeDatabase(CancellationToken ct)
    {
        // Locks are per database, so those who make it meet in the one that is always there.
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_target.ToString()) { Database = "postgres" }.ToString());
        await server.OpenAsync(ct);
        await Locked(server, async () =>
        {
            if (await Scalar(server, "SELECT 1 FROM pg_database WHERE datname = $1", ct, _target.Database!) is null)
            {
                await Scalar(server, $"CREATE DATABASE \"{_target.Database!.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENCODING 'UTF8' TEMPLATE template0", ct);
            }
        }, ct);
    }

    protected override async Task UnderLock(DbContext db, Func<Task> migrate, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await Locked((NpgsqlConnection)db.Database.GetDbConnection(), migrate, ct);
    }

    private static async Task Locked(NpgsqlConnection held, Func<Task> work, CancellationToken ct)
    {
        await Scalar(held, $"SELECT pg_advisory_lock({Lock})", ct);
        try
        {
            await work();
        }
        finally
        {
            await Scalar(held, $"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task<object?> Scalar(NpgsqlConnection held, string sql, CancellationToken ct, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, held);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(ct);
    }
}
