using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

public sealed record MemberView(PersonId Person, string Name, string Email, Roles Roles, DateTimeOffset JoinedAt);

public sealed record MemberInvitationView(Guid Id, string Email, Roles Roles, string InvitedBy, DateTimeOffset InvitedAt, DateTimeOffset ExpiresAt);

/// <summary>What somebody is invited to, for the page that he opens with the code.</summary>
public sealed record InvitedTo(string Account, string InvitedBy, string Email, Roles Roles);

public sealed class MemberViews(IDialect dialect, TimeProvider time)
{
    /// <summary>By name. A company has so many that they fit on one page.</summary>
    public async Task<IReadOnlyList<MemberView>> Members(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Members.Where(m => m.Account == caller.Account).OrderBy(m => m.Name).Take(1000)
            .Select(m => new MemberView(m.Person, m.Name, m.Email, m.Roles, m.JoinedAt)).ToListAsync(ct);
    }

    /// <summary>Those that can still be used, newest first.</summary>
    public async Task<IReadOnlyList<MemberInvitationView>> Invitations(Caller caller, CancellationToken ct)
    {
        var now = time.Present();
        await using var db = dialect.Read();
        return await db.MemberInvitations.Where(i => i.Account == caller.Account && i.EndedAt == null && i.ExpiresAt > now).OrderByDescending(i => i.InvitedAt).Take(200)
            .Select(i => new MemberInvitationView(i.Id, i.Email, i.Roles, i.InvitedBy, i.InvitedAt, i.ExpiresAt)).ToListAsync(ct);
    }

    /// <returns>Null when the code was used, withdrawn, has run out or never was one.</returns>
    public async Task<InvitedTo?> Invited(string code, CancellationToken ct)
    {
        var (hash, now) = (MemberInvitation.HashOf(code), time.Present());
        await using var db = dialect.Read();
        return await (
            from invitation in db.MemberInvitations
            where invitation.Hash == hash && invitation.EndedAt == null && invitation.ExpiresAt > now
            join account in db.Accounts on invitation.Account equals account.Id
            select new InvitedTo(account.Name, invitation.InvitedBy, invitation.Email, invitation.Roles)).SingleOrDefaultAsync(ct);
    }
}
