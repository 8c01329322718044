namespace Exchange.Core.Kernel;

/// <summary>An expected refusal. Anything else that goes wrong is a bug, and an exception.</summary>
/// <param name="Code">Stable, from <see cref="Codes"/>.</param>
/// <param name="Detail">What is true and what to do, for the person who has to act.</param>
public sealed record Fault(string Code, string Detail)
{
    /// <summary>What is wrong, by field, where the code is <c>validation</c>.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>What is true now of the handoff that a refused command was about.</summary>
    public Truth? Truth { get; init; }

    public static Fault NotFound(string what) => new(Codes.NotFound, $"There is no such {what} in this account.");

    public static Fault Invalid(string field, string message) =>
        new(Codes.Validation, message) { Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] } };
}

/// <summary>A handoff's state and version, and the commands open to the caller.</summary>
public sealed record Truth(string State, long Version, IReadOnlyList<string> Allowed);

/// <summary>The stable codes of refusals.</summary>
public static class Codes
{
    public const string Validation = "validation";
    public const string Malformed = "malformed";
    public const string Unauthorized = "unauthorized";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not-found";
    public const string StateConflict = "handoff-state-conflict";
    public const string Over = "handoff-over";
    public const string LinkNotActive = "link-not-active";
    public const string ChainCycle = "chain-cycle";
    public const string DepthExceeded = "depth-exceeded";
    public const string ChildrenOpen = "children-open";
    public const string TicketHasOpenHandoffs = "ticket-has-open-handoffs";
    public const string TicketClosed = "ticket-closed";
    public const string AlreadyLinked = "already-linked";
    public const string AlreadyHandedOver = "already-handed-over";
    public const string AlreadyRated = "already-rated";
    public const string AlreadyAnswered = "already-answered";
    public const string InFlight = "in-flight";
    public const string VersionConflict = "version-conflict";
    public const string EventsForgotten = "events-forgotten";
    public const string TooLarge = "too-large";
    public const string FileTooLarge = "file-too-large";
    public const string AudienceForbidden = "audience-forbidden";
    public const string ShareForbidden = "share-forbidden";
    public const string KeyReused = "idempotency-key-reused";
    public const string RateLimited = "rate-limited";
    public const string NotReady = "not-ready";
}
