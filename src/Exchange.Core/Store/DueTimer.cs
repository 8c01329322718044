using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Store;

/// <summary>Something the exchange will ask for at a time: a row, so it survives restarts. The worker turns it into an ask through the door.</summary>
public sealed class DueTimer
{
    public const string ExpireInvitation = "expire-invitation";
    public const string EndDrain = "end-drain";
    public const string SeverHandoffs = "sever-handoffs";
    public const string AcceptByTerms = "accept-by-terms";
    public const string ExpireOffer = "expire-offer";
    public const string ConfirmByTerms = "confirm-by-terms";
    public const string AgreeBySilence = "agree-by-silence";
    public const string Climb = "climb";
    public const string RecallChildren = "recall-children";
    public const string Reroute = "reroute";

    /// <summary>The due time of a timer that stands still with its link, until the link is resumed.</summary>
    public static readonly DateTimeOffset Asleep = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The id of what it is about.</summary>
    public required Guid Subject { get; init; }

    /// <summary>When it is looked at next.</summary>
    public required DateTimeOffset Due { get; set; }

    /// <summary>When it was set, and for when: suspensions of its link after that move it.</summary>
    public required DateTimeOffset SetAt { get; init; }

    public required DateTimeOffset SetFor { get; init; }

    /// <summary>The link with whose suspension it stands still.</summary>
    public LinkId? Link { get; init; }

    /// <summary>The handoff's version that it was set for: of another version it says nothing any more.</summary>
    public long? Version { get; init; }

    public static DueTimer For(string kind, Guid subject, DateTimeOffset due, DateTimeOffset now) =>
        new() { Id = Ids.New(now), Kind = kind, Subject = subject, Due = due, SetAt = now, SetFor = due };

    /// <summary>A clock of a handoff: it stands still while the link is suspended.</summary>
    /// <param name="ofThisVersion">Whether the next change of the handoff makes it void.</param>
    public static DueTimer Of(Handoff handoff, string kind, DateTimeOffset due, DateTimeOffset now, bool ofThisVersion) => new()
    {
        Id = Ids.New(now), Kind = kind, Subject = handoff.Id.Value, Due = due, SetAt = now, SetFor = due, Link = handoff.Link,
        Version = ofThisVersion ? handoff.Version : null,
    };
}
