using System.Data.Common;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Data.Servers;

/// <summary>One connection with one transaction, and the context on it if a unit of work asks for one. Engines differ in how they begin, commit and bind.</summary>
internal abstract class ServerSession(DbConnection connection, ContextPool contexts) : IAsyncDisposable
{
    private ServerExchangeDb? _context;
    private bool _whole;

    /// <summary>Whether the connection ended under it.</summary>
    public bool Lost => connection.State != System.Data.ConnectionState.Open;

    public bool HasContext => _context is not null;

    protected DbConnection Connection => connection;

    protected DbTransaction? Transaction { get; set; }

    /// <summary>From here on nobody knows whether it was committed until the server has answered.</summary>
    public bool Committing { get; private set; }

    public ExchangeDb Context(ServerUnit unit)
    {
        if (_context is null)
        {
            _context = contexts.Take(connection, Transaction);
            _context.Unit = unit;
        }

        return _context;
    }

    public abstract Task Begin();

    public async Task Run(IReadOnlyList<(Statement Statement, object?[] Values)> statements)
    {
        await using var batch = Batch(statements);
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Runs all, and reads the rows of the last; those before it answer nothing, or only that they locked.</summary>
    public async ValueTask<List<T>> Read<T>(IReadOnlyList<(Statement Statement, object?[] Values)> statements, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        await using var batch = Batch(statements);
        await using var reader = await batch.ExecuteReaderAsync();
        for (var locks = statements.Count(s => s.Statement.OnlyLocks); locks > 0; locks--)
        {
            await reader.NextResultAsync();
        }

        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async Task Commit(
        IReadOnlyList<(Statement Statement, object?[] Values)> last, Func<DbConnection, Task>? before, Func<DbConnection, Task>? answering)
    {
        await (before?.Invoke(connection) ?? Task.CompletedTask);
        Committing = true;
        await CommitWith(last);
        await (answering?.Invoke(connection) ?? Task.CompletedTask);
        Committing = false;
        _whole = true;
    }

    /// <summary>Runs the statements and commits.</summary>
    protected abstract Task CommitWith(IReadOnlyList<(Statement Statement, object?[] Values)> last);

    public async Task Rollback()
    {
        await Transaction!.RollbackAsync();
        _whole = true;
    }

    public abstract Guid Id(DbDataReader reader, int column);

    /// <summary>Whether a lock was waited for in vain.</summary>
    public abstract bool WaitedTooLong(DbException e);

    public async ValueTask DisposeAsync()
    {
        if (_context is { } context)
        {
            context.Unit = null;
            if (_whole)
            {
                await contexts.GiveBack(context);
            }
            else
            {
                await context.DisposeAsync();
            }
        }

        if (Transaction is not null)
        {
            await Transaction.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    protected abstract void Bind(DbBatchCommand command, Kind kind, object? value);

    protected DbBatch Batch(IReadOnlyList<(Statement Statement, object?[] Values)> statements)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = Transaction;
        foreach (var (statement, values) in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            for (var i = 0; i < values.Length; i++)
            {
                Bind(command, statement.Kinds[i], values[i]);
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
