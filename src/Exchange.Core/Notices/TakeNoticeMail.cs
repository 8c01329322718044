using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>
/// Takes what one member is to be told about one topic out of what waits, for one mail: whoever takes it sends it. So a mail goes
/// once, whatever number of nodes there is; one that is lost after that is still in the desk.
/// </summary>
[AllowedTo(Roles.None)]
public sealed record TakeNoticeMail(AccountId Account, PersonId Person, Guid Topic) : IAsk<NoticeMailTaken>, IUpkeep;

/// <param name="Mail">Null where nothing goes now.</param>
public sealed record NoticeMailTaken(NoticeMail? Mail) : IAnswer<NoticeMailTaken>
{
    public Guid Thing => Guid.Empty;

    public static NoticeMailTaken Replayed(Guid thing) => new((NoticeMail?)null);
}

public sealed class TakeNoticeMailDeed : IDeed<TakeNoticeMail, NoticeMailTaken>
{
    /// <summary>About one topic one mail goes within this time; what happens meanwhile is gathered.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    /// <summary>So many mails go to a member within an hour, whatever happens; the rest is in the desk alone.</summary>
    public const int MostInAnHour = 30;

    private static readonly NoticeMailTaken Nothing = new((NoticeMail?)null);

    public async ValueTask<Outcome<NoticeMailTaken>> Do(TakeNoticeMail ask, Caller caller, IUnit unit)
    {
        // The member's row is locked: two nodes that come for him follow one another, and count each other's mails.
        var members = unit.Db.Members.Where(m => m.Account == ask.Account && m.Person == ask.Person);
        if (await members.ExecuteUpdateAsync(set => set.SetProperty(m => m.Version, m => m.Version)) == 0)
        {
            return Nothing;
        }

        DateTimeOffset? now = unit.Now;
        var due = unit.Db.Notices.Where(n => n.Account == ask.Account && n.Person == ask.Person && n.Topic == ask.Topic && n.MailDue <= now);
        var since = unit.Now - NoticeKinds.MailNews;
        var oldest = await due.Where(n => n.At > since).OrderBy(n => n.Number).FirstOrDefaultAsync();
        if (oldest is not null && await Last(unit, ask) is { } last && last + Between > unit.Now)
        {
            DateTimeOffset? later = last + Between;
            await due.ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDue, later));
            return Nothing;
        }

        var count = await due.CountAsync(n => n.At > since);
        await due.ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDue, (DateTimeOffset?)null));
        if (oldest is null || await InTheLastHour(unit, ask) >= MostInAnHour)
        {
            return Nothing;
        }

        unit.Db.Add(new SentMail { Account = ask.Account, Recipient = ask.Person.Value, Topic = ask.Topic, At = unit.Now });
        return new NoticeMailTaken(await Tell(unit, oldest, count - 1));
    }

    private static Task<DateTimeOffset?> Last(IUnit unit, TakeNoticeMail ask)
    {
        var since = unit.Now - Between;
        return unit.Db.SentMails.Where(m => m.Account == ask.Account && m.Recipient == ask.Person.Value && m.At > since && m.Topic == ask.Topic).MaxAsync(m => (DateTimeOffset?)m.At);
    }

    private static Task<int> InTheLastHour(IUnit unit, TakeNoticeMail ask)
    {
        var since = unit.Now - TimeSpan.FromHours(1);
        return unit.Db.SentMails.CountAsync(m => m.Account == ask.Account && m.Recipient == ask.Person.Value && m.At > since);
    }

    private static async ValueTask<NoticeMail> Tell(IUnit unit, Notice notice, int more)
    {
        var account = await unit.Db.Accounts.SingleAsync(a => a.Id == notice.Account);
        var number = notice.Ticket is { } ticket ? await unit.Db.Tickets.Where(t => t.Id == ticket && t.Account == notice.Account).Select(t => (long?)t.Number).SingleOrDefaultAsync() : null;
        var partner = await Partner(unit, notice);
        var path = notice.Kind switch
        {
            NoticeKind.Parked => "health",
            NoticeKind.LinkChanged => $"links/{notice.Link}",
            _ => number is null ? "offers" : $"tickets/{Numbers.Show(number.Value)}",
        };
        return new NoticeMail(account.Slug, account.Name, notice.Kind, notice.Code, number is null ? null : Numbers.Show(number.Value), partner, path, more);
    }

    private static async ValueTask<string?> Partner(IUnit unit, Notice notice)
    {
        var both = notice.Handoff is { } handoff
            ? await unit.Db.Handoffs.Where(h => h.Id == handoff).Select(h => new { One = h.Placer, Other = (AccountId?)h.Fulfiller }).SingleOrDefaultAsync()
            : notice.Link is { } link ? await unit.Db.Links.Where(l => l.Id == link).Select(l => new { One = l.Inviter, Other = l.Invitee }).SingleOrDefaultAsync()
            : null;
        var other = both is null ? null : both.One == notice.Account ? both.Other : both.One;
        return other is null ? null : await unit.Db.Accounts.Where(a => a.Id == other).Select(a => a.Name).SingleAsync();
    }
}
