using Exchange.Core.Store;
using Exchange.Data.People;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Data.Sqlite;

/// <summary>Takes the data folder for this process, and makes or migrates the database in it.</summary>
public sealed class SqliteStart : IDisposable
{
    private readonly FileStream _held;

    private SqliteStart(FileStream held, SqliteFile file, SqliteFile people) => (_held, File, People) = (held, file, people);

    public SqliteFile File { get; }

    /// <summary>Who signs in: a file of its own, so that a sign-in never waits for the one writer of the exchange.</summary>
    public SqliteFile People { get; }

    /// <exception cref="StartRefused">The folder cannot be used, is in use, or was written by a newer version.</exception>
    public static SqliteStart Begin(string folder, ILogger log)
    {
        var held = Hold(folder);
        try
        {
            var file = new SqliteFile(Path.Combine(folder, "exchange.db"));
            using (var connection = file.Open(readOnly: false))
            using (var db = SqliteFile.Context(connection, tracking: true))
            {
                Migrate(db, connection, file, log);
            }

            var people = new SqliteFile(Path.Combine(folder, "people.db"));
            using (var connection = people.Open(readOnly: false))
            using (var db = new SqlitePeopleDb(PeopleOptions.Sqlite(connection)))
            {
                Migrate(db, connection, people, log);
            }

            return new SqliteStart(held, file, people);
        }
        catch (SqliteException e)
        {
            held.Dispose();
            throw new StartRefused($"The database in {folder} cannot be opened: {e.Message} Restore a backup, or choose another folder with --Exchange:Data=DIR.");
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _held.Dispose();

    private static FileStream Hold(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The data folder {folder} cannot be made: {e.Message} Choose another one with --Exchange:Data=DIR.");
        }

        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartRefused($"The data folder {folder} cannot be written: {e.Message} Choose another one with --Exchange:Data=DIR.");
        }
        catch (IOException)
        {
            throw new StartRefused(
                $"The data folder {folder} is in use by another process. SQLite serves one process: stop the other one, or choose another folder with --Exchange:Data=DIR.");
        }
    }

    private static void Migrate(DbContext db, SqliteConnection connection, SqliteFile file, ILogger log)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = db.Database.GetAppliedMigrations().ToList();
        if (applied.Find(id => !known.Contains(id)) is { } newer)
        {
            throw new StartRefused(
                $"The database in {Path.GetDirectoryName(file.Path)} was written by a newer version (it has the migration {newer}). Start that version, or restore a backup made before it.");
        }

        var pending = known.Count - applied.Count;
        if (pending > 0)
        {
            // A kill during a migration leaves its lock behind; this process holds the folder, so nobody else is at it.
            ClearLock(connection);
            db.Database.Migrate();
            log.LogInformation("Database {File}: {Count} migrations applied", file.Path, pending);
        }
    }

    private static void ClearLock(SqliteConnection connection)
    {
        using var find = connection.CreateCommand();
        find.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if ((long)find.ExecuteScalar()! > 0)
        {
            using var clear = connection.CreateCommand();
            clear.CommandText = "DELETE FROM __EFMigrationsLock";
            clear.ExecuteNonQuery();
        }
    }
}
