using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller goes on without a written answer: it came by telephone, or is no longer needed.</summary>
[AllowedTo(Roles.Work)]
public sealed record ResumeHandoff(HandoffId Handoff, string? Reason, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class ResumeHandoffRules : AbstractValidator<ResumeHandoff>
{
    public ResumeHandoffRules() => RuleFor(x => x.Reason).NotEmpty().Text();
}

public sealed class ResumeHandoffDeed(Commands commands) : IDeed<ResumeHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(ResumeHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Resume, (_, state) => new ResumedData(state, ask.Reason!));
}
