using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Links;

/// <summary>Declines an invitation; its code is used up.</summary>
[AllowedTo(Roles.LinkAdmin)]
public sealed record DeclineInvitation(string? InviteCode) : IAsk<LinkId>;

public sealed class DeclineInvitationRules : AbstractValidator<DeclineInvitation>
{
    public DeclineInvitationRules() => RuleFor(x => x.InviteCode).NotEmpty().MaximumLength(100);
}

public sealed class DeclineInvitationDeed(Changes changes) : IDeed<DeclineInvitation, LinkId>
{
    public async ValueTask<Outcome<LinkId>> Do(DeclineInvitation ask, Caller caller, IUnit unit)
    {
        if (await Invitation.Find(unit, ask.InviteCode!) is not { } link)
        {
            return Invitation.Unknown;
        }

        if (link.Decline(caller.Account, unit.Now) is { } fault)
        {
            return fault;
        }

        changes.Link(unit, link.Inviter, link.Id);
        Recorder.Link(unit, link.Inviter, link.Id, "declined");
        return link.Id;
    }
}
