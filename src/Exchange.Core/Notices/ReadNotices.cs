using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>Marks notices of the person who asks as read: those of one ticket, one alone, or all that he has seen.</summary>
/// <param name="Ticket">All of this ticket.</param>
/// <param name="Number">This one.</param>
/// <param name="UpTo">All up to this one: what came since he looked stays unread.</param>
[AllowedTo(Roles.Any)]
public sealed record ReadNotices(TicketId? Ticket = null, long? Number = null, long? UpTo = null) : IAsk<Done>;

public sealed class ReadNoticesRules : AbstractValidator<ReadNotices>
{
    public ReadNoticesRules() => RuleFor(x => x.UpTo).NotNull().When(x => x.Ticket is null && x.Number is null)
        .WithMessage("Say which ones: of a ticket, one by its number, or all up to a number.");
}

public sealed class ReadNoticesDeed(Changes changes) : IDeed<ReadNotices, Done>
{
    public async ValueTask<Outcome<Done>> Do(ReadNotices ask, Caller caller, IUnit unit)
    {
        if (PersonId.Of(caller) is not { } person)
        {
            return new Fault(Codes.Forbidden, "Notifications are people's, each his own: a key has none.");
        }

        var unread = unit.Db.Notices.Where(Mine.Notices(caller)).Where(n => n.ReadAt == null);
        unread = ask.Ticket is { } ticket
            ? NoticeViews.OfTicket(unit.Db, unread, ticket)
            : ask.Number is { } number ? unread.Where(n => n.Number == number)
            : unread.Where(n => n.Number <= ask.UpTo);

        // What was read needs no mail.
        DateTimeOffset? now = unit.Now;
        if (await unread.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now).SetProperty(n => n.MailDue, (DateTimeOffset?)null)) > 0)
        {
            changes.Notice(unit, caller.Account, person);
        }

        return default(Done);
    }
}
