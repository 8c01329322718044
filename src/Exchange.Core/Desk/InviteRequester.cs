using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Makes the link by which the ticket's contact follows it. Links that were made for this ticket before end.</summary>
[AllowedTo(Roles.Work)]
public sealed record InviteRequester(TicketId Ticket) : IAsk<RequesterInvited>, ISecretAnswer, IAboutTicket;

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
        if (ticket.Contact is not { Email: { Length: > 0 } email } contact)
        {
            return Fault.Invalid("contact", "This ticket has no contact with an e-mail address, so there is nobody to make the link for.");
        }

        foreach (var earlier in await unit.Db.Requesters.AsTracking().Where(Mine.Requesters(caller)).Where(r => r.Ticket == ticket.Id && r.EndedAt == null).ToListAsync())
        {
            earlier.EndedAt = unit.Now;
        }

        var (requester, token) = Requester.Make(caller.Account, ticket.Id, contact.Name, email, unit.Now);
        unit.Db.Add(requester);
        return new RequesterInvited(requester.Id, ticket.Id, ticket.Number, requester.Name, requester.Email, token);
    }
}
