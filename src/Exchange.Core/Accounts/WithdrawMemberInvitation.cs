using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Ends an invitation that nobody has used.</summary>
[AllowedTo(Roles.Admin)]
public sealed record WithdrawMemberInvitation(Guid Invitation) : IAsk<Done>;

public sealed class WithdrawMemberInvitationDeed : IDeed<WithdrawMemberInvitation, Done>
{
    public async ValueTask<Outcome<Done>> Do(WithdrawMemberInvitation ask, Caller caller, IUnit unit)
    {
        var invitation = await unit.Db.MemberInvitations.AsTracking().SingleOrDefaultAsync(i => i.Account == caller.Account && i.Id == ask.Invitation);
        if (invitation is null)
        {
            return Fault.NotFound("invitation");
        }

        invitation.EndedAt ??= unit.Now;
        return default(Done);
    }
}
