using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

public sealed class ChainViews(IDialect dialect, TimeProvider time)
{
    /// <summary>The chain of this handoff as the caller may see it; null when the handoff is not the caller's.</summary>
    public async Task<ChainView?> Of(Caller caller, HandoffId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var root = await db.Handoffs.Where(Mine.Handoffs(caller)).Where(h => h.Id == id).Select(h => (HandoffId?)h.Root).SingleOrDefaultAsync(ct);
        if (root is not { } from)
        {
            return null;
        }

        var now = time.Present();
        var (handoffs, hops) = await Hops(db, from, now, ct);
        var companies = handoffs.SelectMany(h => (AccountId[])[h.Placer, h.Fulfiller]).Distinct().ToList();
        var names = await db.Accounts.Where(a => companies.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);

        // Of hops whose contribution the caller may not see, nothing is read.
        var open = ChainPicture.Contributing(caller.Account, id, hops);
        var contributions = await Contributions(db, [.. handoffs.Where(h => open.Contains(h.Id))], now, ct);
        return ChainPicture.Draw(caller.Account, id, hops.ConvertAll(h => h with { Contribution = contributions.GetValueOrDefault(h.Id) }), names);
    }

    /// <summary>A whole chain as the exchange knows it, for nobody's eyes: what of it a company may see, <see cref="Disclosure"/> says.</summary>
    internal static async Task<(List<Handoff> Handoffs, List<Hop> Hops)> Hops(ExchangeDb db, HandoffId root, DateTimeOffset now, CancellationToken ct)
    {
        var handoffs = await db.Handoffs.Where(h => h.Id == root || (h.Parent != null && h.Root == root)).ToListAsync(ct);
        var links = handoffs.Select(h => h.Link).Distinct().ToList();
        var terms = await db.Terms.Where(t => links.Contains(t.Link)).ToDictionaryAsync(t => (t.Link, t.Version), t => t.Terms, ct);
        var suspended = await db.Links.Where(l => links.Contains(l.Id) && l.SuspendedSince != null).ToDictionaryAsync(l => l.Id, l => l.SuspendedSince, ct);
        return (handoffs, handoffs.ConvertAll(h => Hop.Of(h, terms[(h.Link, h.TermsVersion)], suspended.GetValueOrDefault(h.Link), now)));
    }

    /// <summary>Three statements, however many hops there are.</summary>
    private static async Task<Dictionary<HandoffId, Contribution>> Contributions(ExchangeDb db, IReadOnlyCollection<Handoff> handoffs, DateTimeOffset now, CancellationToken ct)
    {
        var (ids, links) = (handoffs.Select(h => h.Id).ToList(), handoffs.Select(h => h.Link).Distinct().ToList());
        var suspensions = (await db.Suspensions.Where(s => links.Contains(s.Link)).ToListAsync(ct)).ToLookup(s => s.Link);
        var tallies = ids.ToDictionary(id => id, _ => new ContributionTally());
        var entries = db.Entries.Where(e => ids.Contains(e.Handoff)
            && (ContributionTally.Moving.Contains(e.Type) || (e.Side == Side.Fulfiller && ContributionTally.Said.Contains(e.Type))));
        await foreach (var entry in entries.OrderBy(e => e.Handoff).ThenBy(e => e.Seq).AsAsyncEnumerable().WithCancellation(ct))
        {
            tallies[entry.Handoff].Add(entry);
        }

        // When moves arrived; and where a link is suspended, which of all that was said did.
        var kept = handoffs.Where(h => suspensions[h.Link].Any(s => s.Until is null)).Select(h => h.Id).ToList();
        var receipts = (await (
            from e in entries
            where ContributionTally.Moving.Contains(e.Type) || kept.Contains(e.Handoff)
            join r in db.Receipts on new { e.Handoff, e.Seq } equals new { r.Handoff, r.Seq }
            select r).ToListAsync(ct)).ToLookup(r => r.Handoff);
        return handoffs.ToDictionary(h => h.Id, h => tallies[h.Id].Sum([.. receipts[h.Id]], [.. suspensions[h.Link]], now));
    }
}
