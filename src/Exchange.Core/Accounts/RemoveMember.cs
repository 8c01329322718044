using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Ends a membership. What the person has written stays, under his name.</summary>
[AllowedTo(Roles.Admin)]
public sealed record RemoveMember(PersonId Person) : IAsk<PersonId>;

public sealed class RemoveMemberDeed(Membership membership) : IDeed<RemoveMember, PersonId>
{
    public async ValueTask<Outcome<PersonId>> Do(RemoveMember ask, Caller caller, IUnit unit)
    {
        var members = await Membership.Own(unit, caller);
        if (members.Find(m => m.Person == ask.Person) is not { } member)
        {
            return Fault.NotFound("member");
        }

        if (Membership.IsLastAdmin(members, member))
        {
            return Membership.LastAdmin;
        }

        if (member.Roles.HasFlag(Roles.Admin))
        {
            await Membership.EndInvitations(unit, caller);
        }

        unit.Db.Remove(member);
        unit.AfterCommit(() => membership.Forget(ask.Person));
        return ask.Person;
    }
}
