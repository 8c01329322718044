using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller is done. After rework the new solution replaces the earlier one and its minutes are added.</summary>
/// <param name="Minutes">Labour, 0 to 100,000.</param>
[AllowedTo(Roles.Work)]
public sealed record ResolveHandoff(HandoffId Handoff, string? Solution, string? Code, int? Minutes, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class ResolveHandoffRules : AbstractValidator<ResolveHandoff>
{
    public ResolveHandoffRules()
    {
        RuleFor(x => x.Solution).NotEmpty().Text();
        RuleFor(x => x.Code).MaximumLength(60).OneLine();
        RuleFor(x => x.Minutes).InclusiveBetween(0, 100_000);
    }
}

public sealed class ResolveHandoffDeed(Commands commands) : IDeed<ResolveHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(ResolveHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Resolve, (scene, state) =>
        {
            scene.Handoff.Minutes += ask.Minutes ?? 0;
            return new ResolvedData(state, ask.Solution!, ask.Code, ask.Minutes);
        });
}
