using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Quality;

/// <param name="Placer">Who handed over.</param>
/// <param name="Fulfiller">Whose figures they are.</param>
/// <param name="From">Handoffs offered from then on.</param>
/// <param name="To">Handoffs offered before then.</param>
public sealed record ScorecardView(AccountRef Placer, AccountRef Fulfiller, DateTimeOffset From, DateTimeOffset To, Figures Figures);

public sealed class ScorecardViews(IDialect dialect, TimeProvider time)
{
    /// <summary>How far back it looks when nobody says.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(90);

    /// <summary>The figures of the partner for the caller; null when the two never were linked.</summary>
    /// <param name="own">The other way round: the caller's own figures, as the partner sees them.</param>
    public async Task<ScorecardView?> One(Caller caller, AccountId partner, bool own, DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var linked = await db.Links.AnyAsync(l => l.ActiveSince != null
            && ((l.Inviter == caller.Account && l.Invitee == partner) || (l.Inviter == partner && l.Invitee == caller.Account)), ct);
        if (!linked)
        {
            return null;
        }

        var names = await db.Accounts.Where(a => a.Id == caller.Account || a.Id == partner).ToDictionaryAsync(a => a.Id, a => new AccountRef(a.Id, a.Name), ct);
        var (placer, fulfiller) = own ? (partner, caller.Account) : (caller.Account, partner);
        var now = time.Present();
        var until = to ?? now;
        var since = from ?? until - Usual;
        var card = new Scorecard(now);
        await foreach (var row in Rows(db, placer, fulfiller, since, until, own).AsAsyncEnumerable().WithCancellation(ct))
        {
            card.Add(row);
        }

        return new ScorecardView(names[placer], names[fulfiller], since, until, card.Figures());
    }

    private static IQueryable<ScoreRow> Rows(ExchangeDb db, AccountId placer, AccountId fulfiller, DateTimeOffset since, DateTimeOffset until, bool forFulfiller) =>
        from h in db.Handoffs
        where h.Placer == placer && h.Fulfiller == fulfiller && h.OfferedAt >= since && h.OfferedAt < until
        join link in db.Links on h.Link equals link.Id
        from bond in db.Bonds.Where(b => b.Handoff == h.Id && b.Side == Side.Fulfiller).DefaultIfEmpty()
        from r in db.Ratings.Where(r => r.Handoff == h.Id).DefaultIfEmpty()
        let seen = r != null && (!forFulfiller || link.State != LinkState.Suspended || (bond != null && bond.AppliedSeq >= r.Seq))
        select new ScoreRow(h.State, h.OfferedAt, h.AcceptedAt, h.ResolvedAt, h.OverAt, h.RespondBy, h.ResolveBy, h.ReworkCount, h.Minutes,
            seen ? new Judgement(r!.Score, r.Quality, r.Speed, r.Communication) : null, h.OverAt == null ? link.SuspendedSince : null);
}
