using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>What a ticket's desk knows of one of its handoffs: who has to act, and by when. Neither when it is over.</summary>
/// <param name="Own">The side of the ticket's company.</param>
internal readonly record struct Step(Side Own, Side? Ball, DateTimeOffset? DueAt);

/// <summary>
/// For whom a ticket waits, and by when: worked out from its handoffs whenever the desk is told that one has moved, and kept with
/// the ticket, so that a list of what waits reads an index. It says what the handoffs say as soon as the desk is up to date; the
/// time may be earlier than theirs, since a suspended link moves theirs alone.
/// </summary>
internal static class Outlook
{
    /// <summary>A partner acts while he has the ball of what was handed to him, or of what he handed over; else it is one's own, until it is done.</summary>
    public static WaitsFor? WaitingFor(TicketStatus status, IReadOnlyCollection<Step> steps) =>
        steps.Any(s => s is { Own: Side.Placer, Ball: Side.Placer }) ? WaitsFor.Me
        : steps.Any(s => s.Ball is not null && (s.Own == Side.Placer || s.Ball == Side.Placer)) ? WaitsFor.Partner
        : status is TicketStatus.Closed or TicketStatus.Resolved ? null : WaitsFor.Me;

    public static void Note(Ticket ticket, IReadOnlyCollection<Step> steps) =>
        (ticket.WaitingFor, ticket.DueAt) = (WaitingFor(ticket.Status, steps), steps.Min(s => s.DueAt));

    /// <summary>Under the ticket's lock, once what moved is written.</summary>
    public static async ValueTask Note(IUnit unit, Ticket ticket) => Note(ticket, await (
        from tie in unit.Db.TicketHandoffs
        where tie.Ticket == ticket.Id
        join handoff in unit.Db.Handoffs on tie.Handoff equals handoff.Id
        select new Step(tie.Side, handoff.Ball, handoff.DueAt)).ToListAsync());
}
