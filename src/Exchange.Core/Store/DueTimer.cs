using Exchange.Core.Kernel;

namespace Exchange.Core.Store;

/// <summary>Something the exchange will ask for at a time: a row, so it survives restarts. The worker turns it into an ask through the door.</summary>
public sealed class DueTimer
{
    public const string ExpireInvitation = "expire-invitation";
    public const string AcceptByTerms = "accept-by-terms";

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The id of what it is about.</summary>
    public required Guid Subject { get; init; }

    public required DateTimeOffset Due { get; init; }

    public static DueTimer For(string kind, Guid subject, DateTimeOffset due, DateTimeOffset now) =>
        new() { Id = Ids.New(now), Kind = kind, Subject = subject, Due = due };
}
