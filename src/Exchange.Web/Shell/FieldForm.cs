using System.Globalization;
using Exchange.Contracts.V1;
using Exchange.Core.Desk;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>One of the company's own fields as a form has it.</summary>
/// <param name="Value">As it is kept, or as it was typed.</param>
/// <param name="Bad">Whether it has to be looked at again.</param>
/// <param name="Must">Whether the form is not sent without it.</param>
public sealed record FieldInputModel(FieldView Field, string? Value, bool Bad, bool Must)
{
    public string Name => FieldForm.Name(Field);

    public string Id => $"f-{Field.Key}";
}

/// <summary>The company's own fields in the forms of pages.</summary>
public static class FieldForm
{
    public static string Name(FieldView field) => FieldFilter.Prefix + field.Key;

    /// <summary>What was typed, by the fields' keys; a field that the form did not have is not among it.</summary>
    public static IReadOnlyDictionary<string, string> Typed(HttpRequest request, IReadOnlyList<FieldView> fields) => !request.HasFormContentType
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : fields.Where(f => request.Form.ContainsKey(Name(f))).ToDictionary(f => f.Key, f => request.Form[Name(f)].ToString(), StringComparer.Ordinal);

    /// <summary>Nothing typed is nothing.</summary>
    public static IReadOnlyDictionary<string, FieldInput?> Inputs(IEnumerable<KeyValuePair<string, string>> typed) =>
        typed.ToDictionary(t => t.Key, t => string.IsNullOrWhiteSpace(t.Value) ? null : FieldInput.Typed(t.Value), StringComparer.Ordinal);

    /// <summary>What is wrong with what was typed, in the reader's words; null where nothing is.</summary>
    /// <param name="must">Whether what the company requires has to be there.</param>
    public static string? Wrong(Texts t, FieldView field, string? typed, bool must)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return must && field.Required ? t["“{0}” is needed.", field.Label] : null;
        }

        return FieldText.Of(field.Kind, field.Choices, typed) is not null ? null : field.Kind switch
        {
            FieldKind.Number => t["“{0}” is a number, such as 12.5.", field.Label],
            FieldKind.Date => t["“{0}” is a date, such as 2026-05-31.", field.Label],
            FieldKind.Choice or FieldKind.YesNo => t["Choose one of what “{0}” offers.", field.Label],
            _ => t["“{0}” is one line of up to {1} characters.", field.Label, FieldText.MaxText],
        };
    }

    /// <summary>A partner's, as the reader says it; what cannot be read so stands as it came.</summary>
    public static string Show(Texts t, FieldData field) => FieldText.Of(field.Kind, [field.Value], field.Value) == field.Value ? Show(t, new FieldValue(field.Kind, field.Value)) : field.Value;

    /// <summary>A value as the reader says it.</summary>
    public static string Show(Texts t, FieldValue value) => value.Kind switch
    {
        FieldKind.YesNo => value.Text == "true" ? t["yes"] : t["no"],
        FieldKind.Number => decimal.Parse(value.Text, CultureInfo.InvariantCulture).ToString("#,0.######", CultureInfo.CurrentCulture),
        FieldKind.Date => DateOnly.ParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("d MMM yyyy", CultureInfo.CurrentCulture),
        _ => value.Text,
    };
}
