using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>Takes an unanswered invitation back.</summary>
[AllowedTo(Roles.LinkAdmin)]
public sealed record WithdrawInvitation(LinkId Link, long? IfVersion) : IAsk<LinkId>, IAboutLink;

public sealed class WithdrawInvitationDeed(Changes changes) : IDeed<WithdrawInvitation, LinkId>
{
    public async ValueTask<Outcome<LinkId>> Do(WithdrawInvitation ask, Caller caller, IUnit unit)
    {
        await unit.LockLink(ask.Link, own: true);
        var link = await unit.Db.Links.Where(Mine.Links(caller)).AsTracking().SingleOrDefaultAsync(l => l.Id == ask.Link);
        if (link is null)
        {
            return Fault.NotFound("link");
        }

        if (link.Inviter != caller.Account)
        {
            return new Fault(Codes.Forbidden, "Only the company that invited may withdraw the invitation.");
        }

        if (ask.IfVersion is { } seen && seen != link.Version)
        {
            return new Fault(Codes.VersionConflict, $"The link is at version {link.Version}, not {seen}: read it again.");
        }

        if (link.Withdraw(unit.Now) is { } fault)
        {
            return fault;
        }

        changes.Link(unit, caller.Account, link.Id);
        Recorder.Link(unit, caller.Account, link.Id, "withdrawn");
        return link.Id;
    }
}
