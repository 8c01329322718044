using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>What hangs on a link now: said before somebody suspends or ends it.</summary>
/// <param name="Open">Handoffs that are not over.</param>
/// <param name="OffersIn">Of these, offers that the caller has not answered.</param>
/// <param name="OffersOut">Of these, offers that the partner has not answered.</param>
/// <param name="Running">Of these, handoffs with a due time: their clocks would stand still.</param>
/// <param name="MirrorsHere">Of these, tickets in the caller's desk that came from the partner.</param>
/// <param name="Kept">Of a suspended link: handoffs with something said that waits for the other side.</param>
/// <param name="NextDue">The first of the due times.</param>
public sealed record Stake(int Open, int OffersIn, int OffersOut, int Running, int MirrorsHere, int Kept, DateTimeOffset? NextDue);

public sealed class StakeViews(IDialect dialect)
{
    /// <summary>Null when the link is not the caller's.</summary>
    public async Task<Stake?> Of(Caller caller, LinkId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (await db.Links.Where(Mine.Links(caller)).SingleOrDefaultAsync(l => l.Id == id, ct) is not { } link)
        {
            return null;
        }

        var open = await db.Handoffs.Where(h => h.Link == id && h.OverAt == null)
            .Select(h => new { h.Placer, h.State, h.AcceptBy, h.RespondBy, h.ResolveBy, h.DueAt, h.UnsettledSince }).ToListAsync(ct);
        var offers = open.Where(h => h.State == HandoffState.Offered).ToList();
        return new Stake(
            open.Count,
            offers.Count(h => h.Placer != caller.Account),
            offers.Count(h => h.Placer == caller.Account),
            open.Count(h => h.AcceptBy is not null || h.RespondBy is not null || h.ResolveBy is not null),
            open.Count(h => h.Placer != caller.Account && h.State != HandoffState.Offered),
            link.State == LinkState.Suspended ? open.Count(h => h.UnsettledSince is not null) : 0,
            open.Min(h => h.DueAt));
    }
}
