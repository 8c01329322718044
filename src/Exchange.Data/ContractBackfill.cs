namespace Exchange.Data;

/// <summary>What the migration Contract says of rows that were there before it, in words that all engines know.</summary>
internal static class ContractBackfill
{
    private const long MicrosPerDay = 86_400_000_000;

    /// <summary>Who has to act, since when and until when follows from the state; the terms of that time let closed work be reopened for thirty days.</summary>
    public static readonly string Handoffs =
        $"""
        UPDATE handoff SET
          ball = CASE WHEN over_at IS NOT NULL THEN NULL WHEN state IN ('waiting_placer', 'resolved') THEN 1 ELSE 2 END,
          ball_since = COALESCE(over_at, accepted_at, offered_at),
          due_at = CASE WHEN over_at IS NOT NULL THEN NULL WHEN state = 'offered' THEN accept_by WHEN state = 'accepted' THEN COALESCE(respond_by, resolve_by)
                        WHEN state = 'resolved' THEN NULL ELSE resolve_by END,
          first_pick = 2,
          reopen_until = CASE WHEN state = 'closed' THEN over_at + {30 * MicrosPerDay} ELSE NULL END
        """;

    /// <summary>Timers that were set before stand for the time that they had.</summary>
    public const string Timers = "UPDATE timer SET set_at = due, set_for = due";
}
