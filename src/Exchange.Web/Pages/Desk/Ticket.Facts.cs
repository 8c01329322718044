using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>What only one's own company knows of the ticket: status, assignee, priority, category.</summary>
public sealed partial class TicketModel
{
    /// <summary>What a person may set it to. A ticket with a partner at work is not closed, and a mirror follows its handoff.</summary>
    public IEnumerable<string> Settable => Ticket.Mirror || !May<ChangeTicket>()
        ? []
        : ((string[])["open", "waiting", "check", "resolved", "closed"]).Where(s => s != Ticket.Status && (s != "closed" || !Scene.Outgoing.Any(p => p.IsOpen)));

    /// <summary>Why it cannot be closed now; null where it can.</summary>
    public string? NotClosable => !Ticket.Mirror && Ticket.Status != "closed" && Scene.Outgoing.FirstOrDefault(p => p.IsOpen) is { } at
        ? at.Number is null ? T["It cannot be closed: the offer to {0} is open.", at.Partner] : T["It cannot be closed: {0} is still at work on {1}.", at.Partner, at.Number]
        : null;

    public async Task<IActionResult> OnPostStatusAsync(string? status)
    {
        if (!await Load())
        {
            return NotFound();
        }

        var done = await Ask<ChangeTicket, TicketId>(new ChangeTicket(Ticket.Id, status, null, null, null, null, null));
        return done.Ok ? Redirect(Here) : await Refused(null);
    }

    /// <summary>Only what was changed is asked: what others changed meanwhile stays as they left it.</summary>
    public async Task<IActionResult> OnPostFactsAsync(string? assignee, string? assigneeWas, string? priority, string? priorityWas, string? category, string? categoryWas)
    {
        if (!await Load())
        {
            return NotFound();
        }

        var done = await Ask<ChangeTicket, TicketId>(new ChangeTicket(
            Ticket.Id, null, null, New(priority, priorityWas), null, New(assignee, assigneeWas), null, New(category, categoryWas)));
        Toast = done.Ok ? T["Kept."] : null;
        return done.Ok ? Redirect(Here) : await Refused(null);

        static string? New(string? now, string? before) => (now ?? "") == (before ?? "") ? null : now ?? "";
    }
}
