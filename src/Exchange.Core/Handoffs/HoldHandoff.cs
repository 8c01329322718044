using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller cannot go on for now.</summary>
[AllowedTo(Roles.Work)]
public sealed record HoldHandoff(HandoffId Handoff, string? Reason, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public enum HoldReason
{
    Parts,
    SiteAccess,
    ScheduledVisit,
    ThirdParty,
    ForceMajeure,
}

public sealed class HoldHandoffRules : AbstractValidator<HoldHandoff>
{
    public HoldHandoffRules()
    {
        RuleFor(x => x.Reason).NotEmpty().Word(default(HoldReason));
        RuleFor(x => x.Text).Text();
    }
}

public sealed class HoldHandoffDeed(Commands commands) : IDeed<HoldHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(HoldHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Hold, (_, state) => new HeldData(state, ask.Reason!, ask.Text));
}
