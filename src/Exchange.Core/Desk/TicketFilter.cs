using System.Linq.Expressions;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
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
/// <param name="Category">Exactly so.</param>
/// <param name="Open">Only those that are not closed.</param>
/// <param name="Fields">By the company's own fields; all of them have to fit.</param>
public sealed record TicketFilter(
    TicketStatus? Status = null,
    string? Query = null,
    WaitsFor? WaitsFor = null,
    bool OverTime = false,
    string? Assignee = null,
    Priority? Priority = null,
    string? Category = null,
    TicketSort Sort = TicketSort.Number,
    bool Open = false,
    IReadOnlyList<FieldFilter>? Fields = null)
{
    public const string Nobody = "none";

    internal IEnumerable<Narrowing> Narrowings(DateTimeOffset now)
    {
        if (Status is { } status)
        {
            yield return new(t => t.Status == status);
        }

        if (Open)
        {
            yield return new(t => t.Status != TicketStatus.Closed);
        }

        if (WaitsFor is { } whom)
        {
            yield return new(t => t.WaitingFor == whom);
        }

        if (Assignee == Nobody)
        {
            yield return new(t => t.Assignee == null);
        }
        else if (Assignee is { } assignee)
        {
            yield return new(t => t.Assignee == assignee);
        }

        if (Priority is { } priority)
        {
            yield return new(t => t.Priority == priority);
        }

        if (Category is { } category)
        {
            yield return new(t => t.Category == category);
        }

        if (OverTime)
        {
            yield return new(t => t.DueAt < now) { ByDue = true };
        }
    }
}

/// <summary>One thing that a list is narrowed to: one index of the table of tickets.</summary>
internal sealed record Narrowing(Expression<Func<Ticket, bool>> Is)
{
    /// <summary>Its index is in the order of what is due; the others are in the order of the numbers.</summary>
    public bool ByDue { get; init; }
}

/// <summary>
/// Finds tickets without reading the book. One narrowing is in order by an index of its own. Of several, or in another order, a rare
/// one names the tickets that are looked at; where all are common, those in order are looked through until the page is full.
/// Only what is common each by itself, and together is found in old tickets alone or nowhere, reads a large book.
/// </summary>
internal static class TicketLists
{
    /// <summary>So many tickets are looked at and sorted without ado.</summary>
    private const int Rare = 5000;

    /// <summary>Those that the filter leaves, in no order yet.</summary>
    public static async Task<IQueryable<Ticket>> Narrow(ExchangeDb db, Caller caller, TicketFilter filter, DateTimeOffset now, CancellationToken ct)
    {
        var mine = db.Tickets.Where(Mine.Tickets(caller));
        List<Narrowing> narrowings = [.. filter.Narrowings(now)];
        var ordered = filter.OverTime ? filter.Sort == TicketSort.Due : filter.Sort == TicketSort.Number;
        var tickets = narrowings.Count == 0 ? mine
            : narrowings.Count == 1 && ordered ? mine.Where(narrowings[0].Is)
            : await Rarest(mine, narrowings, ct) is { } rarest
                ? narrowings.Where(n => n != rarest).Aggregate(mine.Where(rarest.Is).Take(Rare), (all, one) => all.Where(one.Is))
                : narrowings.Aggregate(mine, (all, one) => all.Where(Unindexed(one.Is)));
        if (!string.IsNullOrWhiteSpace(filter.Query))
        {
            tickets = await Search(db, caller, tickets, filter.Query, ct);
        }

        tickets = await FieldLists.Narrow(db, caller, tickets, filter.Fields ?? [], ct);
        return filter.OverTime ? OverTime(db, tickets, now) : tickets;
    }

