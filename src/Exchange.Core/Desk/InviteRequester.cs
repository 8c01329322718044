using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Makes the link by which a customer follows the ticket. Links that were made for this ticket before end.</summary>
/// <param name="Name">Who follows it; left out with <paramref name="Email"/> it is the ticket's contact.</param>
/// <param name="Language">In which mails to him are written; what he chose himself before goes before it.</param>
[AllowedTo(Roles.Work)]
public sealed record InviteRequester(TicketId Ticket, string? Name = null, string? Email = null, string? Language = null) : IAsk<RequesterInvited>, ISecretAnswer, IAboutTicket;

public sealed class InviteRequesterRules : AbstractValidator<InviteRequester>
{
    public InviteRequesterRules()
    {
        RuleFor(x => x.Name).NotEmpty().When(x => x.Email is not null);
        RuleFor(x => x.Name).MaximumLength(200).OneLine();
        RuleFor(x => x.Email).NotEmpty().When(x => x.Name is not null);
        RuleFor(x => x.Email).MaximumLength(200).OneLine().EmailAddress().When(x => x.Email is not null);
        RuleFor(x => x.Language).MaximumLength(Requester.MaxLanguage);
    }
}

public sealed class InviteRequesterDeed : IDeed<InviteRequester, RequesterInvited>
{
    public async ValueTask<Outcome<RequesterInvited>> Do(InviteRequester ask, Caller caller, IUnit unit)
    {
        if (await unit.LockTicket(ask.Ticket) is not { } head || head.Account != caller.Account)
        {
            return Fault.NotFound("ticket");
        }

        if (head.IsMirror)
        {
            return new Fault(Codes.AudienceForbidden, "This ticket came from a partner, and its customer is the partner's: there is no link for him here.");
        }

        var ticket = await unit.Db.Tickets.Where(Mine.Tickets(caller)).SingleAsync(t => t.Id == ask.Ticket);
        var (name, email) = (ask.Name?.Trim() ?? ticket.Contact?.Name, ask.Email?.Trim() ?? ticket.Contact?.Email);
        if (name is null || string.IsNullOrEmpty(email))
        {
            return Fault.Invalid("contact", "This ticket has no contact with an e-mail address, so there is nobody to make the link for.");
        }

        string? language = null;
        foreach (var earlier in await unit.Db.Requesters.AsTracking().Where(Mine.Requesters(caller)).Where(r => r.Ticket == ticket.Id && r.EndedAt == null).ToListAsync())
        {
            earlier.EndedAt = unit.Now;
            language ??= earlier.Email == email ? earlier.Language : null;
        }

        var (requester, token) = Requester.Make(caller.Account, ticket.Id, name, email, unit.Now, language ?? ask.Language);
        unit.Db.Add(requester);
        return new RequesterInvited(requester.Id, ticket.Id, ticket.Number, requester.Name, requester.Email, token);
    }
}
