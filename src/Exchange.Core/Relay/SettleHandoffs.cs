using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Relay;

/// <summary>Notes that both desks of these handoffs have everything, where that is so.</summary>
[AllowedTo(Roles.None)]
public sealed record SettleHandoffs(IReadOnlyList<HandoffId> Handoffs) : IAsk<Done>, IUpkeep;

public sealed class SettleHandoffsDeed : IDeed<SettleHandoffs, Done>
{
    public async ValueTask<Outcome<Done>> Do(SettleHandoffs ask, Caller caller, IUnit unit)
    {
        await unit.Settle(ask.Handoffs);
        return default(Done);
    }
}
