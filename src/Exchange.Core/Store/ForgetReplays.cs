using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Store;

/// <summary>Removes Idempotency-Keys that are older than a day.</summary>
[AllowedTo(Roles.None)]
public sealed record ForgetReplays : IAsk<Done>, IUpkeep;

public sealed class ForgetReplaysDeed : IDeed<ForgetReplays, Done>
{
    public async ValueTask<Outcome<Done>> Do(ForgetReplays ask, Caller caller, IUnit unit)
    {
        var before = unit.Now - TimeSpan.FromDays(1);
        await unit.Db.Replays.Where(r => r.At < before).ExecuteDeleteAsync();
        return default(Done);
    }
}
