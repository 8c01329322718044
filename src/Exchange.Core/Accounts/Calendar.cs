using Exchange.Core.Kernel;

namespace Exchange.Core.Accounts;

/// <summary>When a company works: its hours on each day of the week, in a time zone, and the days on which it does not.</summary>
public sealed class Calendar
{
    public required Guid Id { get; init; }

    public required AccountId Account { get; init; }

    public required string Name { get; set; }

    /// <summary>An IANA name; the hours are what a clock on the wall shows there.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Seven lines from Monday on, as <see cref="HoursText"/> writes them; empty for a day without hours.</summary>
    public IReadOnlyList<string> Hours { get; set; } = [];

    /// <summary>As <see cref="FreeDayText"/> writes them, in their order.</summary>
    public IReadOnlyList<string> Days { get; set; } = [];

    /// <summary>Of the calendars of a company one is the usual one: customers are told its hours.</summary>
    public bool IsUsual { get; private set; }

    /// <summary>One more with each change, so that nobody writes over what he has not seen.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Makes one of a company's calendars its usual one, and no other.</summary>
    public static void Choose(IEnumerable<Calendar> all, Calendar usual)
    {
        foreach (var calendar in all)
        {
            calendar.IsUsual = calendar == usual;
        }
    }

    /// <summary>The refusal of a change by somebody who saw another version; null where he saw this one, or does not say.</summary>
    internal Fault? Stale(long? seen) => seen is { } version && version != Version
        ? new Fault(Codes.VersionConflict, $"The calendar is at version {Version}, and you saw {version}: read it again.")
        : null;
}

/// <summary>The id of a calendar.</summary>
public readonly record struct CalendarId(Guid Value) : IAnswer<CalendarId>
{
    public Guid Thing => Value;

    public static CalendarId Replayed(Guid thing) => new(thing);
}
