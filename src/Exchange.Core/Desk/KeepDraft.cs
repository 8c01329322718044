using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Keeps what a person has written so far, for one door of one ticket. An empty text drops it.</summary>
[AllowedTo(Roles.Work)]
public sealed record KeepDraft(TicketId Ticket, string? Door, string? Body) : IAsk<Done>, IAboutTicket;

public sealed class KeepDraftRules : AbstractValidator<KeepDraft>
{
    public KeepDraftRules()
    {
        RuleFor(x => x.Door).NotEmpty().MaximumLength(Draft.MaxDoor).OneLine();
        RuleFor(x => x.Body).Text();
    }
}

public sealed class KeepDraftDeed : IDeed<KeepDraft, Done>
{
    public async ValueTask<Outcome<Done>> Do(KeepDraft ask, Caller caller, IUnit unit)
    {
        if (Draft.WriterOf(caller) is not { } person)
        {
            return new Fault(Codes.Forbidden, "Drafts are kept for people: a key sends what it has to say.");
        }

        // Under the ticket's lock two browsers of one person do not both make the first row.
        if (await unit.LockTicket(ask.Ticket) is not { } ticket || ticket.Account != caller.Account)
        {
            return Fault.NotFound("ticket");
        }

        var kept = await unit.Db.Drafts.AsTracking().SingleOrDefaultAsync(d => d.Ticket == ask.Ticket && d.Person == person && d.Door == ask.Door);
        if (string.IsNullOrWhiteSpace(ask.Body))
        {
            unit.Db.RemoveRange(kept is null ? [] : [kept]);
        }
        else if (kept is not null)
        {
            (kept.Body, kept.At) = (ask.Body, unit.Now);
        }
        else
        {
            unit.Db.Add(new Draft { Ticket = ask.Ticket, Person = person, Door = ask.Door!, Body = ask.Body, At = unit.Now });
        }

        return default(Done);
    }
}
