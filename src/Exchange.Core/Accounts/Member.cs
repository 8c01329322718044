using System.Security.Cryptography;
using System.Text;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;

namespace Exchange.Core.Accounts;

/// <summary>Somebody who signs in. He may be a member of several accounts.</summary>
public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId From(Guid value) => new(value);

    /// <summary>Null for a key, a customer, a rule and the exchange itself.</summary>
    public static PersonId? Of(Caller caller) => Of(caller.Actor);

    public static PersonId? Of(Actor actor) => actor.Kind == "person" && Guid.TryParse(actor.Id, out var id) ? new PersonId(id) : null;

    public override string ToString() => Value.ToString("D");
}

/// <summary>A person in an account.</summary>
public sealed class Member
{
    public required AccountId Account { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>What he is called in this company, in comments and lists.</summary>
    public required string Name { get; set; }

    public required string Email { get; set; }

    public required Roles Roles { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>Counts changes of his roles.</summary>
    public long Version { get; set; } = 1;
}

/// <summary>Asks somebody to join an account. The code is shown once; only its SHA-256 is kept.</summary>
public sealed class MemberInvitation
{
    /// <summary>How long a code is good for.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>For whom it is meant; whoever holds the code can use it.</summary>
    public required string Email { get; init; }

    public required Roles Roles { get; init; }

    public required byte[] Hash { get; init; }

    public required string InvitedBy { get; init; }

    public required DateTimeOffset InvitedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used or withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
