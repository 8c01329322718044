using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>An event that somebody is told of.</summary>
/// <param name="By">Who did it, where that is a person; he is not told of it, in none of his companies.</param>
/// <param name="To">The one person whom it is for.</param>
/// <param name="Who">The name of a partner's person, as the entry has it.</param>
internal sealed record News(
    long Number, NoticeKind Kind, string? Code, DateTimeOffset At, PersonId? By, PersonId? To, string? Who, TicketId? Ticket, HandoffId? Handoff, LinkId? Link);

/// <summary>Events of an account after a number, and those of them that somebody is told of.</summary>
/// <param name="Count">How many were read.</param>
/// <param name="Last">The number of the last one; null where there was none.</param>
internal sealed record Happened(int Count, long? Last, IReadOnlyList<News> News)
{
    /// <summary>Of an entry no more is read than needed: the bytes of those by the other side, of the types that are told.</summary>
    public static async ValueTask<Happened> After(ExchangeDb db, AccountId account, long? after, int most)
    {
        var start = after ?? 0;
        var rows = await (
            from e in db.Events.Where(e => e.Account == account && e.Number > start).OrderBy(e => e.Number).Take(most)
            from entry in db.Entries.Where(x => x.Handoff == e.Handoff && x.Seq == e.Seq).DefaultIfEmpty()
            from handoff in db.Handoffs.Where(h => h.Id == e.Handoff).DefaultIfEmpty()
            orderby e.Number
            select new
            {
                Event = e,
                Type = entry == null ? null : entry.Type,
                Side = entry == null ? (Side?)null : entry.Side,
                Placer = handoff == null ? (AccountId?)null : handoff.Placer,
                FirstPick = handoff == null ? 0 : handoff.FirstPick,
                Picks = handoff == null ? 0 : handoff.Picks,
            }).ToListAsync();

        // What was picked for an offer comes with it, and is not said anew.
        var wanted = rows.Where(r => r.Type is { } type && NoticeKinds.OfEntry(type) is not null && r.Side != (r.Placer == account ? Side.Placer : Side.Fulfiller)
            && (r.Event.Seq < r.FirstPick || r.Event.Seq >= r.FirstPick + r.Picks)).Select(r => r.Event.Number).ToList();
        var entries = await Entries(db, account, wanted);
        var handoffs = rows.Where(r => r.Type is null || entries.ContainsKey(r.Event.Number)).Select(r => HandoffOf(r.Event)).OfType<HandoffId>().Distinct().ToList();
        var tickets = handoffs.Count == 0 ? [] : await db.Bonds.Where(b => b.Account == account && handoffs.Contains(b.Handoff)).ToDictionaryAsync(b => b.Handoff, b => b.Ticket);
        var news = rows.Select(r => entries.TryGetValue(r.Event.Number, out var entry) ? OfEntry(r.Event, entry.Entry, entry.Came) : OfEvent(r.Event)).OfType<News>()
            .Select(n => n.Handoff is { } handoff && tickets.TryGetValue(handoff, out var ticket) ? n with { Ticket = ticket } : n);
        return new Happened(rows.Count, rows.Count == 0 ? null : rows[^1].Event.Number, [.. news]);
    }

    /// <summary>The entries of these events, and when this company's desk got each.</summary>
    private static async ValueTask<Dictionary<long, (Entry Entry, DateTimeOffset? Came)>> Entries(ExchangeDb db, AccountId account, List<long> numbers)
    {
        if (numbers.Count == 0)
        {
            return [];
        }

        var events = db.Events.Where(e => e.Account == account && numbers.Contains(e.Number));
        var entries = await (
            from e in events
            from entry in db.Entries.Where(x => x.Handoff == e.Handoff && x.Seq == e.Seq)
            from handoff in db.Handoffs.Where(h => h.Id == e.Handoff)
            select new { e.Number, Entry = entry, handoff.Placer }).ToListAsync();
        var receipts = (await (
            from e in events
            from receipt in db.Receipts.Where(r => r.Handoff == e.Handoff && r.Seq == e.Seq)
            select new { e.Number, receipt.Side, receipt.At }).ToListAsync()).ToDictionary(r => (r.Number, r.Side), r => r.At);
        return entries.ToDictionary(
            e => e.Number,
            e => (e.Entry, receipts.TryGetValue((e.Number, e.Placer == account ? Side.Placer : Side.Fulfiller), out var at) ? at : (DateTimeOffset?)null));
    }

    /// <param name="came">When this company's desk got it: what was kept while a link was suspended is news when it comes.</param>
    private static News? OfEntry(AccountEvent e, Entry entry, DateTimeOffset? came)
    {
        if (NoticeKinds.OfEntry(entry.Type) is not { } kind)
        {
            return null;
        }

        var actor = entry.Body.Actor;
        return new News(
            e.Number, kind, NoticeKinds.CodeOf(kind, entry.Type), came ?? entry.Body.At, PersonId.Of(actor), null, actor.Kind == "person" ? actor.Name : null, null, entry.Handoff, null);
    }

    private static News? OfEvent(AccountEvent e)
    {
        if (e.Type is not { } type || NoticeKinds.OfEvent(type) is not { } kind)
        {
            return null;
        }

        var subject = e.Subject!.Value;
        return new News(
            e.Number, kind, NoticeKinds.CodeOf(kind, type), e.At!.Value, e.ByPerson, e.ForPerson, null,
            Begins("ticket.") ? new TicketId(subject) : null, HandoffOf(e), Begins("link.") ? new LinkId(subject) : null);

        bool Begins(string noun) => type.StartsWith(noun, StringComparison.Ordinal);
    }

    private static HandoffId? HandoffOf(AccountEvent e) =>
        e.Handoff ?? (e.Type?.StartsWith("handoff.", StringComparison.Ordinal) == true ? new HandoffId(e.Subject!.Value) : null);
}
