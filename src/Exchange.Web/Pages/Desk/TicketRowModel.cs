using Exchange.Core.Desk;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

/// <summary>One line of the list.</summary>
/// <param name="Pick">Whether it can be picked for a change.</param>
/// <param name="Unread">Whether its reader was told something of it that he has not read.</param>
public sealed record TicketRowModel(TicketRow Row, At At, bool Pick, bool Unread)
{
    public TicketView Ticket => Row.Ticket;

    public string Link => At.Path($"tickets/{Ticket.Number}");

    /// <summary>The name beside the mark of who has to act, and that mark; null when nobody has.</summary>
    public (string Audience, string Name, bool You)? Ball(Texts t) =>
        Row.Step is { PartnerActs: true } step ? ("partner", step.Partner.Name, false)
        : Ticket.WaitingFor is null ? null
        : Ticket.Status == "waiting" && Row.Step is null && Ticket.Contact is { } contact ? ("customer", contact.Name, false)
        : Ticket.Assignee == At.In.MemberName ? ("internal", t["You"], true)
        : ("internal", At.In.Name, false);
}
