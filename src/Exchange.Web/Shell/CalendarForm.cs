using Exchange.Core.Accounts;

namespace Exchange.Web.Shell;

/// <summary>What is typed for a calendar.</summary>
public sealed record CalendarForm
{
    public string? Name { get; init; }

    public string? Zone { get; init; }

    public string? Monday { get; init; }

    public string? Tuesday { get; init; }

    public string? Wednesday { get; init; }

    public string? Thursday { get; init; }

    public string? Friday { get; init; }

    public string? Saturday { get; init; }

    public string? Sunday { get; init; }

    /// <summary>Free days, one a line.</summary>
    public string? Days { get; init; }

    /// <summary>Whether it becomes the usual one.</summary>
    public bool Usual { get; init; }

    public static CalendarForm Of(CalendarView c) => new()
    {
        Name = c.Name,
        Zone = c.TimeZone,
        Monday = c.Hours[0],
        Tuesday = c.Hours[1],
        Wednesday = c.Hours[2],
        Thursday = c.Hours[3],
        Friday = c.Hours[4],
        Saturday = c.Hours[5],
        Sunday = c.Hours[6],
        Days = string.Join('\n', c.Days),
    };

    /// <summary>The days from Monday on; the name of each is that of its field.</summary>
    public IReadOnlyList<(DayOfWeek Day, string? Hours)> Week() =>
    [
        (DayOfWeek.Monday, Monday), (DayOfWeek.Tuesday, Tuesday), (DayOfWeek.Wednesday, Wednesday), (DayOfWeek.Thursday, Thursday),
        (DayOfWeek.Friday, Friday), (DayOfWeek.Saturday, Saturday), (DayOfWeek.Sunday, Sunday),
    ];

    public IReadOnlyList<string> Hours() => [.. Week().Select(day => day.Hours ?? "")];

    public IReadOnlyList<string> Lines() => (Days ?? "").Split('\n');

    /// <summary>What the rules of the ask would refuse, in the words of the page.</summary>
    public IEnumerable<string> Wrong(Texts t)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > AddCalendarRules.MaxName)
        {
            yield return t["A calendar has a name of up to {0} characters.", AddCalendarRules.MaxName];
        }

        if (!AddCalendarRules.IsTimeZone(Zone))
        {
            yield return t["“{0}” is no time zone: choose one of the list, such as Europe/Berlin.", Zone];
        }

        foreach (var (day, line) in Week())
        {
            if (Wrong(t, day, line, HoursText.Read(line, out _)) is { } why)
            {
                yield return why;
            }
        }

        var (fault, at) = FreeDayText.Read(Lines(), out _);
        if (fault != FreeDayFault.None)
        {
            yield return Wrong(t, fault, at, Lines()[at - 1].Trim());
        }
    }

    private static string? Wrong(Texts t, DayOfWeek day, string? line, HoursFault fault) => fault switch
    {
        HoursFault.Unreadable => t["{0}: “{1}” are no hours. Write 08:00-12:00, 13:00-17:00, or nothing for a day without.", WorkWords.Title(day), line],
        HoursFault.TooMany => t["{0}: “{1}” are too many. A day has up to {2} spans.", WorkWords.Title(day), line, HoursText.MostSpans],
        HoursFault.Disorder => t["{0}: “{1}” are in disorder. Each span begins before it ends, and after the one before it; a day ends at 24:00.", WorkWords.Title(day), line],
        _ => null,
    };

    private static string Wrong(Texts t, FreeDayFault fault, int at, string line) => fault switch
    {
        FreeDayFault.Twice => t["Free days, line {0}: “{1}” has a date that stands there already.", at, line],
        FreeDayFault.BadName => t["Free days, line {0}: the name in “{1}” is longer than {2} characters, or holds signs that cannot be shown.", at, line, FreeDayText.MaxName],
        FreeDayFault.TooMany => t["Free days, line {0}: a calendar has up to {1} free days.", at, FreeDayText.Most],
        _ => t["Free days, line {0}: “{1}” does not begin with a date such as 2026-12-25.", at, line],
    };
}
