using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>
/// A customer opens a ticket by the company's form. What the form does not show is not taken; the first message of the conversation
/// with the customer is what he wrote.
/// </summary>
/// <param name="Fields">Of the company's own fields those that the form asks for.</param>
[AllowedTo(Roles.None)]
public sealed record OpenByCustomer(
    string? Name, string? Email, string? Phone, string? Subject, string? Description, string? Asset, string? Serial, string? Place, IReadOnlyList<SentFile>? Files,
    IReadOnlyDictionary<string, FieldInput?>? Fields = null, string? Language = null) : IAsk<RequesterInvited>, ISecretAnswer;

public sealed class OpenByCustomerRules : AbstractValidator<OpenByCustomer>
{
    /// <summary>The longest text that a customer may write, in characters.</summary>
    public const int MaxText = 20_000;

    public OpenByCustomerRules()
    {
        RuleFor(x => x.Name).NotEmpty().MaximumLength(200).OneLine();
        RuleFor(x => x.Email).NotEmpty().MaximumLength(200).OneLine().EmailAddress();
        RuleFor(x => x.Phone).MaximumLength(60).OneLine();
        RuleFor(x => x.Subject).NotEmpty().MaximumLength(OpenTicketRules.MaxSubject).OneLine();
        RuleFor(x => x.Description).MaximumLength(MaxText);
        RuleFor(x => x.Asset).MaximumLength(200).OneLine();
        RuleFor(x => x.Serial).MaximumLength(120).OneLine();
        RuleFor(x => x.Place).MaximumLength(200).OneLine();
        RuleFor(x => x.Language).MaximumLength(Requester.MaxLanguage);
        RuleFor(x => x.Files).Must(SentFile.Fits).WithMessage(SentFile.TooMany);
    }
}

public sealed class OpenByCustomerDeed(Changes changes) : IDeed<OpenByCustomer, RequesterInvited>
{
    public async ValueTask<Outcome<RequesterInvited>> Do(OpenByCustomer ask, Caller caller, IUnit unit)
    {
        var form = await unit.Db.CustomerForms.Where(Mine.Forms(caller)).SingleOrDefaultAsync(f => f.Open);
        if (form is null)
        {
            return Fault.NotFound("form");
        }

        ask = Shown(ask, form.Fields);
        if (Missing(ask, form.Fields) is { } missing)
        {
            return missing;
        }

        var fields = await FieldInputs.OfForm(unit, caller, ask.Fields);
        if (!fields.Ok)
        {
            return fields.Fault;
        }

        var ticket = await Open(ask, caller, unit);
        fields.Value.Store(unit, ticket);
        var (requester, token) = Requester.Make(caller.Account, ticket.Id, ask.Name!.Trim(), ask.Email!.Trim(), unit.Now, ask.Language);
        unit.Db.Add(requester);

        // The message refers to the ticket, and is stored by a statement of its own.
        await unit.Flush();
        await unit.StoreMessage(new CustomerMessage
        {
            Id = unit.OpId, Ticket = ticket.Id, Body = Text(ask.Description) ?? ticket.Subject, Author = caller.Actor, At = unit.Now,
        });
        await SentFile.Attach(unit, caller, ticket.Id, ask.Files);
        changes.Ticket(unit, caller.Account, ticket.Id);
        Recorder.Ticket(unit, caller.Account, ticket.Id, "opened");
        return new RequesterInvited(requester.Id, ticket.Id, ticket.Number, requester.Name, requester.Email, token);
    }

    private static async ValueTask<Ticket> Open(OpenByCustomer ask, Caller caller, IUnit unit)
    {
        var (asset, serial, place) = (Text(ask.Asset), Text(ask.Serial), Text(ask.Place));
        var ticket = new Ticket
        {
            Id = new TicketId(unit.OpId),
            Account = caller.Account,
            Number = await unit.NextTicketNumber(caller.Account),
            Subject = ask.Subject!.Trim(),
            Description = Text(ask.Description),
            Contact = new Contact(ask.Name!.Trim(), ask.Email!.Trim(), Text(ask.Phone)),
            Asset = (asset ?? serial ?? place) is { } named ? new Asset(named, serial, place) : null,
            CreatedAt = unit.Now,
            ChangedAt = unit.Now,
        };
        Book.Add(unit, ticket);
        return ticket;
    }

    /// <summary>Nobody can send more than the form shows, whatever he posts.</summary>
    private static OpenByCustomer Shown(OpenByCustomer ask, FormFields fields) => ask with
    {
        Phone = fields.Phone == Asked.Hidden ? null : ask.Phone,
        Description = fields.Description == Asked.Hidden ? null : ask.Description,
        Asset = fields.Asset == Asked.Hidden ? null : ask.Asset,
        Serial = fields.Serial == Asked.Hidden ? null : ask.Serial,
        Place = fields.Place == Asked.Hidden ? null : ask.Place,
        Files = fields.Files ? ask.Files : null,
    };

    private static Fault? Missing(OpenByCustomer ask, FormFields fields)
    {
        (string Field, Asked Asked, string? Value)[] all =
            [("phone", fields.Phone, ask.Phone), ("description", fields.Description, ask.Description), ("asset", fields.Asset, ask.Asset), ("serial", fields.Serial, ask.Serial), ("place", fields.Place, ask.Place)];
        var missing = all.Where(f => f.Asked == Asked.Required && Text(f.Value) is null).Select(f => f.Field).ToList();
        return missing.Count == 0 ? null : new Fault(Codes.Validation, Wanted)
        {
            Errors = missing.ToDictionary(field => field, _ => new[] { Wanted }, StringComparer.Ordinal),
        };
    }

    private static string Wanted => "A field that this company needs is empty.";

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
