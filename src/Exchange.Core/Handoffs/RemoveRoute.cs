using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>Removes a rule. What it has offered goes on.</summary>
[AllowedTo(Roles.LinkAdmin | Roles.Dispatcher)]
public sealed record RemoveRoute(Guid Route) : IAsk<Done>;

public sealed class RemoveRouteDeed : IDeed<RemoveRoute, Done>
{
    public async ValueTask<Outcome<Done>> Do(RemoveRoute ask, Caller caller, IUnit unit) =>
        await unit.Db.RouteRules.Where(r => r.Id == ask.Route && r.Account == caller.Account).ExecuteDeleteAsync() == 1
            ? default(Done)
            : Fault.NotFound("rule");
}
