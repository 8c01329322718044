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

/// <summary>What a list of tickets is narrowed to; null does not matter.</summary>
public sealed record TicketFilter(TicketStatus? Status = null, string? Query = null, WaitsFor? WaitsFor = null, bool OverTime = false);

public sealed class TicketViews(IDialect dialect, TimeProvider time)
{
    public async Task<TicketView?> One(Caller caller, TicketId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, await db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Id == id).ToListAsync(ct), ct)).FirstOrDefault();
    }

    /// <summary>Newest first.</summary>
    /// <param name="filter">Its query is a number, or beginnings of words of the subject: all of them have to be there.</param>
    public async Task<Page<TicketView>> List(Caller caller, TicketFilter filter, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var tickets = db.Tickets.Where(Mine.Tickets(caller));
        if (filter.Status is { } wanted)
        {
            tickets = tickets.Where(t => t.Status == wanted);
        }

        if (!string.IsNullOrWhiteSpace(filter.Query))
        {
            tickets = await Search(db, caller, tickets, filter.Query, ct);
        }

        tickets = Waiting(db, tickets, filter, time.Present());

        if (page.After is { } after)
        {
            tickets = tickets.Where(t => t.Number < after.Number);
        }

        var rows = await tickets.OrderByDescending(t => t.Number).Take(page.Limit + 1).ToListAsync(ct);
        return Page.Of(await Show(db, rows, ct), page, t => new Cursor(long.Parse(t.Number, System.Globalization.CultureInfo.InvariantCulture), default));
    }

    /// <summary>
    /// All words have to be there. A rare word names its tickets; where all are common, the newest tickets are looked through
    /// until the page is full. Only common words that stand together in old tickets alone, or nowhere, read a large book.
    /// </summary>
    private static async Task<IQueryable<Ticket>> Search(ExchangeDb db, Caller caller, IQueryable<Ticket> tickets, string query, CancellationToken ct)
    {
        const int Rare = 1000;
        var words = TicketWord.In(query).ToList();
        if (words.Count == 0)
        {
            return tickets.Where(t => false);
        }

        // A number finds its ticket too, whatever the subject says.
        var number = words.Count == 1 && long.TryParse(words[0], System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : (long?)null;
        List<long>? rarest = null;
        var all = tickets;
        foreach (var word in words)
        {
            var (from, to) = (word, word + '\uffff');
            var named = await db.TicketWords.Where(w => w.Account == caller.Account && w.Word.CompareTo(from) >= 0 && w.Word.CompareTo(to) < 0)
                .Select(w => w.Number).Take(Rare).ToListAsync(ct);
            rarest = rarest is null || named.Count < rarest.Count ? named : rarest;
            all = all.Where(t => t.Number == number || db.TicketWords.Any(
                w => w.Account == caller.Account && w.Number == t.Number && w.Word.CompareTo(from) >= 0 && w.Word.CompareTo(to) < 0));
        }

        return rarest!.Count < Rare ? all.Where(t => t.Number == number || rarest.Contains(t.Number)) : all;
    }

    /// <summary>As <see cref="WaitingFor"/> has it, for the database.</summary>
    private static IQueryable<Ticket> Waiting(ExchangeDb db, IQueryable<Ticket> tickets, TicketFilter filter, DateTimeOffset now)
    {
        var open = from tie in db.TicketHandoffs join h in db.Handoffs on tie.Handoff equals h.Id where h.OverAt == null select new { tie.Ticket, tie.Side, h.Ball, h.DueAt, h.Link };
        if (filter.OverTime)
        {
            tickets = tickets.Where(t => open.Any(o => o.Ticket == t.Id && o.DueAt < now && !db.Links.Any(l => l.Id == o.Link && l.SuspendedSince < o.DueAt)));
        }

        return filter.WaitsFor switch
        {
            WaitsFor.Me => tickets.Where(t => open.Any(o => o.Ticket == t.Id && o.Side == Side.Placer && o.Ball == Side.Placer)
                || (t.Status != TicketStatus.Closed && t.Status != TicketStatus.Resolved && !open.Any(o => o.Ticket == t.Id && (o.Side == Side.Placer || o.Ball == Side.Placer)))),
            WaitsFor.Partner => tickets.Where(t => !open.Any(o => o.Ticket == t.Id && o.Side == Side.Placer && o.Ball == Side.Placer)
                && open.Any(o => o.Ticket == t.Id && (o.Side == Side.Placer || o.Ball == Side.Placer))),
            _ => tickets,
        };
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
