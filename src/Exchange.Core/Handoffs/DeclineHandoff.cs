using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller does not take the offer. The handoff is over.</summary>
[AllowedTo(Roles.Dispatcher)]
public sealed record DeclineHandoff(HandoffId Handoff, string? Reason, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public enum DeclineReason
{
    OutOfScope,
    NoCapacity,
    WrongRegion,
    NoContract,
    InsufficientInfo,
    Duplicate,
    Price,
}

public sealed class DeclineHandoffRules : AbstractValidator<DeclineHandoff>
{
    public DeclineHandoffRules()
    {
        RuleFor(x => x.Reason).NotEmpty().Word(default(DeclineReason));
        RuleFor(x => x.Text).Text();
    }
}

public sealed class DeclineHandoffDeed(Commands commands) : IDeed<DeclineHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(DeclineHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Decline, (_, state) => new DeclinedData(state, ask.Reason!, ask.Text));
}
