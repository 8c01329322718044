using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Data.Servers;

/// <summary>Tracking contexts for units of work, kept for the next unit: each unit lends them its connection and transaction.</summary>
internal sealed class ContextPool(Func<ServerExchangeDb> make) : IDisposable
{
    private const int MostIdle = 32;
    private readonly ConcurrentBag<ServerExchangeDb> _idle = [];

    public ServerExchangeDb Take(DbConnection connection, DbTransaction? transaction)
    {
        if (!_idle.TryTake(out var context))
        {
            context = make();
        }

        context.Database.SetDbConnection(connection);
        context.Database.UseTransaction(transaction);
        return context;
    }

    public async ValueTask GiveBack(ServerExchangeDb context)
    {
        context.ChangeTracker.Clear();
        context.Database.UseTransaction(null);
        context.Database.SetDbConnection(null);
        if (_idle.Count < MostIdle)
        {
            _idle.Add(context);
        }
        else
        {
            await context.DisposeAsync();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var context))
        {
            context.Dispose();
        }
    }
}
