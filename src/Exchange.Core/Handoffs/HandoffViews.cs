using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

public sealed class HandoffViews(IDialect dialect, TimeProvider time)
{
    public async Task<HandoffView?> One(Caller caller, HandoffId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, caller, db.Handoffs.Where(Mine.Handoffs(caller)).Where(h => h.Id == id), ct)).FirstOrDefault();
    }

    /// <summary>Newest first; what is over time by when it became so, the latest first.</summary>
    public async Task<Page<HandoffView>> List(Caller caller, HandoffFilter filter, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var ids = await HandoffLanes.Find(db, caller, filter, page, time.Present(), ct);
        var shown = ids.Count == 0 ? [] : (await Show(db, caller, db.Handoffs.Where(h => ids.Contains(h.Id)), ct)).ToDictionary(h => h.Id);
        return Page.Of([.. ids.Select(id => shown[id])], page, h => filter.OverTime ? new Cursor(Micros.Of(h.DueAt!.Value), h.Id.Value) : new Cursor(0, h.Id.Value));
    }

    /// <summary>These, as far as they are the caller's, newest first.</summary>
    public async Task<IReadOnlyList<HandoffView>> Some(Caller caller, IReadOnlyCollection<HandoffId> ids, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var shown = ids.Count == 0 ? [] : await Show(db, caller, db.Handoffs.Where(Mine.Handoffs(caller)).Where(h => ids.Contains(h.Id)), ct);
        return [.. shown.OrderByDescending(h => h.Id.Value)];
    }

    /// <summary>The log, oldest first, as far as the caller may see it; null when the handoff is not the caller's.</summary>
    public async Task<Page<EntryView>?> Entries(Caller caller, HandoffId id, PageAsk page, bool raw, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var handoff = await db.Handoffs.Where(Mine.Handoffs(caller)).SingleOrDefaultAsync(h => h.Id == id, ct);
        if (handoff is null)
        {
            return null;
        }

        var after = page.After?.Number ?? 0;
        var side = handoff.SideOf(caller.Account)!.Value;
        var end = await WhileSuspended.FirstWithheld(db, handoff, side, ct) ?? long.MaxValue;
        var rows = await db.Entries.Where(e => e.Handoff == id && e.Seq > after && e.Seq < end).OrderBy(e => e.Seq).Take(page.Limit + 1).ToListAsync(ct);
        var upTo = rows.Count == 0 ? after : rows[^1].Seq;
        var receipts = await db.Receipts.Where(r => r.Handoff == id && r.Seq > after && r.Seq <= upTo && r.Side != side).ToDictionaryAsync(r => r.Seq, ct);
        var number = side == Side.Placer ? handoff.FulfillerNumber : handoff.PlacerNumber;
        return Page.Of(
            rows.ConvertAll(e => Show(e, handoff, caller, raw) with { Receipt = e.Side == side ? CommentView.Show(receipts.GetValueOrDefault(e.Seq), number) : null }),
            page, e => new Cursor(e.Seq, default));
    }

    /// <summary>
    /// The conversation as the log has it, for a side that has no ticket: a fulfiller before it accepts, or one that declined.
    /// Null when the handoff is not the caller's.
    /// </summary>
    public async Task<Page<CommentView>?> Said(Caller caller, HandoffId id, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var handoff = await db.Handoffs.Where(Mine.Handoffs(caller)).SingleOrDefaultAsync(h => h.Id == id, ct);
        if (handoff is null)
        {
            return null;
        }

        var hidden = Math.Max(page.After?.Number ?? 0, Hidden(handoff, caller));
        var own = handoff.SideOf(caller.Account)!.Value;

        // One's own at once; the other's when the link is resumed.
        var end = await WhileSuspended.FirstWithheld(db, handoff, own, ct) ?? long.MaxValue;
        var here = db.Entries.Where(e => e.Handoff == id && e.Seq > hidden && (e.Seq < end || e.Side == own));
        var entries = await here.Where(e => Item.Types.Contains(e.Type))
            .OrderBy(e => e.Seq).Take(page.Limit + 1).ToListAsync(ct);
        var retracted = (await here.Where(e => e.Type == EntryTypes.Retracted).ToListAsync(ct)).Select(e => e.Body.Data).OfType<RetractedData>().Select(r => r.Seq).ToHashSet();
        var names = await Names(db, handoff, ct);
        var upTo = entries.Count == 0 ? hidden : entries[^1].Seq;
        var receipts = await db.Receipts.Where(r => r.Handoff == id && r.Side == Side.Placer && r.Seq > hidden && r.Seq <= upTo).ToDictionaryAsync(r => r.Seq, ct);
        var kept = (await WhileSuspended.Kept(db, entries.Exists(e => e.Side == own && !receipts.ContainsKey(e.Seq)) ? [(id, own)] : [], ct)).GetValueOrDefault(id);
        var said = new List<CommentView>();
        foreach (var entry in entries)
        {
            if (Item.Of(entry) is { } item)
            {
                var gone = retracted.Contains(entry.Seq);
                var receipt = entry.Side == own
                    ? CommentView.Show(receipts.GetValueOrDefault(entry.Seq), handoff.PlacerNumber) ?? kept?.Receipt(entry.Seq, item.Kind, entry.Body.At)
                    : null;
                said.Add(new CommentView(entry.OpId, gone ? null : item.Body, "partner", item.Kind, id, entry.Seq,
                    new AuthorView(entry.Body.Actor.Name, names[entry.Side == Side.Exchange ? own : entry.Side]), entry.Body.At, receipt, null, gone,
                    gone ? [] : [.. item.Files.Select(f => new FileRef(null, f.Name, f.Size, f.ContentType, f.Sha256))]));
            }
        }

        return Page.Of([.. said.Take(page.Limit + 1)], page, c => new Cursor(c.Seq!.Value, default));
    }

    /// <summary>One comment of a handoff of which the caller has no ticket; null when there is none such that it may see.</summary>
    public async Task<CommentView?> SaidOne(Caller caller, Guid id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var place = await db.Entries.Where(e => e.OpId == id).Select(e => new { e.Handoff, e.Seq }).SingleOrDefaultAsync(ct);
        return place is null ? null : (await Said(caller, place.Handoff, new PageAsk(1, new Cursor(place.Seq - 1, default)), ct))?.Items.FirstOrDefault(c => c.Id == id);
    }

    /// <summary>Up to which entry the log keeps its content from the caller: the offer and its picks, where the fulfiller did not take them.</summary>
    internal static long Hidden(Handoff handoff, Caller caller) =>
        handoff.Withheld && handoff.Fulfiller == caller.Account ? 1 + handoff.Picks : 0; // An offer that was never taken: its picks follow it at once.

    private static async Task<Dictionary<Side, AccountRef>> Names(ExchangeDb db, Handoff handoff, CancellationToken ct) =>
        await db.Accounts.Where(a => a.Id == handoff.Placer || a.Id == handoff.Fulfiller)
            .ToDictionaryAsync(a => a.Id == handoff.Placer ? Side.Placer : Side.Fulfiller, a => new AccountRef(a.Id, a.Name), ct);

    private async Task<List<HandoffView>> Show(ExchangeDb db, Caller caller, IQueryable<Handoff> handoffs, CancellationToken ct)
    {
        var rows = await (
            from h in handoffs
            join placer in db.Accounts on h.Placer equals placer.Id
            join fulfiller in db.Accounts on h.Fulfiller equals fulfiller.Id
            join link in db.Links on h.Link equals link.Id
            join offer in db.Entries on new { h.Id, Seq = 1L } equals new { Id = offer.Handoff, offer.Seq }
            from mirror in db.Bonds.Where(b => b.Handoff == h.Id && b.Side == Side.Fulfiller).DefaultIfEmpty()
            select new
            {
                h, Placer = placer.Name, Fulfiller = fulfiller.Name, LinkState = link.State, link.SuspendedSince, offer, Mirror = mirror == null ? (TicketId?)null : mirror.Ticket,
                HandedOn = db.Handoffs.Any(c => c.Placer == h.Fulfiller && c.Parent == h.Id && c.OverAt == null && c.Ball == Side.Fulfiller),
            }).ToListAsync(ct);
        var ids = rows.ConvertAll(r => r.h.Id);
        var files = (rows.TrueForAll(r => r.h.Picks == 0) ? [] : await (
            from h in db.Handoffs
            where ids.Contains(h.Id)
            join e in db.Entries on h.Id equals e.Handoff
            where e.Seq >= h.FirstPick && e.Seq < h.FirstPick + h.Picks && e.Type == EntryTypes.FileAdded
            orderby e.Seq
            select e).ToListAsync(ct)).ToLookup(e => e.Handoff);
        var opened = rows.Where(r => r.h.IsSealed && r.h.AcceptedAt != null).Select(r => r.h.Id).ToList();
        var revealed = opened.Count == 0 ? [] : await db.Entries.Where(e => opened.Contains(e.Handoff) && e.Type == EntryTypes.Revealed).ToDictionaryAsync(e => e.Handoff, ct);
        var reasons = await HoldReasons(db, [.. rows.Where(r => r.h.State == HandoffState.OnHold).Select(r => r.h.Id)], ct);
        var now = time.Present();
        return rows.ConvertAll(r =>
        {
            var h = r.h;
            var side = h.SideOf(caller.Account)!.Value;
            var dueAt = Suspension.Moved(h.DueAt, r.SuspendedSince, now);
            return new HandoffView(
                h.Id, h.State.Word(), h.Version, h.Link, side == Side.Placer ? "out" : "in",
                new SideView(new AccountRef(h.Placer, r.Placer), h.PlacerNumber),
                new SideView(new AccountRef(h.Fulfiller, r.Fulfiller), h.FulfillerNumber),
                side == Side.Placer ? h.PlacerTicket : r.Mirror,
                h.Truth(side, r.LinkState, now).Allowed,
                ClocksView.Of(h, r.SuspendedSince, now),
                h.Eta,
                Hidden(h, caller) > 0 ? null : Offer(Whole(r.offer, revealed.GetValueOrDefault(h.Id)), files[h.Id], h.IsSealed),
                side == Side.Placer ? h.Parent : null,
                h.FollowUpOf,
                side == Side.Placer ? h.ReroutedFrom : null,
                h.Counter,
                h.Agreed,
                h.ReworkCount,
                h.Minutes,
                h.TermsVersion,
                h.OfferedAt,
                h.AcceptedAt,
                h.OverAt,
                h.LastSeq,
                Convert.ToHexStringLower(h.HeadHash),
                Ball.Of(h, reasons.GetValueOrDefault(h.Id)) is { } ball
                    ? new BallView(ball.Side.Word(), ball.Side == Side.Placer ? new AccountRef(h.Placer, r.Placer) : new AccountRef(h.Fulfiller, r.Fulfiller), ball.Since, ball.Why)
                    : null,
                h.Ball is null ? null : h.Ball != side || (side == Side.Fulfiller && r.HandedOn) ? "partner" : "me",
                dueAt,
                dueAt < now);
        });
    }

    private static OfferedData Whole(Entry offer, Entry? revealed) => revealed?.Body.Data is RevealedData data
        ? SealedOffers.Whole((OfferedData)offer.Body.Data!, data.Content)
        : (OfferedData)offer.Body.Data!;

    /// <summary>Why those that are on hold are so.</summary>
    private static async Task<Dictionary<HandoffId, string>> HoldReasons(ExchangeDb db, List<HandoffId> held, CancellationToken ct) => held.Count == 0
        ? []
        : (await db.Entries.Where(e => held.Contains(e.Handoff) && e.Type == EntryTypes.Held).ToListAsync(ct))
            .GroupBy(e => e.Handoff).ToDictionary(g => g.Key, g => ((HeldData)g.MaxBy(e => e.Seq)!.Body.Data!).Reason);

    private static OfferView Offer(OfferedData d, IEnumerable<Entry> files, bool isSealed) => new(
        d.Subject, d.Description, d.Priority, d.Contact, d.Asset, d.Note,
        [.. files.Select(e => ((FileAddedData)e.Body.Data!).File).Select(f => new OfferFileView(f.Name, f.Size, f.ContentType))], isSealed, d.Fields);

    /// <summary>The entry as the caller may see it.</summary>
    public static EntryView Show(Entry e, Handoff handoff, Caller caller, bool raw) => Show(e, raw, withheld: e.Seq <= Hidden(handoff, caller));

    private static EntryView Show(Entry e, bool raw, bool withheld) => new(
        e.Seq, e.Type, e.Side.Word(), e.Body.Actor, e.Body.At, withheld ? null : e.Body.RawData, e.OpId, Convert.ToHexStringLower(e.BodyHash),
        Convert.ToHexStringLower(e.Hash), raw && !withheld ? Convert.ToBase64String(e.Bytes) : null, withheld ? true : null);
}
