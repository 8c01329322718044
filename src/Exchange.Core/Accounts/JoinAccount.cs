using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Makes a person a member, by the code of an invitation.</summary>
[AllowedTo(Roles.None)]
public sealed record JoinAccount(string? Code, PersonId Person, string Name, string Email) : IAsk<Joined>;

/// <param name="Slug">The account's short name in addresses.</param>
public sealed record Joined(AccountId Account, string Slug) : IAnswer<Joined>
{
    public Guid Thing => Account.Value;

    public static Joined Replayed(Guid thing) => new(new AccountId(thing), "");
}

public sealed class JoinAccountDeed(Membership membership) : IDeed<JoinAccount, Joined>
{
    public async ValueTask<Outcome<Joined>> Do(JoinAccount ask, Caller caller, IUnit unit)
    {
        var hash = MemberInvitation.HashOf(ask.Code ?? "");
        var invitation = await unit.Db.MemberInvitations.SingleOrDefaultAsync(i => i.Hash == hash);

        // Once: of two at the same time the second one finds it ended.
        if (invitation is null || invitation.ExpiresAt <= unit.Now
            || await unit.Db.MemberInvitations.Where(i => i.Id == invitation.Id && i.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.EndedAt, unit.Now)) == 0)
        {
            return new Fault(Codes.NotFound, "This invitation was used, withdrawn or has run out: ask for a new one.");
        }

        var account = await unit.Db.Accounts.SingleAsync(a => a.Id == invitation.Account);
        if (await unit.Db.Members.AsTracking().SingleOrDefaultAsync(m => m.Account == account.Id && m.Person == ask.Person) is { } member)
        {
            member.Roles |= invitation.Roles;
            member.Version++;
        }
        else
        {
            unit.Db.Add(new Member { Account = account.Id, Person = ask.Person, Name = ask.Name, Email = ask.Email, Roles = invitation.Roles, JoinedAt = unit.Now });
        }

        unit.AfterCommit(() => membership.Forget(ask.Person));
        return new Joined(account.Id, account.Slug);
    }
}
