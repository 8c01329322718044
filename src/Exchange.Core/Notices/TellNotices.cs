using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>
/// Makes notices of the account's next events, in the order of their numbers. Notices and cursor are committed together, so that of
/// each event everybody is told once, whatever breaks in between.
/// </summary>
[AllowedTo(Roles.None)]
public sealed record TellNotices(AccountId Account) : IAsk<Told>, IUpkeep;

/// <param name="More">Whether it stopped at its limit.</param>
public sealed record Told(bool More) : IAnswer<Told>
{
    public Guid Thing => Guid.Empty;

    public static Told Replayed(Guid thing) => new(false);
}

public sealed class TellNoticesDeed(Changes changes) : IDeed<TellNotices, Told>
{
    /// <summary>Events in one unit of work: comments wait for no more than this.</summary>
    public const int Batch = 200;

    /// <summary>Of one ticket nobody has more unread notices than these.</summary>
    public const int MostUnread = 100;

    public async ValueTask<Outcome<Told>> Do(TellNotices ask, Caller caller, IUnit unit)
    {
        var after = await Lock(unit, ask.Account);
        var happened = await Happened.After(unit.Db, ask.Account, after, Batch);
        if (happened.Last is not { } last)
        {
            return new Told(false);
        }

        if (happened.News.Count > 0)
        {
            var old = unit.Now - NoticeKinds.News;
            var until = await unit.Db.EventMarks.Where(m => m.At <= old).MaxAsync(m => (long?)m.Number) ?? 0;
            await Tell(unit, ask.Account, [.. happened.News.Where(n => n.Number > until)], after);
        }

        if (after is null)
        {
            unit.Db.Add(new NoticeCursor { Account = ask.Account, Number = last });
        }
        else
        {
            await unit.Db.NoticeCursors.Where(c => c.Account == ask.Account).ExecuteUpdateAsync(set => set.SetProperty(c => c.Number, last));
        }

        return new Told(happened.Count == Batch);
    }

    /// <summary>One worker at a time; two that are the first at once meet at the key of the row, and one of them comes again.</summary>
    /// <returns>The last event that was told of; null before the first.</returns>
    private static async ValueTask<long?> Lock(IUnit unit, AccountId account)
    {
        var cursor = unit.Db.NoticeCursors.Where(c => c.Account == account);
        return await cursor.ExecuteUpdateAsync(set => set.SetProperty(c => c.Number, c => c.Number)) == 0 ? null : await cursor.Select(c => c.Number).SingleAsync();
    }

    private async ValueTask Tell(IUnit unit, AccountId account, List<News> news, long? after)
    {
        var members = await unit.Db.Members.Where(m => m.Account == account).ToListAsync();
        var rules = await unit.Db.NoticeRules.Where(r => r.Account == account).ToDictionaryAsync(r => (r.Person, r.Kind), r => (r.InApp, r.Mail));
        var tickets = news.Select(n => n.Ticket).OfType<TicketId>().Distinct().ToList();
        var assignees = await unit.Db.Tickets.Where(t => tickets.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Assignee);

        // A cursor that was set back, by a restored backup or by hand, doubles nothing.
        var start = after ?? 0;
        var known = (await unit.Db.Notices.Where(n => n.Account == account && n.Number > start).Select(n => new { n.Number, n.Person }).ToListAsync()).ToHashSet();
        var due = (
            from one in news
            from member in NoticeKinds.For(one.Kind, members, one.To, one.Ticket is { } ticket ? assignees.GetValueOrDefault(ticket) : null)
            where member.Person != one.By && member.JoinedAt <= one.At && !known.Contains(new { one.Number, member.Person })
            select (member.Person, One: one)).ToList();
        var unread = await Unread(unit, account, [.. due.Select(d => d.Person).Distinct()], tickets);
        var told = new HashSet<PersonId>();
        foreach (var (person, one) in due)
        {
            var rule = rules.TryGetValue((person, one.Kind), out var chosen) ? chosen : NoticeKinds.Default(one.Kind);
            if ((rule.InApp || rule.Mail) && !IsFull(unread, person, one.Ticket))
            {
                unit.Db.Add(Make(account, person, one, rule, members, unit.Now));
                told.Add(person);
            }
        }

        Show(unit, account, told, tickets);
    }

    private static async ValueTask<Dictionary<(PersonId, TicketId), int>> Unread(IUnit unit, AccountId account, List<PersonId> people, List<TicketId> tickets)
    {
        var wanted = tickets.ConvertAll(t => (TicketId?)t);
        var counts = people.Count == 0 || tickets.Count == 0 ? [] : await unit.Db.Notices
            .Where(n => n.Account == account && people.Contains(n.Person) && n.ReadAt == null && (n.InApp || n.MailDue != null) && wanted.Contains(n.Ticket))
            .GroupBy(n => new { n.Person, n.Ticket }).Select(g => new { g.Key.Person, g.Key.Ticket, Count = g.Count() }).ToListAsync();
        return counts.ToDictionary(c => (c.Person, c.Ticket!.Value), c => c.Count);
    }

    /// <summary>Whoever has not read a hundred notices of a ticket knows by the hundredth that he has to look: a flood of a partner fills no table.</summary>
    private static bool IsFull(Dictionary<(PersonId, TicketId), int> unread, PersonId person, TicketId? of)
    {
        if (of is not { } ticket)
        {
            return false;
        }

        var count = unread.GetValueOrDefault((person, ticket));
        unread[(person, ticket)] = count + 1;
        return count >= MostUnread;
    }

    private static Notice Make(AccountId account, PersonId person, News one, (bool InApp, bool Mail) rule, List<Member> members, DateTimeOffset now) => new()
    {
        Account = account,
        Person = person,
        Number = one.Number,
        Kind = one.Kind,
        Code = one.Code,
        Topic = one.Ticket?.Value ?? one.Handoff?.Value ?? one.Link!.Value.Value,
        Ticket = one.Ticket,
        Handoff = one.Handoff,
        Link = one.Link,
        Who = one.Who ?? members.Find(m => m.Person == one.By)?.Name,
        At = one.At,
        InApp = rule.InApp,
        MailDue = rule.Mail && one.At > now - NoticeKinds.MailNews ? now : null,
    };

    /// <summary>Bells ring for those who were told alone; the rows of the tickets look whether they have a dot.</summary>
    private void Show(IUnit unit, AccountId account, HashSet<PersonId> told, List<TicketId> tickets)
    {
        foreach (var person in told)
        {
            changes.Notice(unit, account, person);
        }

        foreach (var ticket in told.Count == 0 ? [] : tickets)
        {
            changes.Ticket(unit, account, ticket);
        }
    }
}
