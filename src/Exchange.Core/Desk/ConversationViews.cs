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
        if (!await db.Tickets.Where(Mine.Tickets(caller)).AnyAsync(t => t.Id == ticket, ct))
        {
            return null;
        }

        var (after, most) = (page.After?.Number ?? 0, page.Limit + 1);
        var rows = new List<(long Number, CommentView View)>();
        rows.AddRange((await db.Notes.Where(n => n.Ticket == ticket && n.Number > after).OrderBy(n => n.Number).Take(most).ToListAsync(ct))
            .Select(n => (n.Number, Home(caller, n.Id, n.Body, "internal", n.Author, n.At, n.DerivedFrom, n.Retracted))));
        rows.AddRange((await db.Messages.Where(m => m.Ticket == ticket && m.Number > after).OrderBy(m => m.Number).Take(most).ToListAsync(ct))
            .Select(m => (m.Number, Home(caller, m.Id, m.Body, "customer", m.Author, m.At, m.DerivedFrom, m.Retracted))));
        rows.AddRange(await Items(db, db.Items.Where(i => i.Ticket == ticket && i.Number > after).OrderBy(i => i.Number).Take(most), ct));
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

    private static CommentView Home(
        Caller caller, Guid id, string body, string audience, Actor author, DateTimeOffset at, Guid? derivedFrom, bool retracted) =>
        new(id, retracted ? null : body, audience, "comment", null, null,
            new AuthorView(author.Name, new AccountRef(caller.Account, caller.AccountName)), at, null, derivedFrom, retracted, []);

    private static async Task<List<(long Number, CommentView View)>> Items(ExchangeDb db, IQueryable<PartnerItem> items, CancellationToken ct)
    {
        var rows = await items.ToListAsync(ct);
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.Select(i => i.Handoff).Distinct().ToList();
        var handoffs = await (
            from h in db.Handoffs
            where ids.Contains(h.Id)
            join placer in db.Accounts on h.Placer equals placer.Id
            join fulfiller in db.Accounts on h.Fulfiller equals fulfiller.Id
            select new { h, Placer = placer.Name, Fulfiller = fulfiller.Name }).ToDictionaryAsync(x => x.h.Id, ct);
        var (from, to) = (rows.Min(i => i.Seq), rows.Max(i => i.Seq));
        var receipts = (await db.Receipts.Where(r => ids.Contains(r.Handoff) && r.Seq >= from && r.Seq <= to).ToListAsync(ct))
            .ToDictionary(r => (r.Handoff, r.Seq, r.Side));
        return rows.ConvertAll(i =>
        {
            var x = handoffs[i.Handoff];
            var placer = i.AuthorSide == Side.Placer || (i.AuthorSide == Side.Exchange && i.Desk == Side.Placer);
            var company = placer ? new AccountRef(x.h.Placer, x.Placer) : new AccountRef(x.h.Fulfiller, x.Fulfiller);
            var receipt = i.AuthorSide == i.Desk && receipts.TryGetValue((i.Handoff, i.Seq, i.Desk.Other()), out var r)
                ? CommentView.Show(r, i.Desk == Side.Placer ? x.h.FulfillerNumber : x.h.PlacerNumber)
                : null;
            return (i.Number, new CommentView(i.Id, i.Retracted ? null : i.Body, "partner", i.Kind, i.Handoff, i.Seq,
                new AuthorView(i.AuthorName, company), i.At, receipt, i.DerivedFrom, i.Retracted, []));
        });
    }

    private static async Task<Page<CommentView>> WithFiles(
        ExchangeDb db, TicketId ticket, List<(long Number, CommentView View)> rows, PageAsk page, CancellationToken ct)
    {
        var ids = rows.ConvertAll(r => r.View.Id);
        var files = (await (
            from named in db.CommentFiles
            where named.Ticket == ticket && ids.Contains(named.Comment)
            join file in db.Files on named.File equals file.Id
            select new { named.Comment, file }).ToListAsync(ct)).ToLookup(x => x.Comment, x => x.file);
        var views = rows.ConvertAll(r => (r.Number, View: r.View with
        {
            Files = [.. files[r.View.Id].Select(f => new FileRef(f.Id, f.Name, f.Size, f.ContentType, f.Sha256))],
        }));
        var paged = Page.Of(views, page, v => new Cursor(v.Number, default));
        return new Page<CommentView>([.. paged.Items.Select(v => v.View)], paged.Next);
    }
}
