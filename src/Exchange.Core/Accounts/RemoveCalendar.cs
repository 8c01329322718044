using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Removes a calendar; the usual one only as the last one.</summary>
/// <param name="IfVersion">The version that the caller saw; null where he does not care.</param>
[AllowedTo(Roles.Admin)]
public sealed record RemoveCalendar(Guid Calendar, long? IfVersion) : IAsk<Done>;

public sealed class RemoveCalendarDeed : IDeed<RemoveCalendar, Done>
{
    public const string IsUsual = "This is the usual calendar: make another one the usual one first, then remove it.";

    public async ValueTask<Outcome<Done>> Do(RemoveCalendar ask, Caller caller, IUnit unit)
    {
        await Membership.Own(unit, caller);
        var all = await unit.Db.Calendars.AsTracking().Where(Mine.Calendars(caller)).ToListAsync();
        if (all.Find(c => c.Id == ask.Calendar) is not { } calendar)
        {
            return Fault.NotFound("calendar");
        }

        if (calendar.Stale(ask.IfVersion) is { } stale)
        {
            return stale;
        }

        if (calendar.IsUsual && all.Count > 1)
        {
            return Fault.Invalid("calendar", IsUsual);
        }

        unit.Db.Remove(calendar);
        return default(Done);
    }
}
