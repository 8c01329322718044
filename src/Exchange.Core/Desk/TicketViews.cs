using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <param name="Direction"><c>out</c> where the ticket was handed over, <c>in</c> where it came from.</param>
public sealed record TicketHandoffView(HandoffId Id, string Direction, AccountRef Partner, string? PartnerTicketNumber, string State);

/// <param name="WaitingFor">Who has to act: <c>me</c>, <c>partner</c>, or nobody any more.</param>
/// <param name="OverTime">Whether a step of one of its handoffs should have been done by now.</param>
/// <param name="Mirror">Whether its status follows an incoming handoff.</param>
public sealed record TicketView(
    TicketId Id,
    string Number,
    string Subject,
    string? Description,
    string Status,
    string Priority,
    string? Category,
    Contact? Contact,
    Asset? Asset,
    string? Assignee,
    bool Mirror,
    string? WaitingFor,
    bool OverTime,
    IReadOnlyList<TicketHandoffView> Handoffs,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    long Version);

public sealed class TicketViews(IDialect dialect, TimeProvider time)
{
    public async Task<TicketView?> One(Caller caller, TicketId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, await db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Id == id).ToListAsync(ct), ct)).FirstOrDefault();
    }

    /// <summary>Newest first, where the filter names no other order.</summary>
    public async Task<Page<TicketView>> List(Caller caller, TicketFilter filter, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var rows = await TicketLists.Take(db, await TicketLists.Narrow(db, caller, filter, time.Present(), ct), filter.Sort, page, ct);
        return new Page<TicketView>(await Show(db, rows.Tickets, ct), rows.Next);
    }

    private async Task<List<TicketView>> Show(ExchangeDb db, List<Ticket> tickets, CancellationToken ct)
    {
        var ids = tickets.ConvertAll(t => t.Id);
        var ties = tickets.Count == 0 ? [] : await (
            from tie in db.TicketHandoffs
            where ids.Contains(tie.Ticket)
            join partner in db.Accounts on tie.Partner equals partner.Id
            join handoff in db.Handoffs on tie.Handoff equals handoff.Id
            join link in db.Links on handoff.Link equals link.Id
            select new { tie, partner.Name, handoff.Ball, handoff.DueAt, link.SuspendedSince }).ToListAsync(ct);
        var byTicket = ties.OrderBy(x => x.tie.Handoff.Value).ToLookup(x => x.tie.Ticket);
        var now = time.Present();
        return tickets.ConvertAll(t => new TicketView(
            t.Id, Numbers.Show(t.Number), t.Subject, t.Description, t.Status.Word(), t.Priority.Word(), t.Category, t.Contact, t.Asset, t.Assignee, t.IsMirror,
            WaitingFor(t.Status, [.. byTicket[t.Id].Where(x => x.Ball is not null).Select(x => (x.tie.Side, x.Ball!.Value))]),
            byTicket[t.Id].Any(x => Suspension.Moved(x.DueAt, x.SuspendedSince, now) < now),
            [.. byTicket[t.Id].Select(x => new TicketHandoffView(
                x.tie.Handoff, x.tie.Side == Side.Placer ? "out" : "in", new AccountRef(x.tie.Partner, x.Name), x.tie.PartnerNumber, x.tie.State.Word()))],
            t.CreatedAt, t.ChangedAt, t.Version));
    }

    /// <summary>A partner acts while he has the ball of what was handed to him, or of what he handed over; else it is one's own, until it is done.</summary>
    private static string? WaitingFor(TicketStatus status, IReadOnlyCollection<(Side Own, Side Ball)> open) =>
        open.Any(o => o is { Own: Side.Placer, Ball: Side.Placer }) ? "me"
        : open.Any(o => o.Own == Side.Placer || o.Ball == Side.Placer) ? "partner"
        : status is TicketStatus.Closed or TicketStatus.Resolved ? null : "me";
}
