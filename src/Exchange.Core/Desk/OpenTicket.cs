using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Desk;

/// <summary>Opens a ticket in the caller's own desk.</summary>
/// <param name="Fields">Values of the company's own fields, by their keys.</param>
[AllowedTo(Roles.Work)]
public sealed record OpenTicket(
    string? Subject, string? Description, string? Priority, Contact? Contact, Asset? Asset, string? Assignee, string? Category = null,
    IReadOnlyDictionary<string, FieldInput?>? Fields = null) : IAsk<TicketId>;

public sealed class OpenTicketRules : AbstractValidator<OpenTicket>
{
    public const int MaxSubject = 300;

    public OpenTicketRules()
    {
        RuleFor(x => x.Subject).NotEmpty().MaximumLength(MaxSubject).OneLine();
        RuleFor(x => x.Description).Text();
        RuleFor(x => x.Priority).Word(default(Priority));
        RuleFor(x => x.Assignee).MaximumLength(120).OneLine();
        RuleFor(x => x.Category).MaximumLength(60).OneLine();
        RuleFor(x => x.Fields).Must(f => f is null || f.Count <= TicketField.Most).WithMessage(FieldInputs.TooMany);
        RuleFor(x => x.Contact!.Name).NotEmpty().MaximumLength(200).OneLine().When(x => x.Contact is not null);
        RuleFor(x => x.Contact!.Email).MaximumLength(320).OneLine().When(x => x.Contact is not null);
        RuleFor(x => x.Contact!.Phone).MaximumLength(60).OneLine().When(x => x.Contact is not null);
        RuleFor(x => x.Asset!.Name).NotEmpty().MaximumLength(200).OneLine().When(x => x.Asset is not null);
        RuleFor(x => x.Asset!.Serial).MaximumLength(120).OneLine().When(x => x.Asset is not null);
        RuleFor(x => x.Asset!.Location).MaximumLength(500).When(x => x.Asset is not null);
    }
}

public sealed class OpenTicketDeed(Changes changes) : IDeed<OpenTicket, TicketId>
{
    public async ValueTask<Outcome<TicketId>> Do(OpenTicket ask, Caller caller, IUnit unit)
    {
        var fields = await FieldInputs.ToOpen(unit, caller, ask.Fields);
        if (!fields.Ok)
        {
            return fields.Fault;
        }

        var ticket = new Ticket
        {
            Id = new TicketId(unit.OpId),
            Account = caller.Account,
            Number = await unit.NextTicketNumber(caller.Account),
            Subject = ask.Subject!.Trim(),
            Description = ask.Description,
            Priority = Words<Priority>.TryParse(ask.Priority) ?? Priority.Normal,
            Contact = ask.Contact,
            Asset = ask.Asset,
            Assignee = string.IsNullOrWhiteSpace(ask.Assignee) ? null : ask.Assignee,
            Category = string.IsNullOrWhiteSpace(ask.Category) ? null : ask.Category.Trim(),
            CreatedAt = unit.Now,
            ChangedAt = unit.Now,
        };
        Book.Add(unit, ticket);
        fields.Value.Store(unit, ticket);
        changes.Ticket(unit, ticket.Account, ticket.Id);
        Recorder.Ticket(unit, ticket.Account, ticket.Id, "opened");
        await Assignment.Note(unit, caller, ticket);
        return ticket.Id;
    }
}

/// <summary>Enters tickets so that a search finds them.</summary>
public static class Book
{
    public static void Add(IUnit unit, Ticket ticket)
    {
        unit.Db.Add(ticket);
        Index(unit, ticket);
    }

    public static void Index(IUnit unit, Ticket ticket) =>
        unit.Db.AddRange(TicketWord.In(ticket.Subject).Select(word => new TicketWord { Account = ticket.Account, Word = word, Number = ticket.Number }));
}
