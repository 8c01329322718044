using System.Linq.Expressions;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Notices;
using Exchange.Core.Relay;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Store;

/// <summary>What belongs to the caller. Every view and every load by id begins here; what is not in it does not exist.</summary>
public static class Mine
{
    public static Expression<Func<ApiKey, bool>> Keys(Caller caller) => key => key.Account == caller.Account;

    public static Expression<Func<Link, bool>> Links(Caller caller) =>
        link => link.Inviter == caller.Account || (link.Invitee == caller.Account && link.State != LinkState.Declined);

    public static Expression<Func<Handoff, bool>> Handoffs(Caller caller) =>
        handoff => handoff.Placer == caller.Account || handoff.Fulfiller == caller.Account;

    public static Expression<Func<Ticket, bool>> Tickets(Caller caller) => ticket => ticket.Account == caller.Account;

    public static Expression<Func<AccountEvent, bool>> Events(Caller caller) => happened => happened.Account == caller.Account;

    public static Expression<Func<DeskFile, bool>> Files(Caller caller) => file => file.Account == caller.Account;

    public static Expression<Func<CustomerForm, bool>> Forms(Caller caller) => form => form.Account == caller.Account;

    public static Expression<Func<Requester, bool>> Requesters(Caller caller) => requester => requester.Account == caller.Account;

    public static Expression<Func<TicketField, bool>> Fields(Caller caller) => field => field.Account == caller.Account;

    public static Expression<Func<TicketValue, bool>> Values(Caller caller) => value => value.Account == caller.Account;

    public static Expression<Func<Calendar, bool>> Calendars(Caller caller) => calendar => calendar.Account == caller.Account;

    /// <summary>What one person was told in one account; nobody else sees it, an admin neither. A key is told nothing.</summary>
    public static Expression<Func<Notice, bool>> Notices(Caller caller)
    {
        var person = PersonId.Of(caller) ?? default;
        return notice => notice.Account == caller.Account && notice.Person == person;
    }

    /// <summary>What the caller's own desk could not take; of the partner's desk nothing.</summary>
    public static Expression<Func<Bond, bool>> Parked(Caller caller) => bond => bond.Account == caller.Account && bond.ParkedAt != null;

    /// <summary>The fault when the thing that an ask is about is not the caller's; null otherwise.</summary>
    internal static async ValueTask<Fault?> Misses(ExchangeDb db, Caller caller, object? ask, CancellationToken ct) => ask switch
    {
        IAboutHandoff about when !await db.Handoffs.Where(Handoffs(caller)).AnyAsync(h => h.Id == about.Handoff, ct) => Fault.NotFound("handoff"),
        IAboutTicket about when !await db.Tickets.Where(Tickets(caller)).AnyAsync(t => t.Id == about.Ticket, ct) => Fault.NotFound("ticket"),
        IAboutLink about when !await db.Links.Where(Links(caller)).AnyAsync(l => l.Id == about.Link, ct) => Fault.NotFound("link"),
        _ => null,
    };
}
