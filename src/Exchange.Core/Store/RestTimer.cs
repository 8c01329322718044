using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Store;

/// <summary>Lets a timer be looked at again later.</summary>
[AllowedTo(Roles.None)]
public sealed record RestTimer(Guid Timer, DateTimeOffset Until) : IAsk<Done>, IUpkeep;

public sealed class RestTimerDeed : IDeed<RestTimer, Done>
{
    public async ValueTask<Outcome<Done>> Do(RestTimer ask, Caller caller, IUnit unit)
    {
        await unit.Db.Timers.Where(t => t.Id == ask.Timer).ExecuteUpdateAsync(s => s.SetProperty(t => t.Due, ask.Until));
        return default(Done);
    }
}
