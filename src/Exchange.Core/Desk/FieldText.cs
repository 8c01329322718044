using System.Globalization;
using Exchange.Core.Store;

namespace Exchange.Core.Desk;

/// <summary>Values of fields as they are kept: one text for one value, whoever wrote it. Pure.</summary>
public static class FieldText
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 200;

    /// <summary>Digits before the point, and after it.</summary>
    public const int WholeDigits = 15;

    public const int PartDigits = 6;

    private const decimal Beyond = 1_000_000_000_000_000m;

    /// <summary>The value as it is kept: a number with a point and no needless zeros, a date as yyyy-MM-dd, yes as <c>true</c>; null for no such value.</summary>
    public static string? Of(string kind, IReadOnlyList<string> choices, string typed) => kind switch
    {
        FieldKind.Text => typed.Trim() is { Length: > 0 and <= MaxText } text && !text.Any(Rules.Turns) ? text : null,
        FieldKind.Number => Number(typed) is { } number ? Show(number) : null,
        FieldKind.Date => DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        FieldKind.Choice => choices.Contains(typed, StringComparer.Ordinal) ? typed : null,
        FieldKind.YesNo => typed is "true" or "false" ? typed : null,
        _ => null,
    };

    /// <summary>How a kept value is found: texts whatever the size of their letters, numbers so that their order is that of the texts.</summary>
    public static string Sort(string kind, string kept) => kind switch
    {
        FieldKind.Text or FieldKind.Choice => kept.ToLowerInvariant(),
        FieldKind.Number => Ordered(decimal.Parse(kept, CultureInfo.InvariantCulture)),
        _ => kept,
    };

    /// <summary>Null for what is no number, or is too long for one.</summary>
    private static decimal? Number(string typed) =>
        decimal.TryParse(typed.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) < Beyond && decimal.Round(number, PartDigits) == number
            ? number
            : null;

    private static string Show(decimal number) => number == 0 ? "0" : number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>What is below zero stands before the rest, and the nearer to zero the later.</summary>
    private static string Ordered(decimal number) => number < 0
        ? "0" + (Beyond + number).ToString("000000000000000.000000", CultureInfo.InvariantCulture)
        : "1" + number.ToString("000000000000000.000000", CultureInfo.InvariantCulture);
}
