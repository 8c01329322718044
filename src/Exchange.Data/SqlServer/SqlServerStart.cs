using System.Data.Common;
using Exchange.Core.Store;
using Exchange.Data.People;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Data.SqlServer;

/// <summary>Makes and migrates the database under a lock, or waits until another process has done so.</summary>
internal sealed class SqlServerStart(string connection, ILogger<SqlServerStart> log) : DatabaseStart(log)
{
    private readonly SqlConnectionStringBuilder _target = new(connection) { Pooling = false };

    protected override string Place => $"{_target.InitialCatalog} on {_target.DataSource}";

    // The server's own errors have positive numbers beyond those of the network.
    protected override bool IsNotThere(Exception e) => e is SqlException said && (said.Class >= 20 || said.Number is -2 or -1 or 2 or 53 or 64 or 233 or 258 or 10054 or 10060 or 10061 or 18401);

    protected override bool IsNotMade(Exception e) => e is SqlException { Number: 4060 };

    protected override string? Refused(Exception e) => e is SqlException { Number: 18456 } said ? said.Message : null;

    protected override IReadOnlyList<DbContext> Contexts() =>
    [
        new SqlServerExchangeDb(new DbContextOptionsBuilder<SqlServerExchangeDb>().UseSqlServer(_target.ToString()).Options),
        new SqlServerPeopleDb(PeopleOptions.SqlServer(_target.ToString())),
    ];

    protected override async Task MakeDatabase(CancellationToken ct)
    {
        await using var server = new SqlConnection(new SqlConnectionStringBuilder(_target.ToString()) { InitialCatalog = "master" }.ToString());
        await server.OpenAsync(ct);
        await Locked(server, () => Run(
            server,
            """
            IF DB_ID(@name) IS NULL
            BEGIN
                DECLARE @sql nvarchar(max) = N'CREATE DATABASE ' + QUOTENAME(@name) + N'; ALTER DATABASE ' + QUOTENAME(@name) + N' SET READ_COMMITTED_SNAPSHOT ON';
                EXEC (@sql);
            END
            """,
            ct, ("@name", _target.InitialCatalog)), ct);
    }

    protected override async Task UnderLock(DbContext db, Func<Task> migrate, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        if (!await db.Database.SqlQuery<bool>($"SELECT is_read_committed_snapshot_on AS Value FROM sys.databases WHERE database_id = DB_ID()").SingleAsync(ct))
        {
            throw new StartRefused($"The database {Place} was made without READ_COMMITTED_SNAPSHOT, without which readers wait for writers. Run: ALTER DATABASE [{_target.InitialCatalog}] SET READ_COMMITTED_SNAPSHOT ON.");
        }

        await Locked(db.Database.GetDbConnection(), migrate, ct);
    }

    private static async Task Locked(DbConnection held, Func<Task> work, CancellationToken ct)
    {
        await Run(held, "EXEC sp_getapplock @Resource = 'ticket exchange: migrate', @LockMode = 'Exclusive', @LockOwner = 'Session'", ct);
        try
        {
            await work();
        }
        finally
        {
            await Run(held, "EXEC sp_releaseapplock @Resource = 'ticket exchange: migrate', @LockOwner = 'Session'", CancellationToken.None);
        }
    }

    private static async Task Run(DbConnection held, string sql, CancellationToken ct, params (string Name, string Value)[] values)
    {
        await using var command = held.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(new SqlParameter(name, value));
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
