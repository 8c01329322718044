using Exchange.Core.Kernel;
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

        var handoffs = await db.Handoffs.Where(h => h.Id == from || (h.Parent != null && h.Root == from)).ToListAsync(ct);
        var links = handoffs.Select(h => h.Link).Distinct().ToList();
        var terms = await db.Terms.Where(t => links.Contains(t.Link)).ToDictionaryAsync(t => (t.Link, t.Version), t => t.Terms, ct);
        var suspended = await db.Links.Where(l => links.Contains(l.Id) && l.SuspendedSince != null).ToDictionaryAsync(l => l.Id, l => l.SuspendedSince, ct);
        var now = time.Present();
        var companies = handoffs.SelectMany(h => (AccountId[])[h.Placer, h.Fulfiller]).Distinct().ToList();
        var names = await db.Accounts.Where(a => companies.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        return ChainPicture.Draw(caller.Account, id, handoffs.ConvertAll(h => Hop.Of(h, terms[(h.Link, h.TermsVersion)], suspended.GetValueOrDefault(h.Link), now)), names);
    }
}
