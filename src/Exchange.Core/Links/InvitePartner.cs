using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Links;

/// <summary>Invites a company to link, with the first version of the terms. Whoever holds the code may accept it once.</summary>
public sealed record InvitePartner(TermsAsk? Terms) : IAsk<Invited>, ISecretAnswer;

/// <param name="InviteCode">Shown this once: send it to the partner.</param>
public sealed record Invited(LinkId Id, string State, string InviteCode, DateTimeOffset ExpiresAt, long Version) : IAnswer<Invited>
{
    public Guid Thing => Id.Value;

    public static Invited Replayed(Guid thing) => throw new InvalidOperationException("An answer with a secret is never given twice.");
}

public sealed class InvitePartnerRules : AbstractValidator<InvitePartner>
{
    public InvitePartnerRules()
    {
        RuleFor(x => x.Terms!.Directions).OneOf(Terms.AllDirections).When(x => x.Terms is not null);
        RuleFor(x => x.Terms!.Acceptance).OneOf(["manual", "automatic"]).When(x => x.Terms is not null);
        RuleFor(x => x.Terms!.Offers).Must(offers => offers is null or "visible").When(x => x.Terms is not null)
            .WithMessage("'Offers' is visible; sealed offers are not built yet.");
        RuleFor(x => x.Terms!.Disclosure).OneOf(["none", "count", "alias", "name"]).When(x => x.Terms is not null);
        RuleFor(x => x.Terms!.MaxDepth).InclusiveBetween(1, 5).When(x => x.Terms?.MaxDepth is not null);
        RuleFor(x => x.Terms!.ConfirmAfterDays).InclusiveBetween(1, 365).When(x => x.Terms?.ConfirmAfterDays is not null);
        RuleFor(x => x.Terms!.ReopenWithinDays).InclusiveBetween(0, 365).When(x => x.Terms?.ReopenWithinDays is not null);
    }
}

public sealed class InvitePartnerDeed(Changes changes) : IDeed<InvitePartner, Invited>
{
    public ValueTask<Outcome<Invited>> Do(InvitePartner ask, Caller caller, IUnit unit)
    {
        var code = Link.NewCode();
        var link = new Link
        {
            Id = new LinkId(Ids.New(unit.Now)),
            Inviter = caller.Account,
            InviteHash = Link.HashOf(code),
            ExpiresAt = unit.Now + Link.Validity,
            CreatedAt = unit.Now,
            TermsVersion = 1,
        };
        unit.Db.Add(link);
        unit.Db.Add(new TermsVersion
        {
            Link = link.Id,
            Version = 1,
            ProposedBy = caller.Account,
            Terms = ask.Terms?.Filled(1) ?? Terms.Default,
        });
        changes.Link(unit, caller.Account, link.Id);
        Recorder.Link(unit, caller.Account, link.Id, "invited");
        unit.Db.Add(DueTimer.For(DueTimer.ExpireInvitation, link.Id.Value, link.ExpiresAt, unit.Now));
        return new(new Invited(link.Id, link.State.Word(), code, link.ExpiresAt, link.Version));
    }
}
