using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Data.Sqlite;

/// <summary>The database file and how it is opened.</summary>
public sealed class SqliteFile(string path)
{
    public string Path { get; } = path;

    /// <summary>An open connection of its own, not from the driver's pool.</summary>
    public SqliteConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = readOnly
            ? "PRAGMA query_only=ON; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;"
            : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";
        pragma.ExecuteNonQuery();
        return connection;
    }

    public static SqliteExchangeDb Context(SqliteConnection connection, bool tracking)
    {
        var options = new DbContextOptionsBuilder<SqliteExchangeDb>()
            .UseSqlite(connection)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        var db = new SqliteExchangeDb(options.Options);
        db.Database.AutoSavepointsEnabled = false;
        db.ChangeTracker.AutoDetectChangesEnabled = tracking;
        return db;
    }
}
