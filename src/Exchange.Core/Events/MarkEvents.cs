using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Events;

/// <summary>Notes which number was the last at this time, once in a while, so that the age of events is known when they are to be forgotten.</summary>
[AllowedTo(Roles.None)]
public sealed record MarkEvents : IAsk<Done>, IUpkeep;

public sealed class MarkEventsDeed : IDeed<MarkEvents, Done>
{
    /// <summary>Between two marks: an event is kept so much longer than wanted, at most.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    public async ValueTask<Outcome<Done>> Do(MarkEvents ask, Caller caller, IUnit unit)
    {
        // Under the counter's lock nobody else marks at the same time, and every number up to this one was committed by now.
        var last = await unit.LockEvents();
        var newest = await unit.Db.EventMarks.MaxAsync(m => (DateTimeOffset?)m.At);
        if (newest is null || unit.Now >= newest + Every)
        {
            unit.Db.Add(new EventMark { At = unit.Now, Number = last });
        }

        return default(Done);
    }
}
