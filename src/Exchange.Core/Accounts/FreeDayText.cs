using System.Globalization;
using Exchange.Core.Store;

namespace Exchange.Core.Accounts;

/// <summary>A day on which nobody works, whatever day of the week it is.</summary>
public readonly record struct FreeDay(DateOnly Date, string? Name);

/// <summary>What is wrong with a line of free days.</summary>
public enum FreeDayFault
{
    None,

    /// <summary>It does not begin with a date.</summary>
    NoDate,

    /// <summary>The date stands in a line before it.</summary>
    Twice,

    /// <summary>The name is too long, or holds what would change the line.</summary>
    BadName,

    TooMany,
}

/// <summary>Free days as people write them, one a line: <c>2026-12-25 Christmas</c>, or the date alone. Pure.</summary>
public static class FreeDayText
{
    /// <summary>So many has a calendar at most.</summary>
    public const int Most = 200;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 60;

    private const string Form = "yyyy-MM-dd";

    /// <summary>Empty lines are passed over.</summary>
    /// <param name="days">In their order; empty where a line is wrong.</param>
    /// <returns>What is wrong, and the number of the line, from 1.</returns>
    public static (FreeDayFault Fault, int Line) Read(IReadOnlyList<string?> lines, out IReadOnlyList<FreeDay> days)
    {
        days = [];
        var read = new SortedDictionary<DateOnly, FreeDay>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            var fault = Read(lines[i]!.Trim(), out var day);
            fault = fault != FreeDayFault.None ? fault : read.ContainsKey(day.Date) ? FreeDayFault.Twice : read.Count == Most ? FreeDayFault.TooMany : FreeDayFault.None;
            if (fault != FreeDayFault.None)
            {
                return (fault, i + 1);
            }

            read.Add(day.Date, day);
        }

        days = [.. read.Values];
        return (FreeDayFault.None, 0);
    }

    /// <summary>As it is kept, and stands in the field again.</summary>
    public static string Write(FreeDay day) => day.Date.ToString(Form, CultureInfo.InvariantCulture) + (day.Name is null ? "" : $" {day.Name}");

    private static FreeDayFault Read(string line, out FreeDay day)
    {
        day = default;
        var (date, rest) = line.Length > Form.Length ? (line[..Form.Length], line[Form.Length..]) : (line, "");
        if (!DateOnly.TryParseExact(date, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var when) || (rest.Length > 0 && char.IsLetterOrDigit(rest[0])))
        {
            return FreeDayFault.NoDate;
        }

        var name = rest.Trim(' ', '\t', ',', ';', ':', '-', '–', '\u00a0');
        if (name.Length > MaxName || name.Any(Rules.Turns))
        {
            return FreeDayFault.BadName;
        }

        day = new FreeDay(when, name.Length == 0 ? null : name);
        return FreeDayFault.None;
    }
}
