using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Web.Pages.Desk;

/// <summary>What is done with the list: rows picked and changed, views saved and removed.</summary>
public sealed partial class TicketsModel
{
    /// <summary>What was refused when rows were changed, one reason a line.</summary>
    [TempData]
    public string? Refused { get; set; }

    /// <summary>What the changed tickets had before, one <see cref="Undo"/> a line.</summary>
    [TempData]
    public string? Before { get; set; }

    public bool UndoesStatus => Before?.Split('\n').Select(Undo.Parse).Any(u => u?.Status == true) == true;

    /// <summary>What the name of a new view is refused for; the name stays.</summary>
    public string? ViewName { get; private set; }

    public static IReadOnlyCollection<string> Statuses => [.. Words<TicketStatus>.All.Where(s => s != "with_partner")];

    public async Task<IActionResult> OnPostAssignAsync(Guid[] pick, string? to)
    {
        if (!MayChange)
        {
            return StatusCode(Microsoft.AspNetCore.Http.StatusCodes.Status403Forbidden);
        }

        await Load();
        if (!Some(pick) || !Known(to))
        {
            return Page();
        }

        var given = await Each(pick, ticket => new ChangeTicket(ticket.Id, null, null, null, null, to ?? "", null));
        if (given.Count > 0)
        {
            Toast = string.IsNullOrEmpty(to) ? T.Count("{0} tickets taken from their assignees.", given.Count) : T.Count("{0} tickets given to {1}.", given.Count, to);
            Before = string.Join('\n', given.Select(t => new Undo(t.Id.Value, false, to ?? "", t.Assignee ?? "")));
        }

        return Redirect(Here());
    }

    public async Task<IActionResult> OnPostStatusAsync(Guid[] pick, string? status)
    {
        if (!MayChange)
        {
            return StatusCode(Microsoft.AspNetCore.Http.StatusCodes.Status403Forbidden);
        }

        await Load();
        if (!Some(pick))
        {
            return Page();
        }

        if (!Statuses.Contains(status, StringComparer.Ordinal))
        {
            return Wrongly(T["Choose a status first."]);
        }

        var set = await Each(pick, ticket => new ChangeTicket(ticket.Id, status, null, null, null, null, null));
        if (set.Count > 0)
        {
            // A status that a partner has to do with has crossed, or has settled what he did: that is not taken back unseen.
            var ours = set.Where(t => !t.Mirror && t.Handoffs.Count == 0 && t.Status != status).ToList();
            Toast = T.Count("{0} tickets are now: {1}.", set.Count, T[$"status:{status}"]);
            Before = ours.Count == 0 ? null : string.Join('\n', ours.Select(t => new Undo(t.Id.Value, true, status!, t.Status)));
        }

        return Redirect(Here());
    }

    /// <summary>Makes tickets what they were, unless somebody has changed them since.</summary>
    /// <param name="back">An <see cref="Undo"/> each.</param>
    public async Task<IActionResult> OnPostUndoAsync(string[] back)
    {
        if (!MayChange)
        {
            return StatusCode(Microsoft.AspNetCore.Http.StatusCodes.Status403Forbidden);
        }

        await Read();
        var steps = back.Take(Rows).Select(Undo.Parse).OfType<Undo>().DistinctBy(u => u.Ticket).ToDictionary(u => u.Ticket);
        var done = await Each(steps.Keys, ticket => steps[ticket.Id.Value].Of(ticket));
        Toast = done.Count == 0 ? null : steps.Values.Any(u => u.Status) ? T.Count("{0} tickets have their status again.", done.Count) : T.Count("{0} tickets given back.", done.Count);
        return Redirect(Here());
    }

    public async Task<IActionResult> OnPostSaveAsync(string? name)
    {
        await Load();
        ViewName = name;
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > SaveViewRules.MaxName)
        {
            return Wrongly(T["Give the view a name of up to {0} characters.", SaveViewRules.MaxName]);
        }

        if (Tabs.Count(tab => tab.Saved is not null) >= SavedView.Most && Tabs.All(tab => tab.Saved is null || tab.Name != name.Trim()))
        {
            return Wrongly(T.Count("You have {0} views: remove one first.", SavedView.Most));
        }

        var outcome = await Ask<SaveView, SavedViewId>(new SaveView(name, Query.ToString()));
        if (!outcome.Ok)
        {
            return Page();
        }

        Toast = T["The view “{0}” is saved, for you alone.", name.Trim()];
        return Redirect(At.Path("tickets") + (Query.ToString() is { Length: > 0 } said ? $"?{said}" : ""));
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid view)
    {
        var outcome = await Ask<RemoveView, Done>(new RemoveView(view));
        if (!outcome.Ok)
        {
            return NotFound();
        }

        Toast = T["The view is removed. Its tickets stay."];
        return Redirect(At.Path("tickets"));
    }

    /// <summary>Changes one after another; one that is refused holds up no other.</summary>
    /// <param name="change">Null where somebody else has changed it meanwhile.</param>
    /// <returns>Those that were changed, as they were before.</returns>
    private async Task<IReadOnlyList<TicketView>> Each(IEnumerable<Guid> pick, Func<TicketView, ChangeTicket?> change)
    {
        var door = HttpContext.RequestServices.GetRequiredService<Door>();
        var refused = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var done = new List<TicketView>();
        foreach (var id in pick.Distinct().Take(Rows))
        {
            // What is not this company's is passed over, as if it did not exist.
            if (await tickets.One(Me, new TicketId(id), Gone) is not { } ticket)
            {
                continue;
            }

            var outcome = change(ticket) is { } ask ? await door.Do<ChangeTicket, TicketId>(ask, Me, null, Gone) : Meanwhile;
            if (outcome.Ok)
            {
                done.Add(ticket);
            }
            else
            {
                var reason = Reason(outcome.Fault);
                (refused.TryGetValue(reason, out var numbers) ? numbers : refused[reason] = []).Add(ticket.Number);
            }
        }

        Refused = refused.Count == 0 ? null : string.Join('\n', refused.Select(r => T["{0}: {1}", string.Join(", ", r.Value), r.Key]));
        return done;
    }

    private static Outcome<TicketId> Meanwhile { get; } = new Fault(Codes.VersionConflict, "It has changed since: read it again.");

    private string Reason(Fault fault) => fault.Code switch
    {
        Codes.TicketHasOpenHandoffs => T["A partner is still at work on it. Wait until its handoffs are over, or recall them, then close it."],
        Codes.Validation => T["It came from a partner, and this status is a question or a solution for them: write it on the ticket."],
        Codes.StateConflict => T["It came from a partner, and its handoff does not allow this status now."],
        Codes.LinkNotActive => T["The link to the partner is suspended: what changes the handoff passes again when it is resumed."],
        Codes.VersionConflict => T["Somebody changed it at the same moment: look at it again."],
        _ => T.Of(fault),
    };

    private bool Some(Guid[] pick)
    {
        if (pick.Length == 0)
        {
            Wrongly(T["Select tickets first."]);
        }

        return pick.Length > 0;
    }

    private bool Known(string? to)
    {
        if (!string.IsNullOrEmpty(to) && !Members.Contains(to, StringComparer.Ordinal))
        {
            Wrongly(T["“{0}” is not a member of {1}.", to, At.In.Name]);
            return false;
        }

        return true;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Wrongly(string why)
    {
        Say(why);
        Response.StatusCode = 400;
        return Page();
    }
}
