using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <param name="Direction"><c>out</c> where the ticket was handed over, <c>in</c> where it came from.</param>
public sealed record TicketHandoffView(HandoffId Id, string Direction, AccountRef Partner, string? PartnerTicketNumber, string State);

/// <param name="WaitingFor">Who has to act: <c>us</c>, <c>partner</c>, or nobody any more.</param>
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
    IReadOnlyList<TicketHandoffView> Handoffs,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    long Version);

public sealed class TicketViews(IDialect dialect)
{
    public async Task<TicketView?> One(Caller caller, TicketId id, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return (await Show(db, await db.Tickets.Where(Mine.Tickets(caller)).Where(t => t.Id == id).ToListAsync(ct), ct)).FirstOrDefault();
    }

    /// <summary>Newest first.</summary>
    /// <param name="query">A number, or beginnings of words of the subject: all of them have to be there.</param>
    public async Task<Page<TicketView>> List(Caller caller, TicketStatus? status, string? query, PageAsk page, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var tickets = db.Tickets.Where(Mine.Tickets(caller));
        if (status is { } wanted)
        {
            tickets = tickets.Where(t => t.Status == wanted);
        }

        if (!string.IsNullOrWhiteSpace(query))
        {
            tickets = await Search(db, caller, tickets, query, ct);
        }

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

    private static async Task<List<TicketView>> Show(ExchangeDb db, List<Ticket> tickets, CancellationToken ct)
    {
        var ids = tickets.ConvertAll(t => t.Id);
        var ties = tickets.Count == 0 ? [] : await (
            from tie in db.TicketHandoffs
            where ids.Contains(tie.Ticket)
            join partner in db.Accounts on tie.Partner equals partner.Id
            select new { tie, partner.Name }).ToListAsync(ct);
        var byTicket = ties.OrderBy(x => x.tie.Handoff.Value).ToLookup(x => x.tie.Ticket);
        return tickets.ConvertAll(t => new TicketView(
            t.Id, Numbers.Show(t.Number), t.Subject, t.Description, t.Status.Word(), t.Priority.Word(), t.Category, t.Contact, t.Asset, t.Assignee, t.IsMirror,
            WaitingFor(t, byTicket[t.Id].Select(x => x.tie)),
            [.. byTicket[t.Id].Select(x => new TicketHandoffView(
                x.tie.Handoff, x.tie.Side == Side.Placer ? "out" : "in", new AccountRef(x.tie.Partner, x.Name), x.tie.PartnerNumber, x.tie.State.Word()))],
            t.CreatedAt, t.ChangedAt, t.Version));
    }

    /// <summary>A partner acts while he has an offer or is at work; the placer acts on a question and on a solution.</summary>
    private static string? WaitingFor(Ticket ticket, IEnumerable<TicketHandoff> ties)
    {
        var open = ties.Where(t => t.IsOpen).ToList();
        var placed = open.Where(t => t.Side == Side.Placer).ToList();
        if (placed.Exists(t => t.State is HandoffState.WaitingPlacer or HandoffState.Resolved))
        {
            return "us";
        }

        if (placed.Count > 0 || open.Exists(t => t.Side == Side.Fulfiller && t.State is HandoffState.WaitingPlacer or HandoffState.Resolved))
        {
            return "partner";
        }

        return ticket.Status is TicketStatus.Closed or TicketStatus.Resolved ? null : "us";
    }
}
