using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Relay;

/// <summary>Tries a parked entry again, after its cause was mended: what waited behind it follows.</summary>
[AllowedTo(Roles.LinkAdmin | Roles.Dispatcher)]
public sealed record RetryParked(HandoffId Handoff) : IAsk<HandoffId>, IAboutHandoff;

public sealed class RetryParkedDeed(Ring ring) : IDeed<RetryParked, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(RetryParked ask, Caller caller, IUnit unit)
    {
        if (await unit.Db.Bonds.Where(Mine.Parked(caller)).SingleOrDefaultAsync(b => b.Handoff == ask.Handoff) is not { } bond)
        {
            return Fault.NotFound("parked handoff");
        }

        await Redrive.Free(unit, unit.Db.Bonds.Where(Mine.Parked(caller)).Where(b => b.Handoff == ask.Handoff));
        await Redrive.Ring(unit, ring, [bond]);
        return ask.Handoff;
    }
}
