using System.Collections.Concurrent;

namespace Exchange.Data.Sqlite;

/// <summary>Contexts for reading, each on an open connection, kept for the next reader.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private const int MostIdle = 16;
    private readonly ConcurrentBag<SqliteExchangeDb> _idle = [];
    private volatile bool _closed;

    public SqliteExchangeDb Take()
    {
        if (_idle.TryTake(out var db))
        {
            return db;
        }

        db = SqliteFile.Context(file.Open(readOnly: true), tracking: false);
        db.GiveBack = GiveBack;
        return db;
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var db))
        {
            Close(db);
        }
    }

    private void GiveBack(SqliteExchangeDb db)
    {
        db.ChangeTracker.Clear();
        if (_closed || _idle.Count >= MostIdle)
        {
            Close(db);
        }
        else
        {
            _idle.Add(db);
        }
    }

    private static void Close(SqliteExchangeDb db)
    {
        var connection = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database);
        db.GiveBack = null;
        db.Dispose();
        connection.Dispose();
    }
}
