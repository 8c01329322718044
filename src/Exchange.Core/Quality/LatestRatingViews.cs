using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

/// <param name="Number">The number of the work in the fulfiller's desk.</param>
public sealed record LatestRating(string? Number, RatingView Rating);

/// <summary>What was said last of a partner's work, or of one's own.</summary>
public sealed class LatestRatingViews(IDialect dialect, RatingViews ratings)
{
    /// <param name="own">The other way round: how the partner rated the caller.</param>
    /// <param name="most">So many, newest handoff first.</param>
    public async Task<IReadOnlyList<LatestRating>> List(Caller caller, AccountId partner, bool own, int most, CancellationToken ct)
    {
        var (placer, fulfiller) = own ? (partner, caller.Account) : (caller.Account, partner);
        await using var db = dialect.Read();
        var rated = await db.Handoffs.Where(Mine.Handoffs(caller)).Where(h => h.Placer == placer && h.Fulfiller == fulfiller)
            .Join(db.Ratings, h => h.Id, r => r.Handoff, (h, _) => new { h.Id, h.FulfillerNumber })
            .OrderByDescending(h => h.Id).Take(most).ToListAsync(ct);
        var latest = new List<LatestRating>();
        foreach (var one in rated)
        {
            // What is kept while the link is suspended is not seen by the other side yet.
            if (await ratings.One(caller, one.Id, ct) is { Ok: true } seen)
            {
                latest.Add(new LatestRating(one.FulfillerNumber, seen.Value));
            }
        }

        return latest;
    }
}
