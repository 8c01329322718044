using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Events;

/// <summary>Removes the marks before one, which say nothing any more.</summary>
[AllowedTo(Roles.None)]
public sealed record ForgetMarks(DateTimeOffset Before) : IAsk<Done>, IUpkeep;

public sealed class ForgetMarksDeed : IDeed<ForgetMarks, Done>
{
    public async ValueTask<Outcome<Done>> Do(ForgetMarks ask, Caller caller, IUnit unit)
    {
        await unit.Db.EventMarks.Where(m => m.At < ask.Before).ExecuteDeleteAsync();
        return default(Done);
    }
}
