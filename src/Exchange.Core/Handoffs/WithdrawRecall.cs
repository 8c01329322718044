using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The placer no longer wants the ticket back: the work goes on where it was.</summary>
[AllowedTo(Roles.Work)]
public sealed record WithdrawRecall(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class WithdrawRecallDeed(Commands commands) : IDeed<WithdrawRecall, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(WithdrawRecall ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.WithdrawRecall, (_, state) => new RecallWithdrawnData(state));
}
