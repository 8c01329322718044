using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>The exchange ends a link whose notice has run out. One that was ended before stays as it is.</summary>
[AllowedTo(Roles.None)]
public sealed record EndDrain(LinkId Link) : IAsk<Done>, IAboutLink;

public sealed class EndDrainDeed(LinkCommands commands) : IDeed<EndDrain, Done>
{
    public async ValueTask<Outcome<Done>> Do(EndDrain ask, Caller caller, IUnit unit)
    {
        await unit.LockLink(ask.Link, own: true);
        var link = await unit.Db.Links.AsTracking().SingleAsync(l => l.Id == ask.Link);
        if (link.EndDrain(unit.Now))
        {
            LinkCommands.Sever(unit, link.Id);
            commands.Tell(unit, link, "terminated");
        }

        return default(Done);
    }
}
