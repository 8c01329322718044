using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Store;

/// <summary>
/// Looks whether a timer that stands still with its link is really due. Each suspension since it was set moves it; during one it
/// sleeps, and the resume wakes it.
/// </summary>
[AllowedTo(Roles.None)]
public sealed record WakeTimer(Guid Timer) : IAsk<Woken>, IUpkeep;

public sealed record Woken(bool IsDue) : IAnswer<Woken>
{
    public Guid Thing => Guid.Empty;

    public static Woken Replayed(Guid thing) => new(false);
}

public sealed class WakeTimerDeed : IDeed<WakeTimer, Woken>
{
    public async ValueTask<Outcome<Woken>> Do(WakeTimer ask, Caller caller, IUnit unit)
    {
        if (await unit.Db.Timers.AsTracking().SingleOrDefaultAsync(t => t.Id == ask.Timer) is not { Link: { } id } timer)
        {
            return new Woken(false);
        }

        // A resume meanwhile would not see it asleep, and never wake it.
        await unit.LockLink(id, own: false);
        if (await unit.Db.Links.Where(l => l.Id == id).Select(l => l.State).SingleAsync() == LinkState.Suspended)
        {
            timer.Due = DueTimer.Asleep;
            return new Woken(false);
        }

        var suspensions = await unit.Db.Suspensions.Where(s => s.Link == id && (s.Until == null || s.Until > timer.SetAt)).ToListAsync();
        timer.Due = Suspension.Moved(timer.SetFor, suspensions, timer.SetAt, unit.Now);
        return new Woken(timer.Due <= unit.Now);
    }
}
