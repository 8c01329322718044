using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Events;

/// <summary>Removes the oldest events of one account, so many at a time. What people were told of them goes along; the entries that they are of stay in the log for ever.</summary>
/// <param name="UpTo">The last number to forget.</param>
[AllowedTo(Roles.None)]
public sealed record ForgetEvents(AccountId Account, long UpTo) : IAsk<Forgotten>, IUpkeep;

/// <param name="More">Whether it stopped at its limit.</param>
public sealed record Forgotten(bool More) : IAnswer<Forgotten>
{
    public Guid Thing => Guid.Empty;

    public static Forgotten Replayed(Guid thing) => new(false);
}

public sealed class ForgetEventsDeed : IDeed<ForgetEvents, Forgotten>
{
    /// <summary>Events in one unit of work: comments wait for no more than this.</summary>
    public const int Batch = 500;

    public async ValueTask<Outcome<Forgotten>> Do(ForgetEvents ask, Caller caller, IUnit unit)
    {
        var numbers = await unit.Db.Events.Where(e => e.Account == ask.Account && e.Number <= ask.UpTo).OrderBy(e => e.Number).Select(e => e.Number).Take(Batch).ToListAsync();
        if (numbers.Count == 0)
        {
            return new Forgotten(false);
        }

        // With the deletion in one unit: who comes with an older position is told, and never served a gap.
        var last = numbers[^1];
        if (await unit.Db.ForgottenEvents.AsTracking().SingleOrDefaultAsync(f => f.Account == ask.Account) is { } before)
        {
            before.Number = Math.Max(before.Number, last);
        }
        else
        {
            unit.Db.Add(new ForgottenEvents { Account = ask.Account, Number = last });
        }

        await unit.Db.Events.Where(e => e.Account == ask.Account && e.Number <= last).ExecuteDeleteAsync();
        await unit.Db.Notices.Where(n => n.Account == ask.Account && n.Number <= last).ExecuteDeleteAsync();
        return new Forgotten(numbers.Count == Batch);
    }
}
