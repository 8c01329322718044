using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The exchange ends a handoff whose link has ended.</summary>
public sealed record SeverHandoff(HandoffId Handoff) : IAsk<HandoffId>, IAboutHandoff;

public sealed class SeverHandoffDeed(Commands commands) : IDeed<SeverHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(SeverHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, null, Command.Sever, (_, state) => new SeveredData(state));
}
