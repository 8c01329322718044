using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Data.Servers;

/// <summary>
/// A database server under many processes at once. A unit that lost a race for a lock or a key, or its connection, runs again;
/// one whose commit got no answer is looked up by its op id first.
/// </summary>
internal abstract class ServerDialect : IDialect, IAsyncDisposable
{
    private readonly ServerStatements _sql;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ContextPool _contexts;

    protected ServerDialect(ServerStatements sql, TimeProvider time, ILogger log)
    {
        (_sql, _time, _log) = (sql, time, log);
        _contexts = new ContextPool(MakeContext);
    }

    /// <summary>For tests: what happens right before a commit is sent; it may throw.</summary>
    internal Func<DbConnection, Task>? BeforeCommit { get; set; }

    /// <summary>For tests: what happens between the commit and its answer; what it throws loses the answer.</summary>
    internal Func<DbConnection, Task>? BeforeAnswer { get; set; }

    public async Task<Outcome<T>> Do<T>(Func<IUnit, ValueTask<Outcome<T>>> work, CancellationToken ct)
    {
        var attempts = new Attempts<T>(this, work, Ids.New(_time.GetUtcNow()));
        try
        {
            return await RunAgain.Pipeline.ExecuteAsync(attempts.Next, ct);
        }
        catch (RunAgain given)
        {
            _log.LogWarning(given.InnerException, "A unit of work was given up");
            return attempts.InDoubt ? Unknown : Unavailable;
        }
    }

    public abstract ExchangeDb Read();

    /// <summary>Measured: with 100 an item waited 0.8 ms for its ticket, with 16 0.7, with 4 0.2.</summary>
    public int HeldAtOnce => 4;

    public async Task<IReadOnlyList<HandoffId>> StillBehind(IReadOnlyList<HandoffId> handoffs, CancellationToken ct)
    {
        if (handoffs.Count == 0)
        {
            return [];
        }

        await using var session = await Open(ct);
        return await session.Read([(_sql.StillBehind, [handoffs.Select(h => h.Value).ToArray(), Micros.Of(_time.Present())])], r => new HandoffId(session.Id(r, 0)));
    }

    public async Task<string?> Trouble(CancellationToken ct)
    {
        try
        {
            await using var db = Read();
            await db.Accounts.AnyAsync(ct);
            return null;
        }
        catch (Exception e) when (Database(e) is not null || IsConnection(e))
        {
            _log.LogError(e, "The database cannot be reached");
            return "The database server cannot be reached, or refuses to answer.";
        }
    }

    public bool IsAway(Exception e) => Database(e) is { } database ? IsTrouble(database) : e.InnerException is { } inner && IsAway(inner);

    public virtual async ValueTask DisposeAsync()
    {
        _contexts.Dispose();
        await Close();
        GC.SuppressFinalize(this);
    }

    protected abstract ServerExchangeDb MakeContext();

    /// <summary>An open connection of the pool, without a transaction.</summary>
    protected abstract Task<ServerSession> Open(CancellationToken ct, ContextPool? contexts = null);

    protected abstract ValueTask Close();

    /// <summary>Another unit was in the way (a deadlock, a lock waited for too long, a key that has just been taken): the whole unit can run again.</summary>
    protected abstract bool IsContention(DbException e);

    /// <summary>A key that another unit has just taken: the second run sees it and refuses properly.</summary>
    protected abstract bool IsDuplicate(DbException e);

    /// <summary>A lock was waited for in vain.</summary>
    protected abstract bool WaitedTooLong(DbException e);

    /// <summary>The server cannot be reached, is stopping or starting, or is out of some means; nothing about the unit itself.</summary>
    protected abstract bool IsTrouble(DbException e);

    /// <summary>Whether the server itself says that the transaction is not committed.</summary>
    protected abstract bool IsRefusal(DbException e);

    /// <summary>How often a duplicate key is taken for a race; after that it is a bug.</summary>
    private const int MostDuplicates = 3;

    /// <summary>After so long a unit is not run again.</summary>
    private static TimeSpan Patience => TimeSpan.FromSeconds(5);

    private static Fault Unavailable => new(
        Codes.NotReady, "The database cannot take this now: nothing was changed. Send the request again later.");

