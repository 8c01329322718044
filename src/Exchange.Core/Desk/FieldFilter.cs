using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>What a list of tickets is narrowed to in one of the company's own fields; values as <see cref="FieldText.Sort"/> writes them.</summary>
/// <param name="From">Not before this.</param>
/// <param name="To">Not after this.</param>
public sealed record FieldFilter(Guid Field, string? Is, string? From = null, string? To = null)
{
    /// <summary>How such a thing begins in an address: <c>field.site=Hall 3</c>, <c>field.due.from=2026-05-01</c>.</summary>
    public const string Prefix = "field.";

    /// <summary>So many fields may one list be narrowed by: each is a look into the values.</summary>
    public const int Most = 5;

    /// <summary>Reads what an address says of fields, retired ones too.</summary>
    /// <param name="wrong">What means nothing, by its name in the address, with what would mean something.</param>
    public static IReadOnlyList<FieldFilter> Of(IReadOnlyList<FieldView> fields, IEnumerable<KeyValuePair<string, string>> said, out IReadOnlyDictionary<string, string> wrong)
    {
        var (found, refused) = (new Dictionary<Guid, FieldFilter>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (name, value) in said)
        {
            var (key, end) = Split(name[Prefix.Length..]);
            var field = fields.FirstOrDefault(f => f.Key == key);
            if (field is null)
            {
                refused[name] = $"'{name}' names no field of this company.";
            }
            else if (end.Length > 0 && !FieldKind.HasOrder(field.Kind))
            {
                refused[name] = $"'{name}' is for numbers and dates alone: say '{Prefix}{key}'.";
            }
            else if (Sort(field, value) is not { } sort)
            {
                refused[name] = $"'{name}' is not a {field.Kind} of this field.";
            }
            else
            {
                var before = found.GetValueOrDefault(field.Id) ?? new FieldFilter(field.Id, null);
                found[field.Id] = end switch { "from" => before with { From = sort }, "to" => before with { To = sort }, _ => before with { Is = sort } };
            }
        }

        if (found.Count > Most)
        {
            refused[Prefix.TrimEnd('.')] = $"A list is narrowed by at most {Most} fields.";
        }

        wrong = refused;
        return refused.Count == 0 ? [.. found.Values] : [.. found.Values.Take(Most)];
    }

    private static (string Key, string End) Split(string name) =>
        name.EndsWith(".from", StringComparison.Ordinal) ? (name[..^5], "from") : name.EndsWith(".to", StringComparison.Ordinal) ? (name[..^3], "to") : (name, "");

    /// <summary>A choice that is offered no more is looked for all the same: tickets may have it.</summary>
    private static string? Sort(FieldView field, string value) =>
        FieldText.Of(field.Kind == FieldKind.Choice ? FieldKind.Text : field.Kind, field.Choices, value) is { } kept ? FieldText.Sort(field.Kind, kept) : null;

    internal IQueryable<TicketValue> Rows(IQueryable<TicketValue> mine)
    {
        var (field, value, from, to) = (Field, Is, From, To);
        var rows = mine.Where(v => v.Field == field);
        rows = value is null ? rows : rows.Where(v => v.Sort == value);
        rows = from is null ? rows : rows.Where(v => v.Sort.CompareTo(from) >= 0);
        return to is null ? rows : rows.Where(v => v.Sort.CompareTo(to) <= 0);
    }
}

/// <summary>
/// Finds tickets by what they have in the company's own fields. A rare value names its tickets; of one value that many have, and
/// nothing else, the index gives the page in order; else tickets are looked through in order, each value by its key.
/// </summary>
internal static class FieldLists
{
    /// <summary>As many tickets are named in a statement.</summary>
    private const int Few = 1000;

    public static async Task<IQueryable<Ticket>> Narrow(ExchangeDb db, Caller caller, IQueryable<Ticket> tickets, IReadOnlyList<FieldFilter> fields, CancellationToken ct)
    {
        if (fields.Count == 0)
        {
            return tickets;
        }

        var mine = db.TicketValues.Where(Mine.Values(caller));
        List<long>? rarest = null;
        foreach (var one in fields)
        {
            var rows = one.Rows(mine);

            // In the order of the index: else PostgreSQL may look for them from the table's beginning, where none are.
            var named = await rows.OrderBy(v => v.Sort).ThenBy(v => v.Number).Select(v => v.Number).Take(Few).ToListAsync(ct);
            rarest = rarest is null || named.Count < rarest.Count ? named : rarest;
            tickets = tickets.Where(t => rows.Any(v => v.Ticket == t.Id));
        }

        return rarest!.Count < Few ? tickets.Where(t => rarest.Contains(t.Number)).Take(Few) : tickets;
    }

    /// <summary>A page of what has one value, from the index of values alone; null where the filter says more than that.</summary>
    public static async Task<List<Ticket>?> Walk(ExchangeDb db, Caller caller, TicketFilter filter, PageAsk page, CancellationToken ct)
    {
        if (filter.Fields is not [{ Is: not null, From: null, To: null } only] || filter with { Fields = null } != new TicketFilter())
        {
            return null;
        }

        var before = page.After?.Number ?? long.MaxValue;
        var numbers = await only.Rows(db.TicketValues.Where(Mine.Values(caller))).Where(v => v.Number < before)
            .OrderByDescending(v => v.Number).Select(v => v.Number).Take(page.Limit + 1).ToListAsync(ct);
        return await db.Tickets.Where(Mine.Tickets(caller)).Where(t => numbers.Contains(t.Number)).OrderByDescending(t => t.Number).ToListAsync(ct);
    }
}
