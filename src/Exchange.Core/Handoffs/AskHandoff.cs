using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller asks the placer something, and waits for the answer; its clock stops.</summary>
[AllowedTo(Roles.Work)]
public sealed record AskHandoff(HandoffId Handoff, string? Question, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class AskHandoffRules : AbstractValidator<AskHandoff>
{
    public AskHandoffRules() => RuleFor(x => x.Question).NotEmpty().Text();
}

public sealed class AskHandoffDeed(Commands commands) : IDeed<AskHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(AskHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Ask, (_, state) => new AskedData(state, ask.Question!));
}
