using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Whom nobody has answered yet.</summary>
internal static class RowWords
{
    /// <summary>The partner's comment that is the last item of its ticket, and that no message to the customer followed.</summary>
    public static async Task<Dictionary<TicketId, RowWord>> Last(ExchangeDb db, List<TicketId> tickets, CancellationToken ct)
    {
        var newest = db.Items.Where(i => tickets.Contains(i.Ticket)).GroupBy(i => i.Ticket).Select(g => new { Ticket = g.Key, Number = g.Max(i => i.Number) });
        var items = await (
            from item in db.Items
            join last in newest on new { item.Ticket, item.Number } equals new { last.Ticket, last.Number }
            where item.Kind == "comment" && !item.Retracted && item.AuthorSide != item.Desk && item.AuthorSide != Side.Exchange
            select new { item.Ticket, item.AuthorName, item.At }).ToListAsync(ct);
        var answered = await db.Messages.Where(m => tickets.Contains(m.Ticket)).GroupBy(m => m.Ticket).Select(g => new { Ticket = g.Key, At = g.Max(m => m.At) }).ToDictionaryAsync(g => g.Ticket, g => g.At, ct);
        return items.Where(i => !answered.TryGetValue(i.Ticket, out var at) || at < i.At).ToDictionary(i => i.Ticket, i => new RowWord(i.AuthorName, i.At));
    }
}
