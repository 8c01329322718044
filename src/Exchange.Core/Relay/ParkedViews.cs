using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Relay;

/// <summary>An entry that the caller's own desk could not take, and that holds up its handoff.</summary>
/// <param name="Id">The handoff's.</param>
/// <param name="TicketId">The caller's own ticket.</param>
/// <param name="Entry">What is stuck, as far as the caller may see it.</param>
/// <param name="Waiting">How many entries of the partner wait behind it.</param>
public sealed record ParkedView(
    HandoffId Id, HandoffId HandoffId, TicketId TicketId, AccountRef Partner, string Cause, DateTimeOffset Since, int Attempts, EntryView? Entry, int Waiting);

public sealed record CauseView(string Cause, int Count, DateTimeOffset Oldest);

/// <summary>What of the caller's own desk is stuck.</summary>
public sealed class ParkedViews(IDialect dialect)
{
    /// <summary>Parked last first.</summary>
    public async Task<Page<ParkedView>> List(Caller caller, string? cause, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var bonds = db.Bonds.Where(Mine.Parked(caller));
        if (cause is not null)
        {
            bonds = bonds.Where(b => b.ParkedCause == cause);
        }

        if (page.After is { } after)
        {
            DateTimeOffset? since = after.Time;
            var last = new HandoffId(after.Id);
            bonds = bonds.Where(b => b.ParkedAt <= since && (b.ParkedAt < since || b.Handoff < last));
        }

        var rows = await Show(db, caller, bonds.OrderByDescending(b => b.ParkedAt).ThenByDescending(b => b.Handoff).Take(page.Limit + 1), ct);
        return Page.Of(rows, page, p => new Cursor(Micros.Of(p.Since), p.Id.Value));
    }

    public async Task<ParkedView?> One(Caller caller, HandoffId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, caller, db.Bonds.Where(Mine.Parked(caller)).Where(b => b.Handoff == id), ct)).FirstOrDefault();
    }

    /// <summary>The most frequent first.</summary>
    public async Task<IReadOnlyList<CauseView>> Causes(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var rows = await db.Bonds.Where(Mine.Parked(caller)).GroupBy(b => b.ParkedCause)
            .Select(g => new { Cause = g.Key, Count = g.Count(), Oldest = g.Min(b => b.ParkedAt) }).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.Count).ThenBy(r => r.Oldest).Select(r => new CauseView(r.Cause!, r.Count, r.Oldest!.Value))];
    }

    private static async Task<List<ParkedView>> Show(ExchangeDb db, Caller caller, IQueryable<Bond> bonds, CancellationToken ct)
    {
        var rows = await (
            from b in bonds
            join h in db.Handoffs on b.Handoff equals h.Id
            join placer in db.Accounts on h.Placer equals placer.Id
            join fulfiller in db.Accounts on h.Fulfiller equals fulfiller.Id
            select new
            {
                b, h, Placer = placer.Name, Fulfiller = fulfiller.Name,
                First = db.Entries.Where(e => e.Handoff == b.Handoff && e.Seq > b.AppliedSeq && e.Side != b.Side).Min(e => (long?)e.Seq),
                Waiting = db.Entries.Count(e => e.Handoff == b.Handoff && e.Seq > b.AppliedSeq && e.Side != b.Side),
            }).ToListAsync(ct);
        var (handoffs, seqs) = (rows.ConvertAll(r => r.b.Handoff), rows.Select(r => r.First ?? 0).Distinct().ToList());
        var stuck = rows.Count == 0 ? [] : (await db.Entries.Where(e => handoffs.Contains(e.Handoff) && seqs.Contains(e.Seq)).ToListAsync(ct)).ToDictionary(e => (e.Handoff, e.Seq));
        var gone = handoffs.Count == 0 ? [] : (await db.Entries.Where(e => handoffs.Contains(e.Handoff) && e.Type == EntryTypes.Retracted).ToListAsync(ct))
            .Select(e => (e.Handoff, ((RetractedData)e.Body.Data!).Seq)).ToHashSet();
        return [.. rows.OrderByDescending(r => r.b.ParkedAt).ThenByDescending(r => r.b.Handoff.Value).Select(r => new ParkedView(
            r.b.Handoff, r.b.Handoff, r.b.Ticket,
            r.b.Side == Side.Placer ? new AccountRef(r.h.Fulfiller, r.Fulfiller) : new AccountRef(r.h.Placer, r.Placer),
            r.b.ParkedCause!, r.b.ParkedAt!.Value, r.b.Attempts,
            r.First is { } seq ? Payload(HandoffViews.Show(stuck[(r.b.Handoff, seq)], r.h, caller, raw: false), gone.Contains((r.b.Handoff, seq))) : null,
            Math.Max(0, r.Waiting - 1)))];
    }

    /// <summary>What its writer took back before this desk could take it is not read here of all places.</summary>
    private static EntryView Payload(EntryView entry, bool retracted) => retracted ? entry with { Data = null, Withheld = true } : entry;
}
