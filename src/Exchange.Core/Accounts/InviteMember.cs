using System.Buffers.Text;
using System.Security.Cryptography;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Asks somebody to join the caller's account.</summary>
[AllowedTo(Roles.Admin)]
public sealed record InviteMember(string? Email, Roles Roles) : IAsk<MemberInvited>, ISecretAnswer;

/// <param name="Code">Shown this once: it makes whoever holds it a member.</param>
public sealed record MemberInvited(Guid Id, string Email, string Code, DateTimeOffset ExpiresAt) : IAnswer<MemberInvited>
{
    public Guid Thing => Id;

    public static MemberInvited Replayed(Guid thing) => throw new InvalidOperationException("An answer with a secret is never given twice.");
}

public sealed class InviteMemberRules : AbstractValidator<InviteMember>
{
    public InviteMemberRules()
    {
        RuleFor(x => x.Email).NotEmpty().MaximumLength(200).OneLine().EmailAddress();
        RuleFor(x => x.Roles).Must(Known).WithMessage("Choose at least one role.");
    }

    internal static bool Known(Roles roles) => roles != Roles.None && (roles & ~Roles.Any) == Roles.None;
}

public sealed class InviteMemberDeed : IDeed<InviteMember, MemberInvited>
{
    public async ValueTask<Outcome<MemberInvited>> Do(InviteMember ask, Caller caller, IUnit unit)
    {
        var email = ask.Email!.Trim();
        if (await unit.Db.Members.AnyAsync(m => m.Account == caller.Account && m.Email == email))
        {
            return Fault.Invalid("email", $"{email} is a member already.");
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var invitation = new MemberInvitation
        {
            Id = Ids.New(unit.Now),
            Account = caller.Account,
            Email = email,
            Roles = ask.Roles,
            Hash = MemberInvitation.HashOf(code),
            InvitedBy = caller.Actor.Name,
            InvitedAt = unit.Now,
            ExpiresAt = unit.Now + MemberInvitation.GoodFor,
        };
        unit.Db.Add(invitation);
        return new MemberInvited(invitation.Id, email, code, invitation.ExpiresAt);
    }
}
