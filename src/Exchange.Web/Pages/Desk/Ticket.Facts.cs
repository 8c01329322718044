using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>What only one's own company knows of the ticket: status, assignee, priority, category, and fields of its own.</summary>
public sealed partial class TicketModel
{
    /// <summary>The company's own fields, retired ones last.</summary>
    public IReadOnlyList<FieldView> Fields { get; private set; } = [];

    /// <summary>What was typed into them and refused, by their keys.</summary>
    private IReadOnlyDictionary<string, string> Typed { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private HashSet<string> WrongFields { get; } = new(StringComparer.Ordinal);

    /// <summary>What stood in a field when the form was made.</summary>
    public static string Was(FieldView field) => $"was.{field.Key}";

    /// <summary>What is asked for, and what is not but has a value here.</summary>
    public IEnumerable<FieldView> OwnFields => Fields.Where(f => !f.Retired || Ticket.Fields.ContainsKey(f.Key));

    public FieldInputModel Input(FieldView field) => new(
        field, Typed.GetValueOrDefault(field.Key) ?? Ticket.Fields.GetValueOrDefault(field.Key)?.Text, WrongFields.Contains(field.Key), field.Required && !Ticket.Mirror && Ticket.Fields.ContainsKey(field.Key));

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

        Fields = await fields.All(Me, Gone);
        var changed = FieldForm.Typed(Request, [.. Fields.Where(f => !f.Retired)]).Where(f => New(f.Value, Request.Form[$"was.{f.Key}"]) is not null).ToDictionary(StringComparer.Ordinal);
        if (Refuses(changed))
        {
            return await Refused(null);
        }

        var done = await Ask<ChangeTicket, TicketId>(new ChangeTicket(
            Ticket.Id, null, null, New(priority, priorityWas), null, New(assignee, assigneeWas), null, New(category, categoryWas), changed.Count == 0 ? null : FieldForm.Inputs(changed)));
        Toast = done.Ok ? T["Kept."] : null;
        return done.Ok ? Redirect(Here) : await Refused(null);

        static string? New(string? now, string? before) => (now ?? "") == (before ?? "") ? null : now ?? "";
    }

    /// <summary>Says what is wrong with what was typed into the company's own fields.</summary>
    private bool Refuses(Dictionary<string, string> changed)
    {
        foreach (var field in Fields.Where(f => changed.ContainsKey(f.Key)))
        {
            if (FieldForm.Wrong(T, field, changed[field.Key], must: !Ticket.Mirror) is { } why)
            {
                Say(why);
                WrongFields.Add(field.Key);
            }
        }

        if (WrongFields.Count > 0)
        {
            (Typed, Response.StatusCode) = (changed, Microsoft.AspNetCore.Http.StatusCodes.Status400BadRequest);
        }

        return WrongFields.Count > 0;
    }
}
