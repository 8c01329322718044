using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>The exchange ends an invitation that nobody answered in time.</summary>
public sealed record ExpireInvitation(LinkId Link) : IAsk<Done>, IAboutLink;

public sealed class ExpireInvitationDeed : IDeed<ExpireInvitation, Done>
{
    public async ValueTask<Outcome<Done>> Do(ExpireInvitation ask, Caller caller, IUnit unit)
    {
        await unit.LockLink(ask.Link, own: true);
        (await unit.Db.Links.AsTracking().SingleAsync(l => l.Id == ask.Link)).Expire(unit.Now);
        return default(Done);
    }
}
