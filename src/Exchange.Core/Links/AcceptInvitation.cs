using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>Accepts an invitation, and signs the terms that came with it: the link is active from then on.</summary>
[AllowedTo(Roles.LinkAdmin)]
public sealed record AcceptInvitation(string? InviteCode) : IAsk<LinkId>;

public sealed class AcceptInvitationRules : AbstractValidator<AcceptInvitation>
{
    public AcceptInvitationRules() => RuleFor(x => x.InviteCode).NotEmpty().MaximumLength(100);
}

public sealed class AcceptInvitationDeed(Changes changes) : IDeed<AcceptInvitation, LinkId>
{
    public static Fault Linked => new(Codes.AlreadyLinked, "Your companies are linked already: use that link, or end it first.");

    public async ValueTask<Outcome<LinkId>> Do(AcceptInvitation ask, Caller caller, IUnit unit)
    {
        if (await Invitation.Find(unit, ask.InviteCode!) is not { } link)
        {
            return Invitation.Unknown;
        }

        if (link.Accept(caller.Account, unit.Now) is { } fault)
        {
            return fault;
        }

        if (await unit.Db.Links.AnyAsync(l => l.Pair == link.Pair))
        {
            return Linked;
        }

        var terms = await unit.Db.Terms.AsTracking().SingleAsync(t => t.Link == link.Id && t.Version == link.TermsVersion);
        terms.Sign(caller.Actor, unit.Now);
        changes.Link(unit, link.Inviter, link.Id);
        changes.Link(unit, caller.Account, link.Id);
        Recorder.Link(unit, link.Inviter, link.Id, "active", caller);
        Recorder.Link(unit, caller.Account, link.Id, "active", caller);
        return link.Id;
    }
}

/// <summary>Finds an invitation by its code, under the link's lock.</summary>
internal static class Invitation
{
    public static Fault Unknown => new(Codes.NotFound, "No invitation has this code: check it for typing errors, or ask for a new one.");

    public static async ValueTask<Link?> Find(IUnit unit, string code)
    {
        var hash = Link.HashOf(code);
        var found = await unit.Db.Links.Where(l => l.InviteHash == hash).Select(l => (LinkId?)l.Id).SingleOrDefaultAsync();
        if (found is not { } id)
        {
            return null;
        }

        await unit.LockLink(id, own: true);
        return await unit.Db.Links.AsTracking().SingleAsync(l => l.Id == id);
    }
}
