using System.Diagnostics.CodeAnalysis;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Desk;

/// <summary>Values of one's own fields, read from an ask and not yet stored.</summary>
/// <param name="Values">Of each field that was named: as it is kept, or null where it is cleared.</param>
internal sealed record FieldInputs(IReadOnlyList<(TicketField Field, string? Text)> Values)
{
    public static readonly FieldInputs None = new([]);

    public static readonly string TooMany = $"'fields' names at most {TicketField.Most} fields.";

    /// <summary>
    /// Reads what a ticket is opened with. People have to give what is required; a program need not, since it may know the rest later.
    /// </summary>
    public static async ValueTask<Outcome<FieldInputs>> ToOpen(IUnit unit, Caller caller, IReadOnlyDictionary<string, FieldInput?>? given)
    {
        var person = caller.Roles is not null;
        if (!person && given is not { Count: > 0 })
        {
            return None;
        }

        var fields = await Living(unit, caller);
        return Read(fields, given, person ? fields.FindAll(f => f.Required) : []);
    }

    /// <summary>What the form does not ask for is not taken, whatever is posted.</summary>
    public static async ValueTask<Outcome<FieldInputs>> OfForm(IUnit unit, Caller caller, IReadOnlyDictionary<string, FieldInput?>? given)
    {
        var asked = (await Living(unit, caller)).FindAll(f => f.OnForm);
        var shown = (given ?? new Dictionary<string, FieldInput?>(StringComparer.Ordinal)).Where(g => asked.Exists(f => f.Key == g.Key)).ToDictionary(StringComparer.Ordinal);
        return Read(asked, shown, asked.FindAll(f => f.Required));
    }

    /// <summary>What is not named stays as it is.</summary>
    public static async ValueTask<Outcome<FieldInputs>> ToChange(IUnit unit, Caller caller, IReadOnlyDictionary<string, FieldInput?>? given, bool mirror)
    {
        if (given is not { Count: > 0 })
        {
            return None;
        }

        // A person does not empty what a person had to fill in. A partner's ticket came without it.
        var fields = await Living(unit, caller);
        return Read(fields, given, caller.Roles is null || mirror ? [] : fields.FindAll(f => f.Required && given.ContainsKey(f.Key)));
    }

    /// <summary>For a ticket that is new.</summary>
    public void Store(IUnit unit, Ticket ticket) =>
        unit.Db.AddRange(Values.Where(v => v.Text is not null).Select(v => Row(ticket, v.Field, v.Text!)));

    /// <summary>Under the ticket's lock.</summary>
    /// <returns>Whether any is another now.</returns>
    public async ValueTask<bool> Change(IUnit unit, Ticket ticket)
    {
        if (Values.Count == 0)
        {
            return false;
        }

        var present = await unit.Db.TicketValues.AsTracking().Where(v => v.Ticket == ticket.Id).ToListAsync();
        var changed = false;
        foreach (var (field, text) in Values)
        {
            var row = present.Find(v => v.Field == field.Id);
            if (row?.Text == text)
            {
                continue;
            }

            changed = true;
            if (row is null)
            {
                unit.Db.Add(Row(ticket, field, text!));
            }
            else if (text is null)
            {
                unit.Db.Remove(row);
            }
            else
            {
                (row.Text, row.Sort) = (text, FieldText.Sort(field.Kind, text));
            }
        }

        return changed;
    }

    internal static Outcome<FieldInputs> Read(List<TicketField> fields, IReadOnlyDictionary<string, FieldInput?>? given, List<TicketField> required)
    {
        var (values, wrong) = (new List<(TicketField, string?)>(), new Dictionary<string, string[]>(StringComparer.Ordinal));
        foreach (var (key, input) in given ?? new Dictionary<string, FieldInput?>(StringComparer.Ordinal))
        {
            if (fields.Find(f => f.Key == key) is not { } field)
            {
                wrong[$"fields.{key}"] = ["This company's tickets have no such field, or have it no more."];
            }
            else if (IsNothing(input))
            {
                values.Add((field, null));
            }
            else if ((input.Fits(field.Kind) ? FieldText.Of(field.Kind, field.Choices, input.Text) : null) is { } text)
            {
                values.Add((field, text));
            }
            else
            {
                wrong[$"fields.{key}"] = [Wanted(field)];
            }
        }

        foreach (var field in required.Where(f => !wrong.ContainsKey($"fields.{f.Key}") && !values.Exists(v => v.Item1 == f && v.Item2 is not null)))
        {
            wrong[$"fields.{field.Key}"] = [$"“{field.Label}” is needed."];
        }

        return wrong.Count == 0 ? new FieldInputs(values) : new Fault(Codes.Validation, wrong.Values.First()[0]) { Errors = wrong };
    }

    private static bool IsNothing([NotNullWhen(false)] FieldInput? input) =>
        input is null || (input.From is FieldInputFrom.Page or FieldInputFrom.Text && string.IsNullOrWhiteSpace(input.Text));

    private static string Wanted(TicketField field) => field.Kind switch
    {
        FieldKind.Number => $"“{field.Label}” is a number with at most {FieldText.WholeDigits} digits before the point and {FieldText.PartDigits} after it.",
        FieldKind.Date => $"“{field.Label}” is a date, such as 2026-05-31.",
        FieldKind.Choice => $"“{field.Label}” is one of: {string.Join(", ", field.Choices)}.",
        FieldKind.YesNo => $"“{field.Label}” is true or false.",
        _ => $"“{field.Label}” is one line of text of up to {FieldText.MaxText} characters.",
    };

    private static TicketValue Row(Ticket ticket, TicketField field, string text) => new()
    {
        Ticket = ticket.Id, Field = field.Id, Account = ticket.Account, Number = ticket.Number, Text = text, Sort = FieldText.Sort(field.Kind, text),
    };

    private static Task<List<TicketField>> Living(IUnit unit, Caller caller) =>
        unit.Db.TicketFields.Where(Mine.Fields(caller)).Where(f => f.RetiredAt == null).ToListAsync();
}
