using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The placer sends the work back. The rework counts, and the clocks go on.</summary>
[AllowedTo(Roles.Work)]
public sealed record ReworkHandoff(HandoffId Handoff, string? Reason, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public enum ReworkReason
{
    NotFixed,
    PartlyFixed,
    NoEvidence,
    WrongAsset,
    Damage,
}

public sealed class ReworkHandoffRules : AbstractValidator<ReworkHandoff>
{
    public ReworkHandoffRules()
    {
        RuleFor(x => x.Reason).NotEmpty().Word(default(ReworkReason));
        RuleFor(x => x.Text).Text();
    }
}

public sealed class ReworkHandoffDeed(Commands commands) : IDeed<ReworkHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(ReworkHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Rework, (_, state) => new ReworkedData(state, ask.Reason!, ask.Text));
}
