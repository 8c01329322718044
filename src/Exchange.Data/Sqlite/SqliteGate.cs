using System.Threading.Channels;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Exchange.Data.Sqlite;

/// <summary>
/// The one writer. Units of work that wait are run one after another on one connection, each in a savepoint, and committed
/// together; every answer comes after the commit. While a commit is under way the next group forms.
/// </summary>
public sealed class SqliteGate : IDialect, IAsyncDisposable
{
    private const int MostTogether = 256;

    private readonly Channel<Work> _waiting = Channel.CreateBounded<Work>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly TimeProvider _time;
    private readonly ILogger<SqliteGate> _log;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _sql;
    private readonly SqliteReaders _readers;
    private readonly Task _loop;
    private SqliteExchangeDb? _db;
    private SqliteTransaction? _transaction;
    private volatile bool _failing;

    /// <param name="file">A database that is migrated, in a folder that this process holds.</param>
    public SqliteGate(SqliteFile file, TimeProvider time, ILogger<SqliteGate> log)
    {
        (_time, _log) = (time, log);
        _connection = file.Open(readOnly: false);
        _sql = new SqliteStatements(_connection);
        _readers = new SqliteReaders(file);
        _loop = Task.Run(Serve);
    }

    /// <summary>For tests: what happens right before a commit; it may throw.</summary>
    internal Action<SqliteConnection>? BeforeCommit { get; set; }

    public ExchangeDb Read() => _readers.Take();

