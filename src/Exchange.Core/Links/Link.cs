using System.Security.Cryptography;
using System.Text;
using Exchange.Core.Kernel;

namespace Exchange.Core.Links;

public enum LinkState
{
    Invited,
    Active,
    Suspended,
    Draining,
    Terminated,
    Declined,
    Expired,
    Withdrawn,
}

/// <summary>A standing relation of two accounts.</summary>
public sealed class Link
{
    public required LinkId Id { get; init; }

    public required AccountId Inviter { get; init; }

    /// <summary>Who accepted; null until then.</summary>
    public AccountId? Invitee { get; private set; }

    public LinkState State { get; private set; } = LinkState.Invited;

    /// <summary>SHA-256 of the single-use code.</summary>
    public required byte[] InviteHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ActiveSince { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The version of the terms in force.</summary>
    public required int TermsVersion { get; set; }

    public long Version { get; private set; } = 1;

    /// <summary>Both accounts in one value while the link stands, so that an index refuses a second link.</summary>
    public string? Pair { get; private set; }

    /// <summary>How long an invitation is valid.</summary>
    public static TimeSpan Validity => TimeSpan.FromDays(7);

    public static string PairOf(AccountId one, AccountId other)
    {
        var (a, b) = (one.Value.ToString("N"), other.Value.ToString("N"));
        return string.CompareOrdinal(a, b) < 0 ? $"{a}:{b}" : $"{b}:{a}";
    }

    /// <summary>A single-use code of 160 bits, easy to read out.</summary>
    public static string NewCode()
    {
        var text = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32);
        return string.Join('-', text.Chunk(8).Select(part => new string(part)));
    }

    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant()));

    public Fault? Accept(AccountId invitee, DateTimeOffset now)
    {
        if (Open(invitee, now) is { } fault)
        {
            return fault;
        }

        (Invitee, State, ActiveSince, Pair) = (invitee, LinkState.Active, now, PairOf(Inviter, invitee));
        Version++;
        return null;
    }

    public Fault? Decline(AccountId invitee, DateTimeOffset now)
    {
        if (Open(invitee, now) is { } fault)
        {
            return fault;
        }

        Invitee = invitee;
        End(LinkState.Declined, now);
        return null;
    }

    public Fault? Withdraw(DateTimeOffset now)
    {
        if (State != LinkState.Invited || ExpiresAt <= now)
        {
            return new Fault(Codes.AlreadyAnswered, $"This invitation is {(State == LinkState.Invited ? LinkState.Expired : State).ToString().ToLowerInvariant()} already: there is nothing to withdraw.");
        }

        End(LinkState.Withdrawn, now);
        return null;
    }

    /// <summary>Ends an invitation that nobody answered in time; an answered one stays as it is.</summary>
    public void Expire(DateTimeOffset now)
    {
        if (State == LinkState.Invited && ExpiresAt <= now)
        {
            End(LinkState.Expired, now);
        }
    }

    private Fault? Open(AccountId invitee, DateTimeOffset now)
    {
        if (invitee == Inviter)
        {
            return Fault.Invalid("inviteCode", "This is your own invitation: send its code to the partner, or withdraw it.");
        }

        return State == LinkState.Invited && ExpiresAt > now ? null : Answered();
    }

    private Fault Answered() => new(Codes.AlreadyAnswered, State == LinkState.Invited
        ? $"This invitation expired on {ExpiresAt:yyyy-MM-dd HH:mm} UTC: ask for a new one."
        : $"This invitation is {State.ToString().ToLowerInvariant()} already and works once: ask for a new one.");

    private void End(LinkState state, DateTimeOffset now)
    {
        (State, EndedAt, Pair) = (state, now, null);
        Version++;
    }
}

/// <summary>One version of a link's terms.</summary>
public sealed class TermsVersion
{
    public required LinkId Link { get; init; }

    public required int Version { get; init; }

    public required AccountId ProposedBy { get; init; }

    /// <summary>When both had signed it.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    public required Terms Terms { get; init; }
}
