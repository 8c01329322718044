using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The placer does not take the counter-offer: the first offer stands.</summary>
[AllowedTo(Roles.Dispatcher)]
public sealed record RejectCounter(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class RejectCounterDeed(Commands commands) : IDeed<RejectCounter, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(RejectCounter ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.RejectCounter, (_, state) => new CounterRejectedData(state));
}
