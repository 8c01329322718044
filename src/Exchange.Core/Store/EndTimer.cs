using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Store;

/// <summary>Removes a timer whose ask was answered.</summary>
[AllowedTo(Roles.None)]
public sealed record EndTimer(Guid Timer) : IAsk<Done>, IUpkeep;

public sealed class EndTimerDeed : IDeed<EndTimer, Done>
{
    public async ValueTask<Outcome<Done>> Do(EndTimer ask, Caller caller, IUnit unit)
    {
        await unit.Db.Timers.Where(t => t.Id == ask.Timer).ExecuteDeleteAsync();
        return default(Done);
    }
}
