using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>A notice as its reader sees it now.</summary>
/// <param name="Code">What happened exactly, where the kind leaves it open.</param>
/// <param name="Who">The name of who did it, where there is one to tell.</param>
/// <param name="Partner">The other company, where one has to do with it.</param>
/// <param name="TicketNumber">The account's own ticket; null where there is none (yet).</param>
public sealed record NoticeView(
    long Number, NoticeKind Kind, string? Code, string? Who, string? Partner, string? TicketNumber, string? Subject, HandoffId? Handoff, LinkId? Link, DateTimeOffset At, bool Unread);

/// <summary>What somebody has chosen for one kind, or what holds where he has chosen nothing.</summary>
public sealed record NoticeRuleView(NoticeKind Kind, bool InApp, bool Mail);

/// <summary>Mails that wait: one for each person and topic.</summary>
public readonly record struct DueMail(AccountId Account, PersonId Person, Guid Topic);

/// <summary>What people were told; each reads his own alone.</summary>
public sealed class NoticeViews(IDialect dialect, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public async Task<Page<NoticeView>> List(Caller caller, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var notices = Shown(db, caller);
        if (page.After is { } after)
        {
            var before = after.Number;
            notices = notices.Where(n => n.Number < before);
        }

        var rows = await notices.OrderByDescending(n => n.Number).Take(page.Limit + 1).ToListAsync(ct);
        return Page.Of(await Show(db, caller, rows, ct), page, n => new Cursor(n.Number, default));
    }

    /// <summary>One of the reader's own; null where he has none of this number.</summary>
    public async Task<NoticeView?> One(Caller caller, long number, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, caller, await Shown(db, caller).Where(n => n.Number == number).ToListAsync(ct), ct)).FirstOrDefault();
    }

    /// <summary>How many are unread; no more than <paramref name="most"/> are counted.</summary>
    public async Task<int> Unread(Caller caller, int most, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await Shown(db, caller).Where(n => n.ReadAt == null).Take(most).CountAsync(ct);
    }

    /// <summary>Those of these tickets that the reader has unread notices of.</summary>
    public async Task<IReadOnlySet<TicketId>> UnreadOf(Caller caller, IReadOnlyList<TicketId> tickets, CancellationToken ct)
    {
        if (tickets.Count == 0)
        {
            return new HashSet<TicketId>();
        }

        var wanted = tickets.Select(t => (TicketId?)t).ToList();
        await using var db = dialect.Read();
        var unread = await Shown(db, caller).Where(n => n.ReadAt == null && wanted.Contains(n.Ticket)).Select(n => n.Ticket).Distinct().ToListAsync(ct);
        return unread.OfType<TicketId>().ToHashSet();
    }

    /// <summary>Whether there is something of a ticket that its reader has not read, or that still waits for its mail.</summary>
    public async Task<bool> IsNews(Caller caller, TicketId ticket, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await OfTicket(db, db.Notices.Where(Mine.Notices(caller)).Where(n => n.ReadAt == null), ticket).AnyAsync(ct);
    }

    /// <summary>For each kind, what the reader is told where.</summary>
    public async Task<IReadOnlyList<NoticeRuleView>> Rules(Caller caller, CancellationToken ct)
    {
        var person = PersonId.Of(caller) ?? default;
        await using var db = dialect.Read();
        var chosen = await db.NoticeRules.Where(r => r.Account == caller.Account && r.Person == person).ToDictionaryAsync(r => r.Kind, r => new NoticeRuleView(r.Kind, r.InApp, r.Mail), ct);
        return [.. NoticeKinds.All.Select(kind => chosen.GetValueOrDefault(kind) ?? new NoticeRuleView(kind, NoticeKinds.Default(kind).InApp, NoticeKinds.Default(kind).Mail))];
    }

    /// <summary>Mails that could go now, the oldest first.</summary>
    public async Task<IReadOnlyList<DueMail>> Mails(int most, CancellationToken ct)
    {
        var now = time.Present();
        await using var db = dialect.Read();
        return await db.Notices.Where(n => n.MailDue <= now).GroupBy(n => new { n.Account, n.Person, n.Topic }).OrderBy(g => g.Min(n => n.MailDue)).Take(most)
            .Select(g => new DueMail(g.Key.Account, g.Key.Person, g.Key.Topic)).ToListAsync(ct);
    }

    /// <summary>Tickets whose customer could be told something by mail now.</summary>
    public async Task<IReadOnlyList<TicketId>> MailsToCustomers(int most, CancellationToken ct)
    {
        var now = time.Present();
        await using var db = dialect.Read();
        var answered = await db.Messages.Where(m => m.MailDue <= now).OrderBy(m => m.MailDue).Select(m => m.Ticket).Take(most).ToListAsync(ct);
        var done = await db.Tickets.Where(t => t.MailDue <= now).OrderBy(t => t.MailDue).Select(t => t.Id).Take(most).ToListAsync(ct);
        return [.. answered.Concat(done).Distinct().Take(most)];
    }

    /// <summary>Those of a ticket, and those of an offer before it became this ticket.</summary>
    internal static IQueryable<Notice> OfTicket(ExchangeDb db, IQueryable<Notice> notices, TicketId ticket) =>
        notices.Where(n => n.Ticket == ticket || db.Bonds.Any(b => b.Handoff == n.Handoff && b.Account == n.Account && b.Ticket == ticket));

    private static IQueryable<Notice> Shown(ExchangeDb db, Caller caller) => db.Notices.Where(Mine.Notices(caller)).Where(n => n.InApp);

    /// <summary>What else a row shows is read now, and from what is the reader's company's own: a bounded number of statements for a page.</summary>
    private static async Task<List<NoticeView>> Show(ExchangeDb db, Caller caller, List<Notice> rows, CancellationToken ct)
    {
        var handoffs = rows.Select(n => n.Handoff).OfType<HandoffId>().Distinct().ToList();
        var links = rows.Select(n => n.Link).OfType<LinkId>().Distinct().ToList();
        var tied = handoffs.Count == 0 ? [] : await db.Bonds.Where(b => b.Account == caller.Account && handoffs.Contains(b.Handoff)).ToDictionaryAsync(b => b.Handoff, b => b.Ticket, ct);
        var ids = rows.Select(n => TicketOf(n, tied)).OfType<TicketId>().Distinct().ToList();
        var tickets = ids.Count == 0 ? [] : await db.Tickets.Where(Mine.Tickets(caller)).Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Number, t.Subject }).ToDictionaryAsync(t => t.Id, ct);
        var partners = handoffs.Count == 0 ? [] : await db.Handoffs.Where(Mine.Handoffs(caller)).Where(h => handoffs.Contains(h.Id))
            .Select(h => new { h.Id, Other = h.Placer == caller.Account ? h.Fulfiller : h.Placer }).ToDictionaryAsync(h => h.Id, h => h.Other, ct);
        var linked = links.Count == 0 ? [] : await db.Links.Where(Mine.Links(caller)).Where(l => links.Contains(l.Id))
            .Select(l => new { l.Id, l.Inviter, l.Invitee }).ToDictionaryAsync(l => l.Id, l => l.Inviter == caller.Account ? l.Invitee : l.Inviter, ct);
        var others = partners.Values.Concat(linked.Values.OfType<AccountId>()).Distinct().ToList();
        var names = others.Count == 0 ? [] : await db.Accounts.Where(a => others.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        return rows.ConvertAll(n =>
        {
            var ticket = TicketOf(n, tied) is { } id ? tickets.GetValueOrDefault(id) : null;
            var partner = n.Handoff is { } h && partners.TryGetValue(h, out var placed) ? placed : n.Link is { } l ? linked.GetValueOrDefault(l) : null;
            return new NoticeView(n.Number, n.Kind, n.Code, n.Who, partner is { } company ? names.GetValueOrDefault(company) : null, ticket is null ? null : Numbers.Show(ticket.Number), ticket?.Subject, n.Handoff, n.Link, n.At, n.ReadAt is null);
        });
    }

    private static TicketId? TicketOf(Notice notice, Dictionary<HandoffId, TicketId> tied) =>
        notice.Ticket ?? (notice.Handoff is { } handoff && tied.TryGetValue(handoff, out var ticket) ? ticket : null);
}
