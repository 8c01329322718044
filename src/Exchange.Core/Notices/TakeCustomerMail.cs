using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>
/// Takes what a ticket's customer is to be told out of what waits, for one mail, and makes the link that stands in it. Links that he
/// has already stay good: of a link its hash alone is kept, so a mail can only bring a new one.
/// </summary>
[AllowedTo(Roles.None)]
public sealed record TakeCustomerMail(TicketId Ticket) : IAsk<CustomerMailTaken>, IUpkeep;

/// <param name="Mail">Null where nothing goes now. It holds a secret, and is told to nobody but the recipient.</param>
public sealed record CustomerMailTaken(CustomerMail? Mail) : IAnswer<CustomerMailTaken>
{
    public Guid Thing => Guid.Empty;

    public static CustomerMailTaken Replayed(Guid thing) => new((CustomerMail?)null);
}

public sealed class TakeCustomerMailDeed : IDeed<TakeCustomerMail, CustomerMailTaken>
{
    private static readonly CustomerMailTaken Nothing = new((CustomerMail?)null);

    public async ValueTask<Outcome<CustomerMailTaken>> Do(TakeCustomerMail ask, Caller caller, IUnit unit)
    {
        if (await unit.LockTicket(ask.Ticket) is not { } head)
        {
            return Nothing;
        }

        var tickets = unit.Db.Tickets.Where(t => t.Id == ask.Ticket);
        var answers = unit.Db.Messages.Where(m => m.Ticket == ask.Ticket && m.MailDue != null);
        var ticket = await tickets.SingleAsync();
        var waiting = await answers.Select(m => new { m.MailDue, m.Retracted }).ToListAsync();
        var due = waiting.Select(m => m.MailDue).Append(ticket.MailDue).Max();
        if (due is null)
        {
            return Nothing;
        }

        if (ticket.MailDue > unit.Now)
        {
            // It may still be taken back, and if not, one mail tells of both.
            await answers.ExecuteUpdateAsync(set => set.SetProperty(m => m.MailDue, ticket.MailDue));
            return Nothing;
        }

        var since = unit.Now - TakeNoticeMailDeed.Between;
        var last = await unit.Db.SentMails.Where(m => m.Account == head.Account && m.Recipient == ask.Ticket.Value && m.At > since).MaxAsync(m => (DateTimeOffset?)m.At);
        DateTimeOffset? later = last + TakeNoticeMailDeed.Between;
        await answers.ExecuteUpdateAsync(set => set.SetProperty(m => m.MailDue, later));
        await tickets.Where(t => t.MailDue != null).ExecuteUpdateAsync(set => set.SetProperty(t => t.MailDue, later));
        if (last is not null || due < unit.Now - NoticeKinds.MailNews || NewsOf(ticket, waiting.Exists(m => !m.Retracted)) is not { } news)
        {
            return Nothing;
        }

        return await To(unit, ticket, news);
    }

    /// <summary>That it is done says more than that somebody wrote.</summary>
    private static CustomerNews? NewsOf(Ticket ticket, bool answered) => (ticket.MailDue, ticket.Status) switch
    {
        (not null, TicketStatus.Resolved) => CustomerNews.Resolved,
        (not null, TicketStatus.Closed) => CustomerNews.Closed,
        _ => answered ? CustomerNews.Answered : null,
    };

    private static async ValueTask<CustomerMailTaken> To(IUnit unit, Ticket ticket, CustomerNews news)
    {
        var follows = await unit.Db.Requesters.Where(r => r.Ticket == ticket.Id && r.EndedAt == null).OrderByDescending(r => r.Id).FirstOrDefaultAsync();
        if (ticket.IsMirror || follows is not { Email.Length: > 0 } || await unit.Db.CustomerForms.AnyAsync(f => f.Account == ticket.Account && f.IsSilent))
        {
            return Nothing;
        }

        var company = await unit.Db.Accounts.Where(a => a.Id == ticket.Account).Select(a => a.Name).SingleAsync();
        var (row, token) = Requester.Make(ticket.Account, ticket.Id, follows.Name, follows.Email, unit.Now, follows.Language);
        unit.Db.Add(row);
        unit.Db.Add(new SentMail { Account = ticket.Account, Recipient = ticket.Id.Value, Topic = ticket.Id.Value, At = unit.Now });
        return new CustomerMailTaken(new CustomerMail(follows.Email, follows.Language, company, ticket.Number, news, token));
    }
}
