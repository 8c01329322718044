using Exchange.Core.Desk;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

/// <summary>One line of the list.</summary>
/// <param name="Pick">Whether it can be picked for a change.</param>
/// <param name="Columns">What it shows, by the names of <see cref="TicketColumns"/>.</param>
/// <param name="Unread">Whether its reader was told something of it that he has not read.</param>
public sealed record TicketRowModel(TicketRow Row, At At, bool Pick, IReadOnlyList<string> Columns, bool Unread)
{
    public TicketView Ticket => Row.Ticket;

    /// <summary>Where the row is fetched anew, with the same columns.</summary>
    public string Again => At.Path($"tickets?handler=Row&number={Ticket.Number}{string.Concat(Columns.Select(name => $"&col={Uri.EscapeDataString(name)}"))}");

    public string Link => At.Path($"tickets/{Ticket.Number}");

    /// <summary>The name beside the mark of who has to act, and that mark; null when nobody has.</summary>
    public (string Audience, string Name, bool You)? Ball(Texts t) =>
        Row.Step is { PartnerActs: true } step ? ("partner", step.Partner.Name, false)
        : Ticket.WaitingFor is null ? null
        : Ticket.Status == "waiting" && Row.Step is null && Ticket.Contact is { } contact ? ("customer", contact.Name, false)
        : Ticket.Assignee == At.In.MemberName ? ("internal", t["You"], true)
        : ("internal", At.In.Name, false);
}
