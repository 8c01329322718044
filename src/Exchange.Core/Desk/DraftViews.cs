using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <param name="Door">For whom: <c>internal</c>, <c>customer</c>, or <c>partner</c> with the handoff's id.</param>
public sealed record DraftView(string Door, string Body, DateTimeOffset At);

public sealed class DraftViews(IDialect dialect)
{
    /// <summary>The caller's own drafts on a ticket, the latest first; none for a key.</summary>
    public async Task<IReadOnlyList<DraftView>> Of(Caller caller, TicketId ticket, CancellationToken ct)
    {
        if (Draft.WriterOf(caller) is not { } person)
        {
            return [];
        }

        await using var db = dialect.Read();
        var mine = db.Tickets.Where(Mine.Tickets(caller)).Select(t => t.Id);
        return await db.Drafts.Where(d => d.Ticket == ticket && d.Person == person && mine.Contains(d.Ticket)).OrderByDescending(d => d.At)
            .Select(d => new DraftView(d.Door, d.Body, d.At)).ToListAsync(ct);
    }
}
