using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller gives the ticket back unfinished. The handoff is over; the work done so far stays on record.</summary>
[AllowedTo(Roles.Work)]
public sealed record ReturnHandoff(HandoffId Handoff, string? Reason, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public enum ReturnReason
{
    NeedsHigherLevel,
    NotOurs,
    CannotReproduce,
    CustomerRefused,
    Safety,
}

public sealed class ReturnHandoffRules : AbstractValidator<ReturnHandoff>
{
    public ReturnHandoffRules()
    {
        RuleFor(x => x.Reason).NotEmpty().Word(default(ReturnReason));
        RuleFor(x => x.Text).Text();
    }
}

public sealed class ReturnHandoffDeed(Commands commands) : IDeed<ReturnHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(ReturnHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Return, (_, state) => new ReturnedData(state, ask.Reason!, ask.Text));
}
