using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>What was said on a ticket: notes, messages and shared items, in the order in which they came to this desk.</summary>
public sealed class ConversationViews(IDialect dialect)
{
    /// <summary>Oldest first; null when the ticket is not the caller's.</summary>
    public async Task<Page<CommentView>?> OfTicket(Caller caller, TicketId ticket, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var last = await db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Id == ticket).Select(t => (long?)t.LastItem).SingleOrDefaultAsync(ct);
        if (last is null)
        {
            return null;
        }

        var (after, most) = (page.After?.Number ?? 0, page.Limit + 1);
        if (last <= after)
        {
            // Who polls at the end of the list costs one small query.
            return new Page<CommentView>([], null);
        }

        // Up to what was there at first: a number that comes between two of these reads would else be passed over for ever.
        var rows = await Items(db, db.Items.Where(i => i.Ticket == ticket && i.Number > after && i.Number <= last).OrderBy(i => i.Number).Take(most), ct);
        var gapless = rows.Count > 0 && rows[^1].Number - after == rows.Count && (rows.Count == most || rows[^1].Number == last);
        if (!gapless)
        {
            // Notes, messages or files stand between the shared items.
            rows.AddRange((await db.Notes.Where(n => n.Ticket == ticket && n.Number > after && n.Number <= last).OrderBy(n => n.Number).Take(most).ToListAsync(ct))
                .Select(n => (n.Number, Home(caller, n.Id, n.Body, "internal", n.Author, n.At, n.DerivedFrom, n.Retracted))));
            rows.AddRange((await db.Messages.Where(m => m.Ticket == ticket && m.Number > after && m.Number <= last).OrderBy(m => m.Number).Take(most).ToListAsync(ct))
                .Select(m => (m.Number, Home(caller, m.Id, m.Body, "customer", m.Author, m.At, m.DerivedFrom, m.Retracted))));
        }

