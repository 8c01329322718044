using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Which part of a conversation is read; all of it where both are null.</summary>
/// <param name="With">The partner items of one handoff alone.</param>
public sealed record ThreadLane(Audience? Audience = null, HandoffId? With = null);

/// <param name="Number">Its append number in the ticket.</param>
/// <param name="Retractable">Whether the caller may take it back.</param>
public sealed record ThreadItem(long Number, CommentView Comment, bool Retractable);

/// <param name="Items">Oldest first.</param>
/// <param name="Older">Where the page before this one ends; null when this is the beginning.</param>
public sealed record ThreadPage(IReadOnlyList<ThreadItem> Items, long? Older);

/// <summary>How much there is in each lane of a ticket.</summary>
/// <param name="Partners">By handoff; where nothing was said it is not there.</param>
public sealed record ThreadCounts(int Internal, int Customer, IReadOnlyDictionary<HandoffId, int> Partners, int Files)
{
    public int All => Internal + Customer + Partners.Values.Sum();
}

/// <summary>The conversation of a ticket as a screen shows it: the newest first, and back from there.</summary>
public sealed class ThreadViews(IDialect dialect)
{
    /// <param name="before">An append number: the items before it; null for the newest.</param>
    /// <returns>Null when the ticket is not the caller's.</returns>
    public async Task<ThreadPage?> Last(Caller caller, TicketId ticket, ThreadLane lane, long? before, int limit, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (!await db.Tickets.Where(Mine.Tickets(caller)).AnyAsync(t => t.Id == ticket, ct))
        {
            return null;
        }

        var (end, most, me) = (before ?? long.MaxValue, limit + 1, caller.Actor);
        var rows = new List<(long Number, CommentView View, bool Retractable)>();
        if (lane.With is not null || lane.Audience is null or Audience.Partner)
        {
            rows.AddRange(await Shared(db, ticket, lane.With, end, most, caller, ct));
        }

        if (lane.With is null && lane.Audience is null or Audience.Internal)
        {
            rows.AddRange((await db.Notes.Where(n => n.Ticket == ticket && n.Number < end).OrderByDescending(n => n.Number).Take(most).ToListAsync(ct))
                .Select(n => (n.Number, ConversationViews.Home(caller, n.Id, n.Body, "internal", n.Author, n.At, n.DerivedFrom, n.Retracted), !n.Retracted && Wrote(n.Author.Kind, n.Author.Id))));
        }

        if (lane.With is null && lane.Audience is null or Audience.Customer)
        {
            rows.AddRange((await db.Messages.Where(m => m.Ticket == ticket && m.Number < end).OrderByDescending(m => m.Number).Take(most).ToListAsync(ct))
                .Select(m => (m.Number, ConversationViews.Home(caller, m.Id, m.Body, "customer", m.Author, m.At, m.DerivedFrom, m.Retracted), !m.Retracted && Wrote(m.Author.Kind, m.Author.Id))));
        }

        var page = rows.OrderByDescending(r => r.Number).Take(limit).Reverse().ToList();
        var shown = await ConversationViews.WithFiles(db, ticket, page.ConvertAll(r => (r.Number, r.View)), new PageAsk(limit, null), ct);
        return new ThreadPage([.. page.Zip(shown.Items, (row, view) => new ThreadItem(row.Number, view, row.Retractable))], rows.Count > limit ? page[0].Number : null);

        // As RetractComment has it.
        bool Wrote(string kind, string id) => kind != "person" || (kind == me.Kind && id == me.Id);
    }

    /// <returns>Null when the ticket is not the caller's.</returns>
    public async Task<ThreadCounts?> Counts(Caller caller, TicketId ticket, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (!await db.Tickets.Where(Mine.Tickets(caller)).AnyAsync(t => t.Id == ticket, ct))
        {
            return null;
        }

        var partners = await db.Items.Where(i => i.Ticket == ticket).GroupBy(i => i.Handoff).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new ThreadCounts(
            await db.Notes.CountAsync(n => n.Ticket == ticket, ct), await db.Messages.CountAsync(m => m.Ticket == ticket, ct), partners,
            await db.Files.CountAsync(f => f.Ticket == ticket, ct));
    }

    private static async Task<IEnumerable<(long Number, CommentView View, bool Retractable)>> Shared(
        ExchangeDb db, TicketId ticket, HandoffId? with, long end, int most, Caller caller, CancellationToken ct)
    {
        var items = db.Items.Where(i => i.Ticket == ticket && i.Number < end && (with == null || i.Handoff == with)).OrderByDescending(i => i.Number).Take(most);
        var rows = await ConversationViews.Items(db, items, ct);
        var (kind, id) = (caller.Actor.Kind, caller.Actor.Id);
        var own = await items.Where(i => i.AuthorSide == i.Desk && i.Kind == "comment" && !i.Retracted && (i.AuthorKind != "person" || (i.AuthorKind == kind && i.AuthorId == id)))
            .Select(i => i.Id).ToListAsync(ct);
        return rows.Select(r => (r.Number, r.View, own.Contains(r.View.Id)));
    }
}
