using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Asks for a field no more. What tickets have of it stays, and can be read.</summary>
[AllowedTo(Roles.Admin)]
public sealed record RetireField(Guid Field) : IAsk<Done>;

public sealed class RetireFieldDeed : IDeed<RetireField, Done>
{
    public async ValueTask<Outcome<Done>> Do(RetireField ask, Caller caller, IUnit unit)
    {
        await Membership.Own(unit, caller);
        var living = await unit.Db.TicketFields.AsTracking().Where(Mine.Fields(caller)).Where(f => f.RetiredAt == null).OrderBy(f => f.Position).ToListAsync();
        if (living.Find(f => f.Id == ask.Field) is not { } field)
        {
            return Fault.NotFound("field");
        }

        field.RetiredAt = unit.Now;
        living.Remove(field);
        ChangeFieldDeed.Order(living);
        return default(Done);
    }
}
