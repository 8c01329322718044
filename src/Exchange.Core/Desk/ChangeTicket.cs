using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Changes fields of a ticket. On a mirror a status is a shorthand for the handoff's command.</summary>
/// <param name="Text">The question, reason or solution of that command.</param>
/// <param name="Fields">New values of the company's own fields, by their keys; null clears one, and what is not named stays.</param>
[AllowedTo(Roles.Work)]
public sealed record ChangeTicket(
    TicketId Ticket, string? Status, string? Text, string? Priority, string? Subject, string? Assignee, long? IfVersion, string? Category = null,
    IReadOnlyDictionary<string, FieldInput?>? Fields = null) : IAsk<TicketId>, IAboutTicket;

public sealed class ChangeTicketRules : AbstractValidator<ChangeTicket>
{
    public ChangeTicketRules()
    {
        RuleFor(x => x.Status).Word(default(TicketStatus));
        RuleFor(x => x.Text).Text();
        RuleFor(x => x.Priority).Word(default(Priority));
        RuleFor(x => x.Subject).NotEmpty().MaximumLength(OpenTicketRules.MaxSubject).OneLine().When(x => x.Subject is not null);
        RuleFor(x => x.Assignee).MaximumLength(120).OneLine();
        RuleFor(x => x.Category).MaximumLength(60).OneLine();
        RuleFor(x => x.Fields).Must(f => f is null || f.Count <= TicketField.Most).WithMessage(FieldInputs.TooMany);
    }
}

public sealed class ChangeTicketDeed(Commands commands, Changes changes) : IDeed<ChangeTicket, TicketId>
{
    public async ValueTask<Outcome<TicketId>> Do(ChangeTicket ask, Caller caller, IUnit unit)
    {
        var seen = await unit.Db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Id == ask.Ticket)
            .Select(t => new { t.Version, t.IsMirror, t.Incoming, t.Status }).SingleOrDefaultAsync();
        if (seen is null)
        {
            return Fault.NotFound("ticket");
        }

        var wanted = Words<TicketStatus>.TryParse(ask.Status);
        if (seen.IsMirror && wanted is TicketStatus.Waiting or TicketStatus.Resolved && wanted != seen.Status && string.IsNullOrWhiteSpace(ask.Text))
        {
            return NoText;
        }

        var fields = await FieldInputs.ToChange(unit, caller, ask.Fields, seen.IsMirror);
        if (!fields.Ok)
        {
            return fields.Fault;
        }

        if (seen.IsMirror)
        {
            // The handoff is locked before the ticket, everywhere.
            await unit.LockHandoff(seen.Incoming!.Value);
        }

        await unit.LockTicket(ask.Ticket);
        var ticket = await unit.Db.Tickets.AsTracking().SingleAsync(t => t.Id == ask.Ticket);
        if (ask.IfVersion is { } version && version != ticket.Version)
        {
            return new Fault(Codes.VersionConflict, $"The ticket is at version {ticket.Version}, and you saw {version}: read it again.");
        }

        var before = (ticket.Version, ticket.Status);
        if (wanted is { } status && status != ticket.Status
            && await SetStatus(ask, caller, unit, ticket, status) is { } refused)
        {
            return refused;
        }

        var assignee = ticket.Assignee;
        await SetFields(ask, fields.Value, unit, ticket);
        if (assignee != ticket.Assignee)
        {
            await Assignment.Note(unit, caller, ticket);
        }

        changes.Ticket(unit, ticket.Account, ticket.Id);
        if (before != (ticket.Version, ticket.Status))
        {
            Recorder.Ticket(unit, ticket.Account, ticket.Id, "changed");
        }

        return ticket.Id;
    }

    private static Fault NoText => Fault.Invalid("text", "Setting this status is a command of the handoff: 'text' is its question, reason or solution.");

    private async ValueTask<Fault?> SetStatus(ChangeTicket ask, Caller caller, IUnit unit, Ticket ticket, TicketStatus status)
    {
        if (ticket.IsMirror)
        {
            return await Command(ask, caller, unit, ticket, status);
        }

        var handoffs = await unit.Db.TicketHandoffs.AsTracking().Where(h => h.Ticket == ticket.Id && h.Side == Side.Placer).ToListAsync();
        if (status == TicketStatus.Closed && handoffs.Any(h => h.IsOpen))
        {
            return new Fault(Codes.TicketHasOpenHandoffs, "A partner is still at this ticket: wait until its handoffs are over, or recall them, then close it.");
        }

        handoffs.ForEach(h => h.DealtWith = true);
        ticket.SetStatus(status);
        ticket.ChangedAt = unit.Now;
        ticket.MailDue = status is TicketStatus.Resolved or TicketStatus.Closed ? unit.Now + Ticket.SecondThoughts : null;
        await Outlook.Note(unit, ticket);
        return null;
    }

    /// <summary>Every one of these commands is the fulfiller's, and goes the way of all commands.</summary>
    private async ValueTask<Fault?> Command(ChangeTicket ask, Caller caller, IUnit unit, Ticket ticket, TicketStatus status)
    {
        var handoff = await unit.Db.Handoffs.SingleAsync(h => h.Id == ticket.Incoming);
        var link = await unit.Db.Links.Where(l => l.Id == handoff.Link).Select(l => l.State).SingleAsync();
        if (HandoffTable.Carries(link) && StatusRules.CommandFor(handoff.State, status) is null)
        {
            return handoff.Refuse(Codes.StateConflict,
                $"The handoff is {handoff.State.Word()}: the status of its ticket cannot be set to {status.Word()} from there.", Side.Fulfiller, link, unit.Now);
        }

        // Over a link that carries nothing any command is refused, and says so itself.
        var command = StatusRules.CommandFor(handoff.State, status) ?? Handoffs.Command.Start;
        var needsText = command is Handoffs.Command.Ask or Handoffs.Command.Resume or Handoffs.Command.Resolve;
        if (needsText && string.IsNullOrWhiteSpace(ask.Text))
        {
            return NoText;
        }

        var done = await commands.Carry(unit, caller, handoff.Id, null, command, (_, state) => command switch
        {
            Handoffs.Command.Start => new StartedData(state),
            Handoffs.Command.Resume => new ResumedData(state, ask.Text!),
            Handoffs.Command.Unhold => new UnheldData(state),
            Handoffs.Command.Ask => new AskedData(state, ask.Text!),
            _ => new ResolvedData(state, ask.Text!, null, null),
        });
        return done.Fault;
    }

    private static async ValueTask SetFields(ChangeTicket ask, FieldInputs fields, IUnit unit, Ticket ticket)
    {
        var before = (ticket.Priority, ticket.Subject, ticket.Assignee, ticket.Category);
        ticket.Priority = Words<Priority>.TryParse(ask.Priority) ?? ticket.Priority;
        ticket.Category = ask.Category is null ? ticket.Category : ask.Category.Trim() is { Length: > 0 } category ? category : null;
        ticket.Assignee = ask.Assignee is null ? ticket.Assignee : ask.Assignee.Length == 0 ? null : ask.Assignee;
        if (ask.Subject?.Trim() is { } subject && subject != ticket.Subject)
        {
            await unit.Db.TicketWords.Where(w => w.Account == ticket.Account && w.Number == ticket.Number).ExecuteDeleteAsync();
            ticket.Subject = subject;
            Book.Index(unit, ticket);
        }

        if (await fields.Change(unit, ticket) || before != (ticket.Priority, ticket.Subject, ticket.Assignee, ticket.Category))
        {
            ticket.Version++;
            ticket.ChangedAt = unit.Now;
        }
    }
}
