using System.Data.Common;
using Exchange.Core.Store;
using Exchange.Data.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Exchange.Data.Postgres;

/// <summary>Units of work and reading on PostgreSQL.</summary>
internal sealed class PostgresDialect : ServerDialect
{
    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<PostgresExchangeDb> _readers;
    private readonly ContextPool _none = new(() => throw new InvalidOperationException("There is no context outside a unit of work."));

    public PostgresDialect(string connection, TimeProvider time, ILogger<PostgresDialect> log)
        : base(new PostgresStatements(), time, log)
    {
        _source = NpgsqlDataSource.Create(Filled(connection));
        _readers = new PooledDbContextFactory<PostgresExchangeDb>(new DbContextOptionsBuilder<PostgresExchangeDb>()
            .UseNpgsql(_source).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);
    }

    public override ExchangeDb Read() => _readers.CreateDbContext();

    protected override ServerExchangeDb MakeContext()
    {
        var context = new PostgresExchangeDb(new DbContextOptionsBuilder<PostgresExchangeDb>()
            .UseNpgsql().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).AddInterceptors(PendingFirst.Instance).Options);
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return context;
    }

    protected override async Task<ServerSession> Open(CancellationToken ct, ContextPool? contexts = null) =>
        new PostgresSession(await _source.OpenConnectionAsync(ct), contexts ?? _none);

    protected override ValueTask Close() => _source.DisposeAsync();

    protected override bool IsContention(DbException e) => e is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.UniqueViolation,
    };

    protected override bool IsDuplicate(DbException e) => e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    protected override bool WaitedTooLong(DbException e) => e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    // Class 08 is the connection, 53 a lack of means, 57 and 58 the operator and the system, 25006 a standby that cannot write.
    protected override bool IsTrouble(DbException e) => e is not PostgresException said
        || said.SqlState is [('0'), ('8'), ..] or [('5'), ('3' or '7' or '8'), ..] or PostgresErrorCodes.ReadOnlySqlTransaction;

    // What ends the session can come after the commit was made; every other error comes instead of it.
    protected override bool IsRefusal(DbException e) => e is PostgresException said && said.SqlState is not [('0'), ('8'), ..] and not [('5'), ('7' or '8'), ..];

    /// <summary>What the operator did not say himself: hot statements stay prepared, a lock is waited for ten seconds, a unit that hangs is ended by the server.</summary>
    private static string Filled(string connection)
    {
        var filled = new NpgsqlConnectionStringBuilder(connection);
        Fill("Maximum Pool Size", () => filled.MaxPoolSize = 40);
        Fill("Timeout", () => filled.Timeout = 5);
        Fill("Max Auto Prepare", () => filled.MaxAutoPrepare = 200);
        Fill("Auto Prepare Min Usages", () => filled.AutoPrepareMinUsages = 2);
        Fill("No Reset On Close", () => filled.NoResetOnClose = true);
        Fill("Application Name", () => filled.ApplicationName = "ticket exchange");
        Fill("Options", () => filled.Options = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s");
        return filled.ToString();

        void Fill(string key, Action fill)
        {
            if (!filled.ShouldSerialize(key))
            {
                fill();
            }
        }
    }
}
