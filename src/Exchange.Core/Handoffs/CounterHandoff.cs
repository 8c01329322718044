using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller would take the ticket otherwise than offered. The placer decides; until then the offer cannot be accepted as it was.</summary>
[AllowedTo(Roles.Dispatcher)]
public sealed record CounterHandoff(HandoffId Handoff, DateTimeOffset? ResolveBy, Money? Price, string? Scope, string? Text, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

/// <param name="Currency">ISO 4217, such as EUR.</param>
public sealed record Money(decimal? Amount, string? Currency);

public sealed class CounterHandoffRules : AbstractValidator<CounterHandoff>
{
    public CounterHandoffRules()
    {
        RuleFor(x => x).Must(x => x.ResolveBy is not null || x.Price is not null || !string.IsNullOrWhiteSpace(x.Scope)).OverridePropertyName("counter")
            .WithMessage("A counter-offer names another 'resolveBy', 'price' or 'scope'.");
        RuleFor(x => x.Price!.Amount).NotNull().InclusiveBetween(0, 1_000_000_000).PrecisionScale(14, 4, true).When(x => x.Price is not null);
        RuleFor(x => x.Price!.Currency).NotEmpty().Matches("^[A-Z]{3}$").When(x => x.Price is not null)
            .WithMessage("'price.currency' is three capital letters, such as EUR.");
        RuleFor(x => x.Scope).Text();
        RuleFor(x => x.Text).Text();
    }
}

public sealed class CounterHandoffDeed(Commands commands) : IDeed<CounterHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(CounterHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Counter, (scene, state) =>
        {
            var price = ask.Price is { } p ? new MoneyData(p.Amount!.Value, p.Currency!) : null;
            scene.Handoff.Counter = new CounterData(ask.ResolveBy, price, ask.Scope, ask.Text);
            return new(new Fact(new CounteredData(state, scene.Handoff.Counter)));
        }, OfferClocks.Past("resolveBy", ask.ResolveBy, unit.Now));
}
