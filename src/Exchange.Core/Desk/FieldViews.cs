using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <param name="Key">Its name in a ticket's <c>fields</c> and in filters.</param>
/// <param name="Kind"><c>text</c>, <c>number</c>, <c>date</c> (yyyy-MM-dd), <c>choice</c> or <c>yes-no</c>.</param>
/// <param name="Required">Whether people cannot open a ticket without it.</param>
/// <param name="OnForm">Whether the customers' form asks for it.</param>
/// <param name="Position">Its place, from 1.</param>
/// <param name="Retired">Whether it is asked for no more.</param>
public sealed record FieldView(
    Guid Id, string Key, string Label, string Kind, IReadOnlyList<string> Choices, bool Required, bool OnForm, int Position, bool Retired)
{
    internal static FieldView Of(TicketField f) => new(f.Id, f.Key, f.Label, f.Kind, f.Choices, f.Required, f.OnForm, f.Position, f.RetiredAt is not null);
}

/// <summary>The fields that a company has added.</summary>
public sealed class FieldViews(IDialect dialect)
{
    /// <summary>In their order; those that were retired come last.</summary>
    public async Task<IReadOnlyList<FieldView>> All(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var fields = await db.TicketFields.Where(Mine.Fields(caller)).ToListAsync(ct);
        return [.. fields.OrderBy(f => f.RetiredAt ?? DateTimeOffset.MinValue).ThenBy(f => f.Position).Select(FieldView.Of)];
    }

    /// <summary>Those that are asked for.</summary>
    public async Task<IReadOnlyList<FieldView>> Living(Caller caller, CancellationToken ct) => [.. (await All(caller, ct)).Where(f => !f.Retired)];

    public async Task<FieldView?> One(Caller caller, FieldId id, CancellationToken ct) => (await All(caller, ct)).FirstOrDefault(f => f.Id == id.Value);

    /// <summary>What a ticket has in those of these fields that are asked for, as it goes to a partner.</summary>
    internal static async ValueTask<IReadOnlyList<FieldData>> ToShare(IUnit unit, TicketId ticket, IReadOnlyList<string> keys)
    {
        await unit.Flush();
        var values = await (
            from value in unit.Db.TicketValues
            where value.Ticket == ticket
            join field in unit.Db.TicketFields on value.Field equals field.Id
            where field.RetiredAt == null && keys.Contains(field.Key)
            orderby field.Position
            select new { field.Key, field.Label, field.Kind, value.Text }).ToListAsync();
        return values.ConvertAll(v => new FieldData(v.Key, v.Label, v.Kind, v.Text));
    }

    /// <summary>What these tickets have, each under the field's key: one statement for a page of them.</summary>
    internal static async Task<ILookup<TicketId, KeyValuePair<string, FieldValue>>> Of(ExchangeDb db, List<TicketId> tickets, CancellationToken ct)
    {
        var values = tickets.Count == 0 ? [] : await (
            from value in db.TicketValues
            where tickets.Contains(value.Ticket)
            join field in db.TicketFields on value.Field equals field.Id
            select new { value.Ticket, field.Key, field.Kind, value.Text, field.Position }).ToListAsync(ct);
        return values.OrderBy(v => v.Position).ThenBy(v => v.Key, StringComparer.Ordinal)
            .ToLookup(v => v.Ticket, v => KeyValuePair.Create(v.Key, new FieldValue(v.Kind, v.Text)));
    }
}
