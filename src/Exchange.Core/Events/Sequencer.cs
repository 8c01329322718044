using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Events;

/// <summary>
/// Numbers what has become an event (replication rule 13). It is handed the handoffs that the relay has been at; after a crash it
/// finds them by the log's own sign: a handoff is settled when both desks have everything and all its events are numbered.
/// </summary>
public sealed class Sequencer(Door door, IDialect dialect)
{
    public async Task Number(IReadOnlyList<HandoffId> handoffs, CancellationToken ct)
    {
        while (handoffs.Count > 0 && await door.Do<NumberEvents, Numbered>(new NumberEvents(handoffs), Caller.Exchange, null, ct) is { Ok: true, Value.More: true })
        {
            // The rest of a long log.
        }
    }

    /// <summary>Numbers what is no entry.</summary>
    public async Task NumberPending(CancellationToken ct)
    {
        while (await IsPending(ct) && (await door.Do<NumberEvents, Numbered>(new NumberEvents([]), Caller.Exchange, null, ct)).Ok)
        {
            // What came meanwhile.
        }
    }

    /// <summary>Handoffs that have lain unsettled for too long and have events that could have their numbers, whatever their desks still wait for.</summary>
    public async Task<IReadOnlyList<HandoffId>> Overdue(DateTimeOffset before, int most, CancellationToken ct)
    {
        await using var db = dialect.Read();
        DateTimeOffset? since = before;
        return await (
            from h in db.Handoffs
            where h.UnsettledSince != null && h.UnsettledSince < since
            from c in db.EventCursors.Where(c => c.Handoff == h.Id).DefaultIfEmpty()
            where c == null || c.OwnSeq < h.LastSeq
                || db.Bonds.Any(b => b.Handoff == h.Id && ((b.Side == Side.Placer && b.AppliedSeq > c.PlacerSeq) || (b.Side == Side.Fulfiller && b.AppliedSeq > c.FulfillerSeq)))
                || (c.FulfillerSeq < h.LastSeq && !db.Bonds.Any(b => b.Handoff == h.Id && b.Side == Side.Fulfiller)
                    && db.Links.Any(l => l.Id == h.Link && l.State != LinkState.Suspended))
            orderby h.UnsettledSince
            select h.Id).Take(most).ToListAsync(ct);
    }

    private async Task<bool> IsPending(CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.PendingEvents.AnyAsync(ct);
    }
}