    private static Fault Unknown => new(
        Codes.NotReady, "The database went away while this was being committed, and it is not known whether it was done. Read before you send it again; with an Idempotency-Key it can be sent again safely.");

    private static DbException? Database(Exception e) => e as DbException ?? (e as DbUpdateException)?.InnerException as DbException
        ?? (e as InvalidOperationException)?.InnerException as DbException;

    private static bool IsConnection(Exception e) => e is TimeoutException or SocketException or IOException or ObjectDisposedException;

    private async Task<bool> WasDone(Guid opId)
    {
        await using var session = await Open(CancellationToken.None);
        return (await session.Read([(_sql.WasDone, [opId])], r => r.FieldCount)).Count > 0;
    }

    /// <summary>One ask, tried until it is done, refused or given up.</summary>
    private sealed class Attempts<T>(ServerDialect dialect, Func<IUnit, ValueTask<Outcome<T>>> work, Guid opId)
    {
        private Outcome<T> _lost;
        private IReadOnlyList<Action> _lostEffects = [];
        private readonly long _began = Stopwatch.GetTimestamp();
        private bool _marked;
        private int _duplicates;
        private bool _working;

        /// <summary>A commit was sent, and its answer did not come.</summary>
        public bool InDoubt { get; private set; }

        public async ValueTask<Outcome<T>> Next(CancellationToken ct)
        {
            _working = false;
            try
            {
                if (InDoubt && await Settled() is { } settled)
                {
                    return settled;
                }

                var outcome = await Run(ct);

                // What refuses it now may be what it did itself, in the commit that was not answered.
                return !outcome.Ok && InDoubt && await Settled() is { } done ? done : outcome;
            }
            catch (Exception e) when (Cause(e) is { } cause && !(cause is DbException database && dialect.IsDuplicate(database) && ++_duplicates > MostDuplicates))
            {
                throw new RunAgain(e, last: Stopwatch.GetElapsedTime(_began) > Patience || (cause is DbException lost && dialect.WaitedTooLong(lost)));
            }
        }

        /// <summary>In the work itself such an error is a desk's, or whoever's it calls: drivers wrap their own.</summary>
        private Exception? CauseOf(Exception e) => Database(e) ?? (!_working && IsConnection(e) ? e : null);

        /// <summary>Null for a bug, which running again does not mend.</summary>
        private Exception? Cause(Exception e) => CauseOf(e) switch
        {
            DbException database when !dialect.IsContention(database) && !dialect.IsTrouble(database) => null,
            var cause => cause,
        };

        /// <summary>The outcome of the attempt whose commit was not answered, if it is known by now.</summary>
        private async Task<Outcome<T>?> Settled()
        {
            if (!_marked)
            {
                return Unknown;
            }

            if (!await dialect.WasDone(opId))
            {
                return null;
            }

            Tell(_lostEffects);
            return _lost;
        }

        private async Task<Outcome<T>> Run(CancellationToken ct)
        {
            await using var session = await dialect.Open(ct, dialect._contexts);
            await session.Begin();
            var unit = new ServerUnit(session, dialect._sql, dialect._time, opId);
            _working = true;
            Outcome<T> outcome;
            try
            {
                outcome = await work(unit);
            }
            catch (Exception e) when (session.Lost)
            {
                // Whatever was tried on it after that: drivers and EF have many names for it.
                throw new RunAgain(e, last: Stopwatch.GetElapsedTime(_began) > Patience);
            }

            _working = false;
            if (!outcome.Ok)
            {
                await session.Rollback();
                return outcome;
            }

            try
            {
                await unit.Commit(dialect.BeforeCommit, dialect.BeforeAnswer);
            }
            catch (Exception e) when (session.Committing && !(Database(e) is { } said && dialect.IsRefusal(said)))
            {
                (InDoubt, _lost, _lostEffects, _marked) = (true, outcome, unit.Effects, unit.Marked);
                throw new RunAgain(e, last: false);
            }

            Tell(unit.Effects);
            return outcome;
        }

        /// <summary>The unit is committed: what should follow it and fails is found again by the sweeper.</summary>
        private void Tell(IReadOnlyList<Action> effects)
        {
            foreach (var effect in effects)
            {
                try
                {
                    effect();
                }
                catch (Exception e)
                {
                    dialect._log.LogError(e, "An effect after a commit failed");
                }
            }
        }
    }
}
