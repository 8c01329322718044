using System.Security.Cryptography;
using System.Text;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

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

    /// <summary>The one company that may answer the invitation; null when whoever holds the code may.</summary>
    public AccountId? InvitedAccount { get; init; }

    /// <summary>Since when it is suspended, by either side; null when it is not.</summary>
    public DateTimeOffset? SuspendedSince { get; private set; }

    /// <summary>When notice was given: when it ends.</summary>
    public DateTimeOffset? DrainsUntil { get; private set; }

    /// <summary>Who gave notice, or ended it at once.</summary>
    public AccountId? EndedBy { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>The version of the terms in force.</summary>
    public required int TermsVersion { get; set; }

    public long Version { get; private set; } = 1;

    /// <summary>Both accounts in one value while the link stands, so that an index refuses a second link.</summary>
    public string? Pair { get; private set; }

    /// <summary>The longest reason of a suspension or an end, in characters.</summary>
    public const int MaxReason = 500;

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

    public Party PartyOf(AccountId account) => account == Inviter ? Party.Inviter : account == Invitee ? Party.Invitee : Party.None;

    public AccountId OtherThan(AccountId account) => account == Inviter ? Invitee!.Value : Inviter;

    /// <summary>As it is now, also when the timer that ends an invitation has not come yet.</summary>
    public LinkState StateAt(DateTimeOffset now) => State == LinkState.Invited && ExpiresAt <= now ? LinkState.Expired : State;

    /// <summary>
    /// Decides a command of one side in the order of the semantics: side, state, version. Pure: it changes nothing.
    /// </summary>
    /// <param name="suspending">Whether the caller has the link suspended.</param>
    /// <param name="seen">The version that the caller saw; null leaves it to the state alone.</param>
    public Fault? Decide(LinkCommand command, AccountId by, bool suspending, long? seen, DateTimeOffset now)
    {
        var (party, state) = (PartyOf(by), StateAt(now));
        if (!LinkTable.Has(party, command))
        {
            return Refuse(Codes.Forbidden, $"{command.Name()} is not for your side of this link.", by, suspending, now);
        }

        if (command == LinkCommand.Resume && state is LinkState.Active or LinkState.Suspended && !suspending)
        {
            return Refuse(Codes.Forbidden, state == LinkState.Suspended
                ? "Your partner has suspended this link, and only who suspended it may resume it: talk to them."
                : "You have not suspended this link: there is nothing to resume.", by, suspending, now);
        }

        return LinkTable.Find(state, command, party) is null
            ? Refuse(Codes.LinkNotActive, $"The link is {state.Word()}; {command.Name()} is not possible from there.", by, suspending, now)
            : Stale(by, suspending, seen, now);
    }

    /// <summary>The refusal of one who saw another version.</summary>
    public Fault? Stale(AccountId by, bool suspending, long? seen, DateTimeOffset now) => seen is { } version && version != Version
        ? Refuse(Codes.VersionConflict, $"The link is at version {Version}, not {version}: read it again.", by, suspending, now)
        : null;

    public void Suspend(DateTimeOffset now)
    {
        (State, SuspendedSince) = (LinkState.Suspended, SuspendedSince ?? now);
        Version++;
    }

    /// <param name="stillBy">Whether the other side has it suspended too: then it stays so.</param>
    public void Resume(bool stillBy)
    {
        (State, SuspendedSince) = stillBy ? (LinkState.Suspended, SuspendedSince) : (LinkState.Active, null);
        Version++;
    }

    public void Drain(AccountId by, string? reason, DateTimeOffset until)
    {
        (State, SuspendedSince, DrainsUntil, EndedBy, EndReason) = (LinkState.Draining, null, until, by, reason);
        Version++;
    }

    /// <summary>Ends it at once.</summary>
    public void Terminate(AccountId by, string? reason, DateTimeOffset now)
    {
        (EndedBy, EndReason) = (by, reason);
        End(LinkState.Terminated, now);
    }

    /// <summary>Ends it because its notice has run out; who gave notice stays on record.</summary>
    /// <returns>Whether it did.</returns>
    public bool EndDrain(DateTimeOffset now)
    {
        if (LinkTable.Find(State, LinkCommand.EndDrain, Party.Exchange) is null || DrainsUntil > now)
        {
            return false;
        }

        End(LinkState.Terminated, now);
        return true;
    }

    /// <summary>Other terms are proposed, answered or in force.</summary>
    public void Renew(int? inForce = null)
    {
        TermsVersion = inForce ?? TermsVersion;
        Version++;
    }

    public Fault Refuse(string code, string detail, AccountId by, bool suspending, DateTimeOffset now) =>
        new(code, detail) { Truth = new Truth(StateAt(now).Word(), Version, [.. LinkTable.Allowed(StateAt(now), PartyOf(by), suspending).Select(c => c.Name())]) };

    private Fault? Open(AccountId invitee, DateTimeOffset now)
    {
        if (invitee == Inviter)
        {
            return Fault.Invalid("inviteCode", "This is your own invitation: send its code to the partner, or withdraw it.");
        }

        if (InvitedAccount is { } only && only != invitee)
        {
            return new Fault(Codes.Forbidden, "This invitation is for another company: ask for one of your own.");
        }

        return StateAt(now) == LinkState.Invited ? null : Answered();
    }

    private Fault Answered() => new(Codes.AlreadyAnswered, State == LinkState.Invited
        ? $"This invitation expired on {ExpiresAt:yyyy-MM-dd HH:mm} UTC: ask for a new one."
        : $"This invitation is {State.ToString().ToLowerInvariant()} already and works once: ask for a new one.");

    private void End(LinkState state, DateTimeOffset now)
    {
        (State, EndedAt, Pair, SuspendedSince) = (state, now, null, null);
        Version++;
    }
}
