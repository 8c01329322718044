using Exchange.Core.Handoffs;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

/// <summary>How far a side sees what the other side has entered: all of it, and while the link is suspended what its desk had applied.</summary>
internal static class Sight
{
    /// <returns>The last entry of the other side that is visible.</returns>
    public static async ValueTask<long> Of(ExchangeDb db, Handoff handoff, Side side, LinkState link) => link == LinkState.Suspended
        ? await db.Bonds.Where(b => b.Handoff == handoff.Id && b.Side == side).Select(b => b.AppliedSeq).SingleOrDefaultAsync()
        : long.MaxValue;
}
