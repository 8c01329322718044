using Exchange.Core.Kernel;

namespace Exchange.Edge.Tests.Properties;

/// <summary>What two companies agreed on.</summary>
internal sealed record MTerms(
    string Directions,
    bool Automatic,
    bool IsSealed,
    MSharing Share,
    MSharing Onward,
    int MaxDepth,
    int ConfirmAfterDays,
    int ReopenWithinDays,
    int RecallSilenceDays,
    bool Climb,
    int? AcceptWithinHours,
    int NoticeDays,
    string Disclosure,
    bool ShowAncestors);

internal sealed record MSharing(bool Contact, bool Asset, bool Files);

internal sealed class MLink
{
    public required LinkId Id { get; init; }

    public required int Inviter { get; init; }

    public required int Invitee { get; init; }

    public required MTerms Terms { get; init; }

    public string State { get; set; } = "active";

    /// <summary>Who has it suspended.</summary>
    public HashSet<int> SuspendedBy { get; } = [];

    public DateTimeOffset SuspendedSince { get; set; }

    /// <summary>How much of its notice is left, while it drains.</summary>
    public TimeSpan Notice { get; set; }

    public bool Suspended => State == "suspended";

    /// <summary>What is under way goes on.</summary>
    public bool Carries => State is "active" or "draining" || Ending;

    /// <summary>It has just drained: what fell due before it ended may still have come first.</summary>
    public bool Ending { get; set; }

    public bool Stands => State != "terminated";

    public bool Ties(int account) => account == Inviter || account == Invitee;

    public bool Ties(int one, int other) => one != other && Ties(one) && Ties(other);

    public int Other(int than) => than == Inviter ? Invitee : Inviter;

    public bool Allows(int placer) => Terms.Directions == "both" || (Terms.Directions == "inviter-to-invitee") == (placer == Inviter);

    /// <summary>The code that refuses a command, in the order of the semantics.</summary>
    public string? Refusal(int account, string command, bool stale) =>
        !Ties(account) ? "not-found"
        : command == "resume" && State is "active" or "suspended" && command == "resume" && !SuspendedBy.Contains(account) ? "forbidden"
        : !(command switch
        {
            "suspend" or "drain" => State is "active" or "suspended",
            "resume" => Suspended,
            _ => Stands,
        }) ? "link-not-active"
        : stale ? "version-conflict"
        : null;
}

/// <summary>Something that will happen by itself. What is left of its time passes while its link is not suspended.</summary>
internal sealed class MTimer
{
    public required string Kind { get; init; }

    public required MHandoff Handoff { get; init; }

    public required TimeSpan Left { get; set; }

    /// <summary>The version that it was set for.</summary>
    public long? Version { get; init; }

    /// <summary>It came too early for a reason that passes: it need not come again before this.</summary>
    public TimeSpan Rest { get; set; }

    /// <summary>Whether it was dropped nobody can tell who did not see in which order things happened: it may still come.</summary>
    public bool Doubtful { get; set; }

    /// <summary>Whether it stands still now: the clocks of a handoff do while its link is suspended, and what goes over other links does not.</summary>
    public bool StandsStill => Handoff.Link.Suspended && Kind is not ("recall-children" or "reroute");

    public bool IsDue => Left <= TimeSpan.Zero && !StandsStill;
}

/// <summary>A company's rule: over which links a declined or expired ticket goes on by itself.</summary>
internal sealed record MRule(IReadOnlyList<MLink> Links, bool Contact, bool Asset, int? AcceptWithinHours);
