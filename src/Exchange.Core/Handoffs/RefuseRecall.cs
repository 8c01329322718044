using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller keeps the ticket: the work goes on where it was.</summary>
[AllowedTo(Roles.Work)]
public sealed record RefuseRecall(HandoffId Handoff, string? Reason, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class RefuseRecallRules : AbstractValidator<RefuseRecall>
{
    public RefuseRecallRules() => RuleFor(x => x.Reason).NotEmpty().MaximumLength(500);
}

public sealed class RefuseRecallDeed(Commands commands) : IDeed<RefuseRecall, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(RefuseRecall ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.RefuseRecall, (_, state) => new RecallRefusedData(state, ask.Reason!));
}
