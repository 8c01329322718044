using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The placer takes the ticket back before the work has begun. The handoff is over; a mirror is closed, not deleted.</summary>
public sealed record RecallHandoff(HandoffId Handoff, string? Reason, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class RecallHandoffRules : AbstractValidator<RecallHandoff>
{
    public RecallHandoffRules()
    {
        RuleFor(x => x.Reason).NotEmpty().MaximumLength(500);
        RuleFor(x => x.Text).Text();
    }
}

public sealed class RecallHandoffDeed(Commands commands) : IDeed<RecallHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(RecallHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Recall, (_, state) => new RecalledData(state, ask.Reason!, ask.Text));
}
