using Exchange.Core.Desk;

namespace Exchange.Web.Shell;

/// <summary>Why a ticket waits for whom it waits, in one sentence.</summary>
public static class RowTexts
{
    /// <param name="me">What the reader is called: his own name is not told to him.</param>
    public static string Why(Texts t, Show show, TicketRow row, string me)
    {
        var ticket = row.Ticket;
        if (row.Last is { } word && (row.Step is null || !row.Step.PartnerActs) && row.Step?.State is null or "accepted" or "in_progress")
        {
            return t["{0} wrote {1}", word.Author, show.Ago(word.At)];
        }

        if (row.Step is { } step)
        {
            return step.Out ? HandedOver(t, step) : Taken(t, step);
        }

        var customer = ticket.Contact?.Name;
        var who = ticket.Assignee is null ? t["row:unassigned"] : ticket.Assignee == me ? t[$"status:{ticket.Status}"] : ticket.Assignee;
        return customer is null ? who : $"{who} · {customer}";
    }

    private static string HandedOver(Texts t, RowStep step) => step.State switch
    {
        "waiting_placer" => t["{0} asks: answer the question", step.Partner.Name],
        "resolved" => t["{0} resolved it: check and confirm", step.Partner.Name],
        "offered" when step.Countered => t["{0} made a counter-offer: decide", step.Partner.Name],
        "declined" => Reasoned(t, t["{0} declined it", step.Partner.Name], step.Reason),
        "returned" => Reasoned(t, t["{0} returned it", step.Partner.Name], step.Reason),
        "expired" => t["{0} did not answer in time: offer it again", step.Partner.Name],
        "severed" => t["The link to {0} has ended", step.Partner.Name],
        _ => Reasoned(t, $"{step.Partner.Name}{(step.PartnerNumber is null ? "" : $" {step.PartnerNumber}")} · {t[$"state:{step.State}"]}", step.Reason),
    };

    private static string Taken(Texts t, RowStep step) => step.State switch
    {
        "waiting_placer" => t["{0} has to answer our question", step.Partner.Name],
        "resolved" => t["{0} has to confirm our solution", step.Partner.Name],
        "recall_requested" => t["{0} asks for it back: agree or refuse", step.Partner.Name],
        _ => Reasoned(t, t["For {0}: {1}", step.Partner.Name, t[$"state:{step.State}"]], step.Reason),
    };

    private static string Reasoned(Texts t, string what, string? reason) => string.IsNullOrEmpty(reason) ? what : t["{0}: {1}", what, t[$"reason:{reason}"]];
}
