using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller begins to work.</summary>
[AllowedTo(Roles.Work)]
public sealed record StartHandoff(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class StartHandoffDeed(Commands commands) : IDeed<StartHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(StartHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Start, (_, state) => new StartedData(state));
}
