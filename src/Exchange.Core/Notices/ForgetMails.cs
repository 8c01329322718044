using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Notices;

/// <summary>Forgets mails that went a day ago, and those that are too old to be sent: where no mail goes out they would wait for ever.</summary>
[AllowedTo(Roles.None)]
public sealed record ForgetMails : IAsk<Done>, IUpkeep;

public sealed class ForgetMailsDeed : IDeed<ForgetMails, Done>
{
    public async ValueTask<Outcome<Done>> Do(ForgetMails ask, Caller caller, IUnit unit)
    {
        var dayAgo = unit.Now - TimeSpan.FromDays(1);
        await unit.Db.SentMails.Where(m => m.At < dayAgo).ExecuteDeleteAsync();
        var old = unit.Now - NoticeKinds.MailNews;
        await unit.Db.Notices.Where(n => n.MailDue < old).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDue, (DateTimeOffset?)null));
        await unit.Db.Messages.Where(m => m.MailDue < old).ExecuteUpdateAsync(set => set.SetProperty(m => m.MailDue, (DateTimeOffset?)null));
        await unit.Db.Tickets.Where(t => t.MailDue < old).ExecuteUpdateAsync(set => set.SetProperty(t => t.MailDue, (DateTimeOffset?)null));
        return default(Done);
    }
}
