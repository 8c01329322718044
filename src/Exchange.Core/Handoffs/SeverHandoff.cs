using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The exchange ends an open handoff because its link has ended. Both desks are told by the relay; a mirror stays as a ticket of its own desk.</summary>
[AllowedTo(Roles.None)]
public sealed record SeverHandoff(HandoffId Handoff) : IAsk<HandoffId>, IAboutHandoff;

public sealed class SeverHandoffDeed(Commands commands) : IDeed<SeverHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(SeverHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, null, Command.Sever, (_, state) => new SeveredData(state));
}
