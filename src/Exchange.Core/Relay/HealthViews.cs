using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Relay;

/// <param name="State"><c>healthy</c>, <c>behind</c> (entries wait for longer than a minute) or <c>parked</c> (an entry needs somebody).</param>
/// <param name="Parked">Handoffs that are stuck.</param>
/// <param name="Behind">Handoffs whose partner has said what this desk does not have yet; parked ones too.</param>
/// <param name="LagSeconds">The age of the oldest entry that waits; 0 when none does.</param>
public sealed record DeskHealth(string Kind, string State, int Parked, int Behind, long LagSeconds);

/// <param name="WaitingToMe">Entries of the partner that this desk does not have yet.</param>
/// <param name="WaitingToThem">Entries of one's own that the partner's desk does not have yet.</param>
/// <param name="Oldest">When the oldest of both was written.</param>
/// <param name="Parked">Handoffs that are stuck at one's own desk.</param>
public sealed record LinkHealth(LinkId Id, AccountRef Partner, string State, int OpenHandoffs, int WaitingToMe, int WaitingToThem, DateTimeOffset? Oldest, int Parked);

public sealed record HealthView(DeskHealth Desk, IReadOnlyList<LinkHealth> Links);

/// <summary>How well entries reach the caller's desk, and its partners' desks.</summary>
public sealed class HealthViews(IDialect dialect, TimeProvider time)
{
    /// <summary>Of so many handoffs that have waited longest, the very entry is looked at; more are none the older for it.</summary>
    private const int LookedAt = 500;

    /// <summary>What waits for less is on its way.</summary>
    private static TimeSpan Usual => TimeSpan.FromMinutes(1);

    public async Task<HealthView> Of(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var kind = await db.Accounts.Where(a => a.Id == caller.Account).Select(a => a.DeskKind).SingleAsync(ct);
        var waiting = await Waiting(db, caller, ct);
        var parked = await db.Bonds.Where(Mine.Parked(caller)).Join(db.Handoffs, b => b.Handoff, h => h.Id, (b, h) => h.Link)
            .GroupBy(link => link).Select(g => new { Link = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Link, g => g.Count, ct);
        var links = await Links(db, caller, waiting, parked, ct);
        var mine = waiting.Where(w => w.ToMe).ToList();
        var lag = mine.Count == 0 ? TimeSpan.Zero : time.Present() - mine.Min(w => w.Since);
        var state = parked.Count > 0 ? "parked" : lag > Usual ? "behind" : "healthy";
        return new HealthView(new DeskHealth(kind, state, parked.Values.Sum(), mine.Count, Math.Max(0, (long)lag.TotalSeconds)), links);
    }

    private static async Task<List<LinkHealth>> Links(
        ExchangeDb db, Caller caller, List<Row> waiting, Dictionary<LinkId, int> parked, CancellationToken ct)
    {
        var rows = await (
            from l in db.Links.Where(Mine.Links(caller))
            where l.State == LinkState.Active || l.State == LinkState.Suspended || l.State == LinkState.Draining
            join inviter in db.Accounts on l.Inviter equals inviter.Id
            join invitee in db.Accounts on l.Invitee equals invitee.Id
            select new { l.Id, l.State, l.Inviter, InviterName = inviter.Name, Invitee = invitee.Id, InviteeName = invitee.Name }).ToListAsync(ct);
        var ids = rows.ConvertAll(r => r.Id);
        var open = await db.Handoffs.Where(h => ids.Contains(h.Link) && h.OverAt == null).GroupBy(h => h.Link)
            .Select(g => new { Link = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Link, g => g.Count, ct);
        var byLink = waiting.ToLookup(w => w.Link);
        return [.. rows.OrderByDescending(r => r.Id.Value).Select(r => new LinkHealth(
            r.Id,
            r.Inviter == caller.Account ? new AccountRef(r.Invitee, r.InviteeName) : new AccountRef(r.Inviter, r.InviterName),
            r.State.Word(),
            open.GetValueOrDefault(r.Id),
            byLink[r.Id].Where(w => w.ToMe).Sum(w => w.Entries),
            byLink[r.Id].Where(w => !w.ToMe).Sum(w => w.Entries),
            byLink[r.Id].Any() ? byLink[r.Id].Min(w => w.Since) : null,
            parked.GetValueOrDefault(r.Id)))];
    }

    /// <summary>Found by what is unsettled, which is little; the rest of the log is not looked at.</summary>
    private static async Task<List<Row>> Waiting(ExchangeDb db, Caller caller, CancellationToken ct)
    {
        var rows = await (
            from h in db.Handoffs.Where(h => h.UnsettledSince != null).Where(Mine.Handoffs(caller))
            join b in db.Bonds on h.Id equals b.Handoff
            where b.AppliedSeq < h.LastSeq
            orderby h.UnsettledSince
            select new
            {
                h.Id, h.Link, ToMe = b.Account == caller.Account, h.UnsettledSince,
                First = db.Entries.Where(e => e.Handoff == h.Id && e.Seq > b.AppliedSeq && e.Side != b.Side).Min(e => (long?)e.Seq),
                Entries = db.Entries.Count(e => e.Handoff == h.Id && e.Seq > b.AppliedSeq && e.Side != b.Side),
            }).ToListAsync(ct);
        rows.RemoveAll(r => r.First is null);
        var looked = rows.Take(LookedAt).ToList();
        var (handoffs, seqs) = (looked.Select(r => r.Id).Distinct().ToList(), looked.Select(r => r.First!.Value).Distinct().ToList());
        var firsts = (await db.Entries.Where(e => handoffs.Contains(e.Handoff) && seqs.Contains(e.Seq)).ToListAsync(ct)).ToDictionary(e => (e.Handoff, e.Seq), e => e.Body.At);
        return rows.ConvertAll(r => new Row(r.Link, r.ToMe, r.Entries, firsts.TryGetValue((r.Id, r.First!.Value), out var at) ? at : r.UnsettledSince!.Value));
    }

    private sealed record Row(LinkId Link, bool ToMe, int Entries, DateTimeOffset Since);
}
