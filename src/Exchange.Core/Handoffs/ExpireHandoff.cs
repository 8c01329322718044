using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The exchange ends an offer that nobody accepted in time.</summary>
[AllowedTo(Roles.None)]
public sealed record ExpireHandoff(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class ExpireHandoffDeed(Commands commands) : IDeed<ExpireHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(ExpireHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Expire, (_, state) => new ExpiredData(state));
}
