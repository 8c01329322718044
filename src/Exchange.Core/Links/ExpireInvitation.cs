using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>The exchange ends an invitation that nobody answered in time.</summary>
[AllowedTo(Roles.None)]
public sealed record ExpireInvitation(LinkId Link) : IAsk<Done>, IAboutLink;

public sealed class ExpireInvitationDeed(Changes changes) : IDeed<ExpireInvitation, Done>
{
    public async ValueTask<Outcome<Done>> Do(ExpireInvitation ask, Caller caller, IUnit unit)
    {
        await unit.LockLink(ask.Link, own: true);
        var link = await unit.Db.Links.AsTracking().SingleAsync(l => l.Id == ask.Link);
        var waited = link.State == LinkState.Invited;
        link.Expire(unit.Now);
        if (waited && link.State == LinkState.Expired)
        {
            Recorder.Link(unit, link.Inviter, link.Id, "expired");
        }

        changes.Link(unit, link.Inviter, link.Id);
        return default(Done);
    }
}
