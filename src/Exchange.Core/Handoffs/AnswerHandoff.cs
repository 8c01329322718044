using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The placer answers the fulfiller's question; the work goes on.</summary>
[AllowedTo(Roles.Work)]
public sealed record AnswerHandoff(HandoffId Handoff, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class AnswerHandoffRules : AbstractValidator<AnswerHandoff>
{
    public AnswerHandoffRules() => RuleFor(x => x.Text).NotEmpty().Text();
}

public sealed class AnswerHandoffDeed(Commands commands) : IDeed<AnswerHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(AnswerHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Answer, (_, state) => new AnsweredData(state, ask.Text!, []));
}