    /// <summary>One more than the page has, if there are as many.</summary>
    public static async Task<List<Ticket>> Take(IQueryable<Ticket> tickets, TicketSort sort, PageAsk page, CancellationToken ct)
    {
        var most = page.Limit + 1;
        if (sort == TicketSort.Number)
        {
            var number = page.After?.Number ?? long.MaxValue;
            return await tickets.Where(t => t.Number < number).OrderByDescending(t => t.Number).Take(most).ToListAsync(ct);
        }

        var (at, last) = (page.After?.Time, new TicketId(page.After?.Id ?? default));
        if (sort == TicketSort.Changed)
        {
            tickets = at is null ? tickets : tickets.Where(t => t.ChangedAt <= at && (t.ChangedAt < at || t.Id < last));
            return await tickets.OrderByDescending(t => t.ChangedAt).ThenByDescending(t => t.Id).Take(most).ToListAsync(ct);
        }

        var found = new List<Ticket>();
        if (page.After is not { Number: < 0 })
        {
            var due = at is null ? tickets.Where(t => t.DueAt != null) : tickets.Where(t => t.DueAt >= at && (t.DueAt > at || t.Id > last));
            found = await due.OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(most).ToListAsync(ct);
        }

        if (found.Count < most)
        {
            var before = page.After is { Number: < 0 } after ? -after.Number : long.MaxValue;
            found.AddRange(await tickets.Where(t => t.DueAt == null && t.Number < before).OrderByDescending(t => t.Number).Take(most - found.Count).ToListAsync(ct));
        }

        return found;
    }

    /// <summary>Where a page that ends with this ticket ends. A ticket that nothing is due of stands after all that have a time.</summary>
    public static Cursor Position(Ticket ticket, TicketSort sort) => sort switch
    {
        TicketSort.Changed => new Cursor(Micros.Of(ticket.ChangedAt), ticket.Id.Value),
        TicketSort.Due => new Cursor(ticket.DueAt is { } due ? Micros.Of(due) : -ticket.Number, ticket.Id.Value),
        _ => new Cursor(ticket.Number, default),
    };

    /// <summary>The rarest of those that are rare; null where none is.</summary>
    private static async Task<Narrowing?> Rarest(IQueryable<Ticket> mine, List<Narrowing> narrowings, CancellationToken ct)
    {
        var (rarest, fewest) = ((Narrowing?)null, Rare);
        foreach (var one in narrowings)
        {
            // In the order of its index: else PostgreSQL may look for them from the table's beginning, where none are.
            var all = mine.Where(one.Is);
            var some = one.ByDue ? all.OrderBy(t => t.DueAt) : all.OrderByDescending(t => t.Number);
            var count = await some.Select(t => t.Number).Take(Rare).CountAsync(ct);
            (rarest, fewest) = count < fewest ? (one, count) : (rarest, fewest);
        }

        return rarest;
    }

    /// <summary>The same, said so that no engine takes the narrowing's own index for it: it would sort all that it finds there.</summary>
    private static Expression<Func<Ticket, bool>> Unindexed(Expression<Func<Ticket, bool>> narrowing)
    {
        var ticket = narrowing.Parameters[0];
        var never = Expression.LessThan(Expression.Property(ticket, nameof(Ticket.Version)), Expression.Constant(0L));
        return Expression.Lambda<Func<Ticket, bool>>(Expression.OrElse(narrowing.Body, never), ticket);
    }

    /// <summary>What is due by the ticket is looked at again: on a suspended link what was not due yet is not due now.</summary>
    private static IQueryable<Ticket> OverTime(ExchangeDb db, IQueryable<Ticket> tickets, DateTimeOffset now) => tickets.Where(t => (
        from tie in db.TicketHandoffs
        where tie.Ticket == t.Id
        join handoff in db.Handoffs on tie.Handoff equals handoff.Id
        join link in db.Links on handoff.Link equals link.Id
        where handoff.DueAt < now && (link.SuspendedSince == null || link.SuspendedSince >= handoff.DueAt)
        select handoff.DueAt).Min() < now); // Not "any": PostgreSQL would make a join of it, and read all handoffs for it.

    /// <summary>
    /// All words have to be there. A rare word names its tickets; where all are common, the newest tickets are looked through
    /// until the page is full. Only common words that stand together in old tickets alone, or nowhere, read a large book.
    /// </summary>
    private static async Task<IQueryable<Ticket>> Search(ExchangeDb db, Caller caller, IQueryable<Ticket> tickets, string query, CancellationToken ct)
    {
        const int Few = 1000;
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
                .Select(w => w.Number).Take(Few).ToListAsync(ct);
            rarest = rarest is null || named.Count < rarest.Count ? named : rarest;
            all = all.Where(t => t.Number == number || db.TicketWords.Any(
                w => w.Account == caller.Account && w.Number == t.Number && w.Word.CompareTo(from) >= 0 && w.Word.CompareTo(to) < 0));
        }

        return rarest!.Count < Few ? all.Where(t => t.Number == number || rarest.Contains(t.Number)) : all;
    }
}
