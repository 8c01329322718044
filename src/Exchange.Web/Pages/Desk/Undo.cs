using Exchange.Core.Desk;

namespace Exchange.Web.Pages.Desk;

/// <summary>How a ticket that was changed in the list becomes what it was.</summary>
/// <param name="Status">Whether its status was changed; otherwise its assignee.</param>
/// <param name="Now">What it was changed to; only from this it goes back.</param>
/// <param name="Before">What it goes back to; no name for nobody.</param>
public sealed record Undo(Guid Ticket, bool Status, string Now, string Before)
{
    private const char Between = '\t';

    /// <summary>As <see cref="ToString"/> writes it; null for anything else.</summary>
    public static Undo? Parse(string line) => line.TrimEnd('\r').Split(Between) is [var id, "status" or "assignee", _, _] parts && Guid.TryParse(id, out var ticket)
        ? new Undo(ticket, parts[1] == "status", parts[2], parts[3])
        : null;

    /// <returns>Null where somebody else has changed it meanwhile, or a partner has come to have to do with it.</returns>
    public ChangeTicket? Of(TicketView ticket) => Status
        ? ticket.Status == Now && !ticket.Mirror && ticket.Handoffs.Count == 0 ? new ChangeTicket(ticket.Id, Before, null, null, null, null, ticket.Version) : null
        : (ticket.Assignee ?? "") == Now ? new ChangeTicket(ticket.Id, null, null, null, null, Before, ticket.Version) : null;

    public override string ToString() => string.Join(Between, Ticket, Status ? "status" : "assignee", Now, Before);
}
