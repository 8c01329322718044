using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>What the two sides of a handoff see while its link is suspended (semantics 2). Nothing of it is stored.</summary>
public static class WhileSuspended
{
    /// <summary>
    /// The other side's first entry that this side does not have yet: what the caller reads of the log ends before it. Null where
    /// the link is not suspended, or nothing waits.
    /// </summary>
    public static async Task<long?> FirstWithheld(ExchangeDb db, Handoff handoff, Side own, CancellationToken ct)
    {
        var since = await db.Links.Where(l => l.Id == handoff.Link && l.State == LinkState.Suspended).Select(l => l.SuspendedSince).SingleOrDefaultAsync(ct);
        if (since is not { } began)
        {
            return null;
        }

        var others = db.Entries.Where(e => e.Handoff == handoff.Id && e.Side != own);
        if (await db.Bonds.Where(b => b.Handoff == handoff.Id && b.Side == own).Select(b => (long?)b.AppliedSeq).SingleOrDefaultAsync(ct) is { } applied)
        {
            return await others.Where(e => e.Seq > applied).MinAsync(e => (long?)e.Seq, ct);
        }

        // Without a ticket there is no cursor: what was said before the suspension had arrived by being said.
        long? first = null;
        await foreach (var entry in others.OrderByDescending(e => e.Seq).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (entry.Body.At < began)
            {
                break;
            }

            first = entry.Seq;
        }

        return first;
    }

    /// <summary>Of these handoffs, those whose link is suspended: what their own side has said and the other does not have is kept.</summary>
    /// <param name="waiting">Each with the side of the reader.</param>
    public static async Task<IReadOnlyDictionary<HandoffId, KeptTalk>> Kept(ExchangeDb db, IReadOnlyCollection<(HandoffId Handoff, Side Own)> waiting, CancellationToken ct)
    {
        var kept = new Dictionary<HandoffId, KeptTalk>();
        if (waiting.Count == 0)
        {
            return kept;
        }

        var ids = waiting.Select(w => w.Handoff).ToList();
        var rows = await (
            from handoff in db.Handoffs.Where(h => ids.Contains(h.Id))
            join link in db.Links.Where(l => l.State == LinkState.Suspended) on handoff.Link equals link.Id
            join placer in db.Accounts on handoff.Placer equals placer.Id
            join fulfiller in db.Accounts on handoff.Fulfiller equals fulfiller.Id
            select new { handoff, link.SuspendedSince, Placer = placer.Name, Fulfiller = fulfiller.Name }).ToListAsync(ct);
        foreach (var row in rows)
        {
            var h = row.handoff;
            var own = waiting.First(w => w.Handoff == h.Id).Own;
            var standing = await db.Suspensions.Where(s => s.Link == h.Link && s.Until == null).ToListAsync(ct);
            var applied = await db.Bonds.Where(b => b.Handoff == h.Id && b.Side == own.Other()).Select(b => (long?)b.AppliedSeq).SingleOrDefaultAsync(ct);
            var (partner, writer) = own == Side.Placer ? (row.Fulfiller, h.Placer) : (row.Placer, h.Fulfiller);
            kept[h.Id] = new KeptTalk(row.SuspendedSince!.Value, applied, Convert.ToHexStringLower(h.HeadHash), what => Suspension.Kept(partner, writer, standing, what));
        }

        return kept;
    }
}

/// <summary>One side's talk of a handoff whose link is suspended.</summary>
/// <param name="Applied">What the other side's desk has; null where it has no ticket.</param>
public sealed record KeptTalk(DateTimeOffset Since, long? Applied, string Head, Func<string, string> Because)
{
    /// <summary>Null for what the other side has.</summary>
    public ReceiptView? Receipt(long seq, string kind, DateTimeOffset at) => Applied is { } applied ? seq <= applied ? null : Show(kind, at) : at < Since ? null : Show(kind, at);

    private ReceiptView Show(string kind, DateTimeOffset at) =>
        new("kept", null, Because(kind == "comment" ? "Your comment" : "What you wrote"), at > Since ? at : Since, Head);
}
