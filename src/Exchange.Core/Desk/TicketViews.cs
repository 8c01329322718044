using Exchange.Contracts.V1;
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
/// <param name="DueAt">When the first of the present steps of its handoffs is due.</param>
/// <param name="OverTime">Whether a step of one of its handoffs should have been done by now.</param>
/// <param name="Mirror">Whether its status follows an incoming handoff.</param>
/// <param name="Received">Of a partner's ticket: the partner's fields that the terms let come along, as they were then.</param>
/// <param name="Fields">What it has in the company's own fields, by their keys: texts, numbers, true and false. A partner sees of them what the terms name, when the ticket is offered.</param>
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
    DateTimeOffset? DueAt,
    bool OverTime,
    IReadOnlyList<TicketHandoffView> Handoffs,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    long Version,
    IReadOnlyDictionary<string, FieldValue> Fields,
    IReadOnlyList<FieldData>? Received);

/// <summary>How many tickets there are, as far as it was counted.</summary>
/// <param name="More">There are more than <paramref name="Count"/>: nobody waits for a large book to be counted.</param>
public sealed record TicketCount(int Count, bool More);

public sealed class TicketViews(IDialect dialect, TimeProvider time)
{
    public async Task<TicketView?> One(Caller caller, TicketId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, await db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Id == id).ToListAsync(ct), ct)).FirstOrDefault();
    }

    /// <summary>By the number that people say; null when the caller has no such ticket.</summary>
    public async Task<TicketView?> Numbered(Caller caller, long number, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, await db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Number == number).ToListAsync(ct), ct)).FirstOrDefault();
    }

    /// <summary>Newest first, where the filter names no other order.</summary>
    public async Task<Page<TicketView>> List(Caller caller, TicketFilter filter, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var rows = await FieldLists.Walk(db, caller, filter, page, ct)
            ?? await TicketLists.Take(await TicketLists.Narrow(db, caller, filter, time.Present(), ct), filter.Sort, page, ct);
        var shown = Page.Of(rows, page, t => TicketLists.Position(t, filter.Sort));
        return new Page<TicketView>(await Show(db, [.. shown.Items], ct), shown.Next);
    }

    /// <summary>Counts to the size of the largest page, and no further.</summary>
    public async Task<TicketCount> Count(Caller caller, TicketFilter filter, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var tickets = await TicketLists.Narrow(db, caller, filter with { Sort = TicketSort.Number }, time.Present(), ct);
        var count = await tickets.Select(t => t.Number).Take(PageAsk.MaxLimit + 1).CountAsync(ct);
        return new TicketCount(Math.Min(count, PageAsk.MaxLimit), count > PageAsk.MaxLimit);
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
            select new { tie, partner.Name, handoff.DueAt, link.SuspendedSince }).ToListAsync(ct);
        var fields = await FieldViews.Of(db, ids, ct);
        var byTicket = ties.OrderBy(x => x.tie.Handoff.Value).ToLookup(x => x.tie.Ticket);
        var now = time.Present();
        return tickets.ConvertAll(t => new TicketView(
            t.Id, Numbers.Show(t.Number), t.Subject, t.Description, t.Status.Word(), t.Priority.Word(), t.Category, t.Contact, t.Asset, t.Assignee, t.IsMirror,
            t.WaitingFor?.Word(),
            byTicket[t.Id].Min(x => Suspension.Moved(x.DueAt, x.SuspendedSince, now)),
            byTicket[t.Id].Any(x => Suspension.Moved(x.DueAt, x.SuspendedSince, now) < now),
            [.. byTicket[t.Id].Select(x => new TicketHandoffView(
                x.tie.Handoff, x.tie.Side == Side.Placer ? "out" : "in", new AccountRef(x.tie.Partner, x.Name), x.tie.PartnerNumber, x.tie.State.Word()))],
            t.CreatedAt, t.ChangedAt, t.Version, fields[t.Id].ToDictionary(StringComparer.Ordinal), t.Received));
    }
}