        return await WithFiles(db, ticket, [.. rows.OrderBy(r => r.Number).Take(most)], page, ct);
    }

    /// <summary>What both said in one handoff, in entry order, as far as it has come to the caller's desk; null when the caller has no ticket of it.</summary>
    public async Task<Page<CommentView>?> OfHandoff(Caller caller, HandoffId handoff, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var bond = await db.Bonds.SingleOrDefaultAsync(b => b.Handoff == handoff && b.Account == caller.Account, ct);
        if (bond is null)
        {
            return null;
        }

        var after = page.After?.Number ?? 0;
        var rows = await Items(db,
            db.Items.Where(i => i.Handoff == handoff && i.Desk == bond.Side && i.Seq > after).OrderBy(i => i.Seq).Take(page.Limit + 1), ct);
        return await WithFiles(db, bond.Ticket, rows.ConvertAll(r => (r.View.Seq!.Value, r.View)), page, ct);
    }

    /// <summary>One comment by its id; null when it is not on a ticket of the caller.</summary>
    public async Task<CommentView?> One(Caller caller, Guid id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var mine = db.Tickets.Where(Mine.Tickets(caller)).Select(t => t.Id);
        TicketId? ticket = null;
        CommentView? view = null;
        if (await db.Notes.SingleOrDefaultAsync(n => n.Id == id && mine.Contains(n.Ticket), ct) is { } note)
        {
            (ticket, view) = (note.Ticket, Home(caller, note.Id, note.Body, "internal", note.Author, note.At, note.DerivedFrom, note.Retracted));
        }
        else if (await db.Messages.SingleOrDefaultAsync(m => m.Id == id && mine.Contains(m.Ticket), ct) is { } message)
        {
            (ticket, view) = (message.Ticket, Home(caller, message.Id, message.Body, "customer", message.Author, message.At, message.DerivedFrom, message.Retracted));
        }
        else if (await db.Entries.Where(e => e.OpId == id).Select(e => new { e.Handoff, e.Seq }).SingleOrDefaultAsync(ct) is { } place
            && await db.Bonds.SingleOrDefaultAsync(b => b.Handoff == place.Handoff && b.Account == caller.Account, ct) is { } bond)
        {
            var rows = await Items(db, db.Items.Where(i => i.Handoff == place.Handoff && i.Seq == place.Seq && i.Desk == bond.Side), ct);
            (ticket, view) = (bond.Ticket, rows.FirstOrDefault().View);
        }

        return view is null ? null : (await WithFiles(db, ticket!.Value, [(0, view)], new PageAsk(1, null), ct)).Items[0];
    }

    internal static CommentView Home(
        Caller caller, Guid id, string body, string audience, Actor author, DateTimeOffset at, Guid? derivedFrom, bool retracted) =>
        new(id, retracted ? null : body, audience, "comment", null, null,
            new AuthorView(author.Name, new AccountRef(caller.Account, caller.AccountName), Requester.Is(author) ? true : null), at, null, derivedFrom, retracted, []);

    /// <summary>Shared items with who wrote them and what became of them on the other side, in one statement.</summary>
    internal static async Task<List<(long Number, CommentView View)>> Items(ExchangeDb db, IQueryable<PartnerItem> items, CancellationToken ct)
    {
        var rows = await (
            from i in items
            join h in db.Handoffs on i.Handoff equals h.Id
            join placer in db.Accounts on h.Placer equals placer.Id
            join fulfiller in db.Accounts on h.Fulfiller equals fulfiller.Id
            from receipt in db.Receipts.Where(r => r.Handoff == i.Handoff && r.Seq == i.Seq && r.Side != i.Desk).DefaultIfEmpty()
            select new { i, h.Placer, PlacerName = placer.Name, h.PlacerNumber, h.Fulfiller, FulfillerName = fulfiller.Name, h.FulfillerNumber, receipt })
            .ToListAsync(ct);

        // Where all has a receipt there is no need to ask for the link.
        var waiting = rows.Where(x => x.i.AuthorSide == x.i.Desk && x.receipt is null).Select(x => (x.i.Handoff, x.i.Desk)).ToHashSet();
        var kept = await WhileSuspended.Kept(db, waiting, ct);
        return rows.ConvertAll(x =>
        {
            var i = x.i;
            var byPlacer = i.AuthorSide == Side.Placer || (i.AuthorSide == Side.Exchange && i.Desk == Side.Placer);
            var company = byPlacer ? new AccountRef(x.Placer, x.PlacerName) : new AccountRef(x.Fulfiller, x.FulfillerName);
            var receipt = i.AuthorSide == i.Desk
                ? CommentView.Show(x.receipt, i.Desk == Side.Placer ? x.FulfillerNumber : x.PlacerNumber) ?? kept.GetValueOrDefault(i.Handoff)?.Receipt(i.Seq, i.Kind, i.At)
                : null;
            return (i.Number, new CommentView(i.Id, i.Retracted ? null : i.Body, "partner", i.Kind, i.Handoff, i.Seq,
                new AuthorView(i.AuthorName, company), i.At, receipt, i.DerivedFrom, i.Retracted, []));
        });
    }

    internal static async Task<Page<CommentView>> WithFiles(
        ExchangeDb db, TicketId ticket, List<(long Number, CommentView View)> rows, PageAsk page, CancellationToken ct)
    {
        var ids = rows.ConvertAll(r => r.View.Id);
        var files = (await (
            from named in db.CommentFiles
            where named.Ticket == ticket && ids.Contains(named.Comment)
            orderby named.Position
            join file in db.Files on named.File equals file.Id
            select new { named.Comment, file }).ToListAsync(ct)).ToLookup(x => x.Comment, x => x.file);
        var views = rows.ConvertAll(r => (r.Number, View: r.View with
        {
            Files = r.View.Retracted ? [] : [.. files[r.View.Id].Select(f => new FileRef(f.Id, f.Name, f.Size, f.ContentType, f.Sha256))],
        }));
        var paged = Page.Of(views, page, v => new Cursor(v.Number, default));
        return new Page<CommentView>([.. paged.Items.Select(v => v.View)], paged.Next);
    }
}
