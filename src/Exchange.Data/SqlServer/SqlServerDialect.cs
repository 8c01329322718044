using System.Data.Common;
using Exchange.Core.Store;
using Exchange.Data.Servers;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Exchange.Data.SqlServer;

/// <summary>Units of work and reading on SQL Server.</summary>
internal sealed class SqlServerDialect : ServerDialect
{
    private readonly string _connection;
    private readonly PooledDbContextFactory<SqlServerExchangeDb> _readers;
    private readonly ContextPool _none = new(() => throw new InvalidOperationException("There is no context outside a unit of work."));

    public SqlServerDialect(string connection, TimeProvider time, ILogger<SqlServerDialect> log)
        : base(new SqlServerStatements(), time, log)
    {
        _connection = connection;
        _readers = new PooledDbContextFactory<SqlServerExchangeDb>(new DbContextOptionsBuilder<SqlServerExchangeDb>()
            .UseSqlServer(connection).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);
    }

    public override ExchangeDb Read() => _readers.CreateDbContext();

    protected override ServerExchangeDb MakeContext()
    {
        var context = new SqlServerExchangeDb(new DbContextOptionsBuilder<SqlServerExchangeDb>()
            .UseSqlServer().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).AddInterceptors(PendingFirst.Instance).Options);
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        context.Database.AutoSavepointsEnabled = false;
        return context;
    }

    protected override async Task<ServerSession> Open(CancellationToken ct, ContextPool? contexts = null)
    {
        var connection = new SqlConnection(_connection);
        try
        {
            await connection.OpenAsync(ct);
            return new SqlServerSession(connection, contexts ?? _none);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    protected override ValueTask Close() => default;

    // A deadlock, a lock waited for in vain, and a key that has just been taken.
    protected override bool IsContention(DbException e) => e is SqlException { Number: 1205 or 1222 or 2601 or 2627 };

    protected override bool IsDuplicate(DbException e) => e is SqlException { Number: 2601 or 2627 };

    protected override bool WaitedTooLong(DbException e) => e is SqlException { Number: SqlServerSession.LockTimeout };

    /// <summary>
    /// Severity 17 and up is a lack of means or the end of the session; -2 is a time that was up; 4060 a database that is not
    /// open yet; 596, 6005 and 18401 a session that ends, a server that stops and one that starts; 3906 one that cannot write.
    /// </summary>
    protected override bool IsTrouble(DbException e) => e is not SqlException said
        || said.Class >= 17 || said.Number is -2 or -1 or 2 or 53 or 64 or 121 or 233 or 258 or 596 or 3906 or 4060 or 6005 or 10053 or 10054 or 10060 or 10061 or 18401;

    protected override bool IsRefusal(DbException e) => !IsTrouble(e);
}