    public async Task<Outcome<T>> Do<T>(Func<IUnit, ValueTask<Outcome<T>>> work, CancellationToken ct)
    {
        var waiting = new Work<T>(work);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, ct);
        }
        catch (ChannelClosedException)
        {
            return new Fault(Codes.NotReady, "The exchange is stopping: send the request again in a moment.");
        }

        return await waiting.Answer;
    }

    public int HeldAtOnce => 100;

    public Task<IReadOnlyList<HandoffId>> StillBehind(IReadOnlyList<HandoffId> handoffs, CancellationToken ct) => Task.FromResult<IReadOnlyList<HandoffId>>([]);

    public async Task<string?> Trouble(CancellationToken ct)
    {
        try
        {
            await using var db = Read();
            await db.Accounts.AnyAsync(ct);
        }
        catch (SqliteException e)
        {
            _log.LogError(e, "The database cannot be read");
            return "The database cannot be read.";
        }

        // After a failed write a small one is tried; otherwise the traffic itself tells.
        return !_failing || (await Do<Done>(unit => ((SqliteUnit)unit).Probe(), ct)).Ok ? null : "The database cannot be written: its disk may be full or failing.";
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _readers.Dispose();
        _db?.Dispose();
        _sql.Dispose();
        await _connection.DisposeAsync();
    }

    private static Fault Full => new(
        Codes.NotReady, "The database cannot take this now (its disk may be full or failing): nothing was changed. Send the request again later.");

    private async Task Serve()
    {
        try
        {
            await ServeAll();
        }
        catch (Exception e)
        {
            _failing = true;
            _waiting.Writer.TryComplete();
            _log.LogCritical(e, "The database's gate has ended: nothing can be written until the process is started again");
            while (_waiting.Reader.TryRead(out var work))
            {
                work.Refuse(Full);
                work.Tell(_log);
            }
        }
    }

    private async Task ServeAll()
    {
        var group = new List<Work>(MostTogether);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostTogether && _waiting.Reader.TryRead(out var work))
            {
                group.Add(work);
            }

            if (!await Together(group))
            {
                foreach (var work in group)
                {
                    await Alone(work);
                }
            }

            _failing = group.Exists(work => work.Refused) || (_failing && !group.Exists(work => work.Done));
            foreach (var work in group)
            {
                work.Tell(_log);
            }
        }
    }

    /// <returns>False when the transaction was lost: then nobody was acknowledged, and nothing is written.</returns>
    private async ValueTask<bool> Together(List<Work> group)
    {
        try
        {
            Begin();
            foreach (var work in group)
            {
                await Run(work);
                if (!Stands)
                {
                    throw new InvalidOperationException("SQLite ended the transaction.");
                }
            }

            Commit();
            return true;
        }
        catch (Exception e)
        {
            _log.LogWarning(e, "A group of {Count} units of work was lost before its commit; each is run alone", group.Count);
            Abandon();
            return false;
        }
    }

    private async ValueTask Alone(Work work)
    {
        try
        {
            Begin();
            await Run(work);
            if (!Stands)
            {
                throw work.Failure ?? new InvalidOperationException("SQLite ended the transaction.");
            }

            Commit();
        }
        catch (Exception e)
        {
            Abandon();
            _log.LogError(e, "A unit of work was lost before its commit");
            work.Refuse(Full);
        }
    }

    /// <summary>Whether the transaction is still open: some errors end all of it, and then a savepoint means nothing.</summary>
    private bool Stands => _transaction is not null && raw.sqlite3_get_autocommit(_connection.Handle!) == 0;

    private async ValueTask Run(Work work)
    {
        _sql.Run("SAVEPOINT unit");
        try
        {
            var unit = new SqliteUnit(_sql, Context, _time.Present());
            var ok = await work.Run(unit);
            if (ok)
            {
                await unit.Flush();
                _sql.Run("RELEASE unit");
            }
            else
            {
                Undo();
            }
        }
        catch (Exception e)
        {
            work.Fail(e, Cause(e) is null ? null : Full);
            if (Stands)
            {
                Undo();
            }

            DropContext();
        }
        finally
        {
            _db?.ChangeTracker.Clear();
        }
    }

    /// <summary>The database's own trouble, which says nothing about the request; null for a bug.</summary>
    private static SqliteException? Cause(Exception e)
    {
        var cause = e as SqliteException ?? (e as DbUpdateException)?.InnerException as SqliteException;
        return cause?.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_BUSY or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN
            ? cause
            : null;
    }

    private SqliteExchangeDb Context()
    {
        if (_db is null)
        {
            _db = SqliteFile.Context(_connection, tracking: true);
            _db.Database.UseTransaction(_transaction);
        }
        else if (_db.Database.CurrentTransaction is null)
        {
            _db.Database.UseTransaction(_transaction);
        }

        return _db;
    }

    private void DropContext()
    {
        _db?.Dispose();
        _db = null;
    }

    private void Begin()
    {
        _transaction = _connection.BeginTransaction(deferred: false);
        _sql.Transaction = _transaction;
    }

    private void Undo()
    {
        _sql.Run("ROLLBACK TO unit");
        _sql.Run("RELEASE unit");
    }

    private void Commit()
    {
        BeforeCommit?.Invoke(_connection);
        _db?.Database.UseTransaction(null);
        _transaction!.Commit();
        Forget();
    }

    private void Abandon()
    {
        DropContext();
        try
        {
            if (Stands)
            {
                _transaction!.Rollback();
            }
        }
        catch (SqliteException e)
        {
            _log.LogError(e, "Rolling back failed");
        }

        Forget();
    }

    private void Forget()
    {
        try
        {
            _transaction?.Dispose();
        }
        catch (SqliteException e)
        {
            // After a commit that failed there may be nothing left to roll back.
            _log.LogWarning(e, "A transaction that was lost could not be disposed");
        }

        _transaction = null;
        _sql.Transaction = null;
    }

    private abstract class Work
    {
        public Exception? Failure { get; protected set; }

        /// <summary>Whether the database, not the deed, refused it.</summary>
        public bool Refused { get; protected set; }

        public abstract bool Done { get; }

        public abstract ValueTask<bool> Run(SqliteUnit unit);

        public abstract void Fail(Exception e, Fault? trouble);

        public abstract void Refuse(Fault fault);

        public abstract void Tell(ILogger log);
    }

    private sealed class Work<T>(Func<IUnit, ValueTask<Outcome<T>>> work) : Work
    {
        private readonly TaskCompletionSource<Outcome<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private IReadOnlyList<Action> _effects = [];
        private Outcome<T> _outcome;

        public Task<Outcome<T>> Answer => _answer.Task;

        public override bool Done => Failure is null && _outcome.Ok;

        public override async ValueTask<bool> Run(SqliteUnit unit)
        {
            (Failure, Refused, _effects) = (null, false, []);
            _outcome = await work(unit);
            if (_outcome.Ok)
            {
                _effects = unit.Effects;
            }

            return _outcome.Ok;
        }

        public override void Fail(Exception e, Fault? trouble)
        {
            (Failure, _effects) = (e, []);
            if (trouble is not null)
            {
                Refuse(trouble);
            }
        }

        public override void Refuse(Fault fault) => (Failure, Refused, _effects, _outcome) = (null, true, [], fault);

        public override void Tell(ILogger log)
        {
            foreach (var effect in _effects)
            {
                try
                {
                    effect();
                }
                catch (Exception e)
                {
                    // The unit is committed; what should follow it is found again by the sweeper.
                    log.LogError(e, "An effect after a commit failed");
                }
            }

            if (Failure is null)
            {
                _answer.SetResult(_outcome);
            }
            else
            {
                _answer.SetException(Failure);
            }
        }
    }
}
