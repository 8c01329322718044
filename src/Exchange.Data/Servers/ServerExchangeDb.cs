using System.Data.Common;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Exchange.Data.Servers;

/// <summary>The shared model on a database server. In a unit of work its commands go out after the unit's own pending statements.</summary>
public abstract class ServerExchangeDb(DbContextOptions options) : ExchangeDb(options)
{
    /// <summary>Rows that are only ever inserted under the lock of the row they belong to; the server need not look for it again.</summary>
    private static readonly Type[] Hot = [typeof(Entry), typeof(PartnerItem), typeof(Note), typeof(CustomerMessage)];

    /// <summary>The unit of work that this context serves; null for reading.</summary>
    internal ServerUnit? Unit { get; set; }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        foreach (var entity in Hot.Select(type => model.Model.FindEntityType(type)!))
        {
            foreach (var key in entity.GetForeignKeys().ToList())
            {
                entity.RemoveForeignKey(key);
            }
        }
    }
}

/// <summary>
/// A unit keeps its hot statements back until it has to ask the server something. What the context asks is such a thing too,
/// so whatever order a deed writes in is the order in which the server sees it.
/// </summary>
internal sealed class PendingFirst : DbCommandInterceptor
{
    public static PendingFirst Instance { get; } = new();

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await Send(eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await Send(eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        await Send(eventData);
        return result;
    }

    private static ValueTask Send(CommandEventData eventData) =>
        eventData.Context is ServerExchangeDb { Unit: { } unit } ? unit.SendPending() : default;
}
