using System.Collections.Frozen;

namespace Exchange.Core.Accounts;

/// <summary>
/// When a company works: while a clock on the wall in its zone shows a time within the hours of that weekday, on a day that is not free.
/// So an hour that the clocks leap over is not worked, and one that they show twice is worked twice; what counts is the time that really passes. Pure.
/// </summary>
public sealed class WorkTime
{
    private const int DaysOfWeek = 7;

    private readonly FrozenSet<DateOnly> _free;

    /// <param name="week">Seven days from Monday on, the spans of each in their order.</param>
    /// <param name="free">Days without hours, whatever day of the week they are.</param>
    public WorkTime(TimeZoneInfo zone, IReadOnlyList<IReadOnlyList<WorkSpan>> week, IEnumerable<DateOnly> free)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(week.Count, DaysOfWeek, nameof(week));
        (Zone, Week, _free) = (zone, week, free.ToFrozenSet());
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>Seven days from Monday on.</summary>
    public IReadOnlyList<IReadOnlyList<WorkSpan>> Week { get; }

    /// <summary>How much a week has in which no day is free and no clock is turned.</summary>
    public TimeSpan UsualWeek
    {
        get
        {
            var monday = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
            return new WorkTime(TimeZoneInfo.Utc, Week, []).Between(monday, monday.AddDays(DaysOfWeek));
        }
    }

    /// <summary>Of what a calendar keeps.</summary>
    internal static WorkTime Of(Calendar calendar)
    {
        FreeDayText.Read(calendar.Days, out var free);
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(calendar.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return new WorkTime(zone, [.. calendar.Hours.Select(Spans)], free.Select(day => day.Date));
    }

    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        return On(local).Any(span => span.From <= local.TimeOfDay && local.TimeOfDay < span.To);
    }

    /// <summary>The first instant from then on at which it is open: then, where it is; null where there is none within a year.</summary>
    public DateTimeOffset? NextOpen(DateTimeOffset at) => Open(at, at.AddYears(1)).Select(open => (DateTimeOffset?)open.From).FirstOrDefault();

    /// <summary>When what is open then closes: then, where nothing is; null where it does not close within a year.</summary>
    public DateTimeOffset? OpenUntil(DateTimeOffset at)
    {
        var (until, last) = (at, at.AddYears(1));
        foreach (var open in Open(at, last))
        {
            if (open.From > until)
            {
                return until;
            }

            until = open.To;
        }

        return until < last ? until : null;
    }

    /// <summary>How much of the time between two instants is working time; none where the second is not after the first.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => Open(from, to).Aggregate(TimeSpan.Zero, (sum, open) => sum + (open.To - open.From));

    private static IReadOnlyList<WorkSpan> Spans(string line)
    {
        HoursText.Read(line, out var spans);
        return spans;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private IReadOnlyList<WorkSpan> On(DateTime local) =>
        _free.Contains(DateOnly.FromDateTime(local)) ? [] : Week[((int)local.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek];

    /// <summary>What is open between two instants, in order; spans that touch stand for themselves.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Open(DateTimeOffset from, DateTimeOffset to)
    {
        // Piece by piece: one day of the wall, or the part of it before or after its clocks are turned. Within a piece local time is UTC and a constant.
        for (var at = from.ToUniversalTime(); at < to;)
        {
            var offset = Zone.GetUtcOffset(at);
            var local = at.UtcDateTime + offset;
            var midnight = new DateTimeOffset(local.Date - offset);
            var end = BeforeTurn(at, Earlier(midnight.AddDays(1), to.ToUniversalTime()), offset);
            foreach (var span in On(local))
            {
                var (opens, closes) = (Later(midnight + span.From, at), Earlier(midnight + span.To, end));
                if (opens < closes)
                {
                    yield return (opens, closes);
                }
            }

            at = end;
        }
    }

    /// <summary>The end, or the instant before it at which the clocks are turned. Within a day they are turned once at most.</summary>
    private DateTimeOffset BeforeTurn(DateTimeOffset at, DateTimeOffset end, TimeSpan offset)
    {
        if (Zone.GetUtcOffset(end) == offset)
        {
            return end;
        }

        var (same, turned) = (at.UtcTicks, end.UtcTicks);
        while (turned - same > 1)
        {
            var middle = same + ((turned - same) / 2);
            (same, turned) = Zone.GetUtcOffset(new DateTimeOffset(middle, TimeSpan.Zero)) == offset ? (middle, turned) : (same, middle);
        }

        return new DateTimeOffset(turned, TimeSpan.Zero);
    }
}
