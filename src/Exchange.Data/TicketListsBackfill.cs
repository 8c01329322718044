namespace Exchange.Data;

/// <summary>What the migration TicketLists says of tickets that were there before it, in words that all engines know.</summary>
internal static class TicketListsBackfill
{
    private const string Steps = "FROM ticket_handoff tie JOIN handoff h ON h.id = tie.handoff WHERE tie.ticket = ticket.id";

    /// <summary>For whom a ticket waits, and by when, follows from its handoffs and its status: as the desk's own rule has it.</summary>
    public const string Tickets =
        $"""
        UPDATE ticket SET
          waiting_for = CASE WHEN EXISTS (SELECT 1 {Steps} AND tie.side = 1 AND h.ball = 1) THEN 'me'
                             WHEN EXISTS (SELECT 1 {Steps} AND h.ball IS NOT NULL AND (tie.side = 1 OR h.ball = 1)) THEN 'partner'
                             WHEN status IN ('closed', 'resolved') THEN NULL ELSE 'me' END,
          due_at = (SELECT MIN(h.due_at) {Steps})
        """;
}
