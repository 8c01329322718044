using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The placer takes the work as done. The handoff is closed.</summary>
[AllowedTo(Roles.Work)]
public sealed record ConfirmHandoff(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class ConfirmHandoffDeed(Commands commands) : IDeed<ConfirmHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(ConfirmHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Confirm, (_, state) => new ConfirmedData(state));
}
