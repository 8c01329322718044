using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Gives a member other roles. An account never loses its last admin.</summary>
[AllowedTo(Roles.Admin)]
public sealed record ChangeMember(PersonId Person, Roles Roles) : IAsk<PersonId>;

public sealed class ChangeMemberRules : AbstractValidator<ChangeMember>
{
    public ChangeMemberRules() => RuleFor(x => x.Roles).Must(InviteMemberRules.Known).WithMessage("Choose at least one role.");
}

public sealed class ChangeMemberDeed(Membership membership) : IDeed<ChangeMember, PersonId>
{
    public async ValueTask<Outcome<PersonId>> Do(ChangeMember ask, Caller caller, IUnit unit)
    {
        var members = await Membership.Own(unit, caller);
        if (members.Find(m => m.Person == ask.Person) is not { } member)
        {
            return Fault.NotFound("member");
        }

        if ((ask.Roles & Roles.Admin) == Roles.None && Membership.IsLastAdmin(members, member))
        {
            return Membership.LastAdmin;
        }

        if (member.Roles.HasFlag(Roles.Admin) && !ask.Roles.HasFlag(Roles.Admin))
        {
            await Membership.EndInvitations(unit, caller);
        }

        member.Roles = ask.Roles;
        member.Version++;
        unit.AfterCommit(() => membership.Forget(ask.Person));
        return ask.Person;
    }
}
