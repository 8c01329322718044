using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller gives the ticket back as it was asked to; said nothing for long enough, the exchange says so for it.</summary>
[AllowedTo(Roles.Work)]
public sealed record AgreeRecall(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class AgreeRecallDeed(Commands commands) : IDeed<AgreeRecall, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(AgreeRecall ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.AgreeRecall, (_, state) => new RecallAgreedData(state));
}
