using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>In which order tickets are listed.</summary>
public enum TicketSort
{
    /// <summary>Newest first.</summary>
    Number,

    /// <summary>Changed last first.</summary>
    Changed,

    /// <summary>Due soonest first; then those that nothing is due of, newest first.</summary>
    Due,
}

/// <summary>What a list of tickets is narrowed to; null does not matter.</summary>
/// <param name="Query">A number, or beginnings of words of the subject: all of them have to be there.</param>
/// <param name="Assignee">Exactly so; <see cref="Nobody"/> for tickets that nobody has.</param>
/// <param name="Open">Only those that are not closed.</param>
public sealed record TicketFilter(
    TicketStatus? Status = null,
    string? Query = null,
    WaitsFor? WaitsFor = null,
    bool OverTime = false,
    string? Assignee = null,
    Priority? Priority = null,
    TicketSort Sort = TicketSort.Number,
    bool Open = false)
{
    public const string Nobody = "none";
}

/// <summary>Finds tickets.</summary>
internal static class TicketLists
{
    /// <summary>Those that the filter leaves, in no order yet.</summary>
    public static async Task<IQueryable<Ticket>> Narrow(ExchangeDb db, Caller caller, TicketFilter filter, DateTimeOffset now, CancellationToken ct)
    {
        var tickets = db.Tickets.Where(Mine.Tickets(caller));
        tickets = filter.Status is { } status ? tickets.Where(t => t.Status == status) : tickets;
        tickets = filter.Open ? tickets.Where(t => t.Status != TicketStatus.Closed) : tickets;
        tickets = filter.Priority is { } priority ? tickets.Where(t => t.Priority == priority) : tickets;
        tickets = filter.Assignee is not { } assignee ? tickets
            : assignee == TicketFilter.Nobody ? tickets.Where(t => t.Assignee == null)
            : tickets.Where(t => t.Assignee == assignee);
        if (!string.IsNullOrWhiteSpace(filter.Query))
        {
            tickets = await Search(db, caller, tickets, filter.Query, ct);
        }

        return Waiting(db, tickets, filter, now);
    }

    /// <summary>One page of them, in order.</summary>
    public static async Task<(List<Ticket> Tickets, string? Next)> Take(ExchangeDb db, IQueryable<Ticket> tickets, TicketSort sort, PageAsk page, CancellationToken ct)
    {
        var (at, last) = (page.After?.Number, new TicketId(page.After?.Id ?? default));
        DateTimeOffset? time = at is >= 0 ? Micros.ToTime(Math.Min(at.Value, Micros.Of(DateTimeOffset.MaxValue))) : null;
        var rows = sort switch
        {
            TicketSort.Changed => await (time is null ? tickets : tickets.Where(t => t.ChangedAt <= time && (t.ChangedAt < time || t.Id < last)))
                .OrderByDescending(t => t.ChangedAt).ThenByDescending(t => t.Id).Select(t => new { Ticket = t, Due = (DateTimeOffset?)null }).Take(page.Limit + 1).ToListAsync(ct),
            TicketSort.Due => await ByDue(db, tickets, time, at < 0 ? -at : null, last).Select(x => new { x.Ticket, x.Due }).Take(page.Limit + 1).ToListAsync(ct),
            _ => await (at is null ? tickets : tickets.Where(t => t.Number < at))
                .OrderByDescending(t => t.Number).Select(t => new { Ticket = t, Due = (DateTimeOffset?)null }).Take(page.Limit + 1).ToListAsync(ct),
        };
        var shown = Page.Of(rows, page, x => sort switch
        {
            TicketSort.Changed => new Cursor(Micros.Of(x.Ticket.ChangedAt), x.Ticket.Id.Value),
            TicketSort.Due => new Cursor(x.Due is { } due ? Micros.Of(due) : -x.Ticket.Number, x.Ticket.Id.Value),
            _ => new Cursor(x.Ticket.Number, default),
        });
        return ([.. shown.Items.Select(x => x.Ticket)], shown.Next);
    }

    private static IQueryable<DueTicket> ByDue(ExchangeDb db, IQueryable<Ticket> tickets, DateTimeOffset? time, long? before, TicketId last)
    {
        var due = tickets.Select(t => new DueTicket
        {
            Ticket = t,
            Due = db.TicketHandoffs.Where(tie => tie.Ticket == t.Id).Join(db.Handoffs.Where(h => h.OverAt == null), tie => tie.Handoff, h => h.Id, (_, h) => h.DueAt).Min(),
        });
        due = before is not null ? due.Where(x => x.Due == null && x.Ticket.Number < before)
            : time is not null ? due.Where(x => x.Due == null || x.Due > time || (x.Due == time && x.Ticket.Id > last))
            : due;
        return due.OrderBy(x => x.Due == null ? 1 : 0).ThenBy(x => x.Due).ThenByDescending(x => x.Due == null ? x.Ticket.Number : 0).ThenBy(x => x.Ticket.Id);
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

    /// <summary>As <c>WaitingFor</c> of a ticket has it, for the database.</summary>
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

    private sealed class DueTicket
    {
        public required Ticket Ticket { get; init; }

        public DateTimeOffset? Due { get; init; }
    }
}
