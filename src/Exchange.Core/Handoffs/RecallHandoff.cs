using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>
/// The placer wants the ticket back. Before the work has begun the handoff is over at once, and a mirror is closed, not deleted;
/// after that it is a request, and the fulfiller agrees, refuses or says nothing.
/// </summary>
[AllowedTo(Roles.Work)]
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
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Recall, (_, state) =>
            state == HandoffState.Recalled.Word() ? new RecalledData(state, ask.Reason!, ask.Text) : new RecallRequestedData(state, ask.Reason!, ask.Text));
}
