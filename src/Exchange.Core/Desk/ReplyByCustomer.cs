using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>A customer writes on his ticket, by the link that he follows it by. A ticket that waited for him, or was thought solved, wants a look.</summary>
[AllowedTo(Roles.None)]
public sealed record ReplyByCustomer(string Token, string? Body, IReadOnlyList<SentFile>? Files) : IAsk<Done>;

public sealed class ReplyByCustomerRules : AbstractValidator<ReplyByCustomer>
{
    public ReplyByCustomerRules()
    {
        RuleFor(x => x.Body).NotEmpty().MaximumLength(OpenByCustomerRules.MaxText);
        RuleFor(x => x.Files).Must(SentFile.Fits).WithMessage(SentFile.TooMany);
    }
}

public sealed class ReplyByCustomerDeed(Changes changes) : IDeed<ReplyByCustomer, Done>
{
    public async ValueTask<Outcome<Done>> Do(ReplyByCustomer ask, Caller caller, IUnit unit)
    {
        var hash = Requester.HashOf(ask.Token);
        var follows = await unit.Db.Requesters.Where(Mine.Requesters(caller)).SingleOrDefaultAsync(r => r.Hash == hash && r.EndedAt == null);
        if (follows is null)
        {
            return Fault.NotFound("request");
        }

        await unit.LockTicket(follows.Ticket);
        var ticket = await unit.Db.Tickets.AsTracking().SingleAsync(t => t.Id == follows.Ticket);
        if (ticket.Status == TicketStatus.Closed)
        {
            return new Fault(Codes.TicketClosed, "This request is closed: what is written here would be read by nobody. Open a new one.");
        }

        await unit.StoreMessage(new CustomerMessage { Id = unit.OpId, Ticket = ticket.Id, Body = ask.Body!.Trim(), Author = caller.Actor, At = unit.Now });
        await SentFile.Attach(unit, caller, ticket.Id, ask.Files);
        Recorder.Ticket(unit, ticket.Account, ticket.Id, "customer_replied");
        if (ticket.Status is TicketStatus.Waiting or TicketStatus.Resolved && !await FollowsHandoff(unit, ticket))
        {
            ticket.SetStatus(TicketStatus.Check);
            ticket.ChangedAt = unit.Now;
            Recorder.Ticket(unit, ticket.Account, ticket.Id, "changed");
        }

        changes.Ticket(unit, ticket.Account, ticket.Id);
        return default(Done);
    }

    /// <summary>A mirror's status is its fulfiller's word to the placer; one's own follows what the partners do.</summary>
    private static async ValueTask<bool> FollowsHandoff(IUnit unit, Ticket ticket)
    {
        if (ticket.IsMirror)
        {
            return true;
        }

        var placed = await unit.Db.TicketHandoffs.Where(h => h.Ticket == ticket.Id && h.Side == Side.Placer).ToListAsync();
        return StatusRules.Follows([.. placed.Select(h => (h.State, h.DealtWith))]);
    }
}
