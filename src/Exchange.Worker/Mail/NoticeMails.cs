using System.Collections.Concurrent;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Mail;

/// <summary>
/// Hands over mails that are due, to people of the desk and to customers. Each is taken out of what waits when its turn comes, so
/// what waits in memory is not lost in a crash. Few at a time: a forgotten password does not stand behind a flood of them.
/// </summary>
internal sealed class NoticeMails(Door door, NoticeViews views, IPeople people, ILetters letters, IMail mail, TimeProvider time, ILogger<NoticeMails> log)
    : Rounds(TimeSpan.FromSeconds(2), time, log)
{
    private const int Most = 5;

    /// <summary>What was handed over and has not had its turn, since when. One that was dropped on the way is handed over again.</summary>
    private readonly ConcurrentDictionary<object, DateTimeOffset> _waiting = new();

    private static TimeSpan DroppedAfter => TimeSpan.FromMinutes(15);

    protected override async Task Round(CancellationToken ct)
    {
        // Where no mail goes out its text is printed into the log: that is for codes that somebody asked for, not for news.
        if (!mail.GoesOut)
        {
            return;
        }

        var before = Time.GetUtcNow() - DroppedAfter;
        foreach (var dropped in _waiting.Where(w => w.Value < before).ToList())
        {
            _waiting.TryRemove(dropped);
        }

        foreach (var due in await views.MailsToCustomers(2 * Most, ct))
        {
            Send(due, stop => ToCustomer(due, stop));
        }

        foreach (var due in await views.Mails(2 * Most, ct))
        {
            Send(due, stop => ToMember(due, stop));
        }
    }

    private void Send(object due, Func<CancellationToken, Task<Letter?>> write)
    {
        if (_waiting.Count >= Most || !_waiting.TryAdd(due, Time.GetUtcNow()))
        {
            return;
        }

        mail.Send(async stop =>
        {
            try
            {
                return await write(stop);
            }
            finally
            {
                _waiting.TryRemove(due, out _);
            }
        });
    }

    private async Task<Letter?> ToMember(DueMail due, CancellationToken ct)
    {
        var taken = await door.Do<TakeNoticeMail, NoticeMailTaken>(new TakeNoticeMail(due.Account, due.Person, due.Topic), Caller.Exchange, null, ct);
        return taken is { Ok: true, Value.Mail: { } found } && await people.Find(due.Person, ct) is { } person ? letters.Write(found, person) : null;
    }

    private async Task<Letter?> ToCustomer(TicketId ticket, CancellationToken ct)
    {
        var taken = await door.Do<TakeCustomerMail, CustomerMailTaken>(new TakeCustomerMail(ticket), Caller.Exchange, null, ct);
        return taken is { Ok: true, Value.Mail: { } found } ? letters.Write(found) : null;
    }
}
