using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Worker;

/// <summary>Forgets events that are older than wanted, account by account in small units of work; a crash in between only leaves the rest for the next time.</summary>
public sealed class Forgetting(Door door, IDialect dialect, ExchangeSettings settings, TimeProvider time)
{
    public async Task Go(CancellationToken ct)
    {
        await door.Do<MarkEvents, Done>(new MarkEvents(), Caller.Exchange, null, ct);
        if (await Oldest(time.Present() - TimeSpan.FromDays(settings.EventsKeptDays), ct) is not { } mark)
        {
            return;
        }

        foreach (var account in await Accounts(ct))
        {
            while (await door.Do<ForgetEvents, Forgotten>(new ForgetEvents(account, mark.Number), Caller.Exchange, null, ct) is { Ok: true, Value.More: true })
            {
                // The next batch.
            }
        }

        // What came before this mark is gone; the mark itself says so at the next time.
        await door.Do<ForgetMarks, Done>(new ForgetMarks(mark.At), Caller.Exchange, null, ct);
    }

    /// <summary>The newest mark that is old enough: all that has its number or a lower one was numbered before then.</summary>
    private async Task<EventMark?> Oldest(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.EventMarks.Where(m => m.At <= before).OrderByDescending(m => m.At).FirstOrDefaultAsync(ct);
    }

    private async Task<List<AccountId>> Accounts(CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Accounts.Select(a => a.Id).ToListAsync(ct);
    }
}
