using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>Proposes other terms for a link. The proposer signs by proposing; in force they are once the other side has signed.</summary>
/// <remarks>What the same side proposes already, to the letter, and the other has not answered, is not proposed again: it is the answer.</remarks>
/// <param name="Terms">The whole terms: what is left out takes its default, not what is in force.</param>
[AllowedTo(Roles.LinkAdmin)]
public sealed record ProposeTerms(LinkId Link, TermsAsk? Terms, long? IfVersion) : IAsk<TermsId>, IAboutLink;

public sealed class ProposeTermsRules : AbstractValidator<ProposeTerms>
{
    private static readonly TermsAskRules Rules = new();

    // The terms are the whole body, so their members are named without a prefix.
    public ProposeTermsRules() => RuleFor(x => x.Terms).Custom((terms, context) =>
    {
        foreach (var error in terms is null ? [new ValidationFailure("terms", "Send the terms that you propose.")] : Rules.Validate(terms).Errors)
        {
            context.AddFailure(new ValidationFailure(error.PropertyName, error.ErrorMessage));
        }
    });
}

public sealed class ProposeTermsDeed(LinkCommands commands) : IDeed<ProposeTerms, TermsId>
{
    public async ValueTask<Outcome<TermsId>> Do(ProposeTerms ask, Caller caller, IUnit unit)
    {
        var opened = await LinkCommands.Open(unit, caller, ask.Link);
        if (!opened.Ok)
        {
            return opened.Fault;
        }

        var (scene, link) = (opened.Value, opened.Value.Link);
        if (scene.Decide(LinkCommand.ProposeTerms, ask.IfVersion) is { } refused)
        {
            return refused;
        }

        var proposed = ask.Terms!.Filled(0);
        var open = await unit.Db.Terms.Where(t => t.Link == link.Id && t.ProposedBy == caller.Account && t.SignedAt == null && t.Dropped == null).ToListAsync();
        if (open.Find(t => t.Terms with { Version = 0 } == proposed) is { } same)
        {
            // It is as it was wanted: the partner is asked once, and nothing has changed.
            return TermsId.Of(same.Version);
        }

        var version = 1 + await unit.Db.Terms.Where(t => t.Link == link.Id).MaxAsync(t => t.Version);
        unit.Db.Add(new TermsVersion
        {
            Link = link.Id,
            Version = version,
            ProposedBy = caller.Account,
            ProposedAt = unit.Now,
            Proposer = caller.Actor,
            Terms = proposed with { Version = version },
        });
        link.Renew();
        commands.Tell(unit, link, "terms_proposed", caller);
        return TermsId.Of(version);
    }
}
