using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>What the fulfiller waited for has come; the work goes on.</summary>
[AllowedTo(Roles.Work)]
public sealed record UnholdHandoff(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class UnholdHandoffDeed(Commands commands) : IDeed<UnholdHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(UnholdHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Unhold, (_, state) => new UnheldData(state));
}
