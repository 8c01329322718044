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
    /// <summary>Of an entry no more is read than needed: the bytes of those by the other side, and of the types that are told.</summary>
    public static async ValueTask<Happened> After(ExchangeDb db, AccountId account, long? after, int most)
    {
        var (start, types) = (after ?? 0, NoticeKinds.EntriesTold);
        var rows = await (
            from e in db.Events.Where(e => e.Account == account && e.Number > start).OrderBy(e => e.Number).Take(most)
            from handoff in db.Handoffs.Where(h => h.Id == e.Handoff).DefaultIfEmpty()
            from entry in db.Entries.Where(x => x.Handoff == e.Handoff && x.Seq == e.Seq && types.Contains(x.Type) && x.Side != (handoff!.Placer == account ? Side.Placer : Side.Fulfiller)).DefaultIfEmpty()
            from receipt in db.Receipts.Where(r => r.Handoff == entry!.Handoff && r.Seq == entry.Seq && r.Side == (handoff!.Placer == account ? Side.Placer : Side.Fulfiller)).DefaultIfEmpty()
            orderby e.Number
            select new { Event = e, Entry = entry, Came = receipt == null ? (DateTimeOffset?)null : receipt.At, FirstPick = handoff == null ? 0 : handoff.FirstPick, Picks = handoff == null ? 0 : handoff.Picks }).ToListAsync();
        var handoffs = rows.Select(r => HandoffOf(r.Event)).OfType<HandoffId>().Distinct().ToList();
        var tickets = await db.Bonds.Where(b => b.Account == account && handoffs.Contains(b.Handoff)).ToDictionaryAsync(b => b.Handoff, b => b.Ticket);

        // What was picked for an offer comes with it, and is not said anew.
        var news = rows.Where(r => r.Entry is null || r.Entry.Seq < r.FirstPick || r.Entry.Seq >= r.FirstPick + r.Picks)
            .Select(r => r.Entry is null ? OfEvent(r.Event) : OfEntry(r.Event, r.Entry, r.Came)).OfType<News>()
            .Select(n => n.Handoff is { } handoff && tickets.TryGetValue(handoff, out var ticket) ? n with { Ticket = ticket } : n);
        return new Happened(rows.Count, rows.Count == 0 ? null : rows[^1].Event.Number, [.. news]);
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
