using System.Globalization;
using Exchange.Core.Accounts;

namespace Exchange.Web.Shell;

/// <summary>When a company works, in the reader's words. All times are those of its calendar's zone.</summary>
public static class WorkWords
{
    /// <summary>So many days ahead a weekday's name can mean one day alone.</summary>
    private const int NamedDays = 7;

    private static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    /// <summary>Whether it is open, and until or from when it is otherwise.</summary>
    public static string Now(Texts t, WorkTime works, DateTimeOffset now)
    {
        var today = Local(works, now);
        if (works.IsOpen(now))
        {
            return works.OpenUntil(now) is { } until ? t["Open now, until {0}.", Until(Local(works, until), today)] : t["Open now, around the clock."];
        }

        return works.NextOpen(now) is not { } next ? t["Closed now."] : Back(t, Local(works, next), today);
    }

    /// <summary>The days that have hours, those in a row with the same ones together: <c>Monday – Friday</c>, <c>08:00–17:00</c>.</summary>
    public static IReadOnlyList<(string Days, string Hours)> Week(Texts t, WorkTime works)
    {
        var rows = new List<(string Days, string Hours)>();
        for (int first = 0, next; first < works.Week.Count; first = next)
        {
            next = first + 1;
            while (next < works.Week.Count && works.Week[next].SequenceEqual(works.Week[first]))
            {
                next++;
            }

            if (works.Week[first].Count > 0)
            {
                rows.Add((next - first == 1 ? Title(DayOf(first)) : $"{Title(DayOf(first))} – {Name(DayOf(next - 1))}", Hours(t, works.Week[first])));
            }
        }

        return rows;
    }

    /// <summary>How much a usual week has: <c>38 h 30 min a week</c>.</summary>
    public static string Length(Texts t, TimeSpan week) => week == TimeSpan.Zero ? t["no hours"]
        : week.Minutes == 0 ? t["{0} h a week", (int)week.TotalHours]
        : t["{0} h {1} min a week", (int)week.TotalHours, week.Minutes];

    /// <summary>A weekday's name, as it begins a line.</summary>
    public static string Title(DayOfWeek day)
    {
        var name = Name(day);
        return char.ToUpper(name[0], CultureInfo.CurrentCulture) + name[1..];
    }

    private static string Name(DayOfWeek day) => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day);

    /// <param name="place">From 0, which is Monday.</param>
    private static DayOfWeek DayOf(int place) => (DayOfWeek)((place + 1) % NamedDays);

    private static string Hours(Texts t, IReadOnlyList<WorkSpan> spans) => spans is [var all] && all == new WorkSpan(TimeSpan.Zero, WholeDay)
        ? t["around the clock"]
        : string.Join(", ", spans.Select(span => $"{Clock(span.From)}–{Clock(span.To)}"));

    private static string Back(Texts t, DateTime next, DateTime today) => next.Date == today.Date ? t["Closed now. Back today, {0}.", Clock(next.TimeOfDay)]
        : next.Date < today.Date.AddDays(NamedDays) ? t["Closed now. Back on {0}, {1}.", Name(next.DayOfWeek), Clock(next.TimeOfDay)]
        : t["Closed until {0}, {1}.", Date(next), Clock(next.TimeOfDay)];

    private static string Until(DateTime until, DateTime today) => until.Date == today.Date ? Clock(until.TimeOfDay)
        : until == today.Date.AddDays(1) ? Clock(WholeDay)
        : $"{(until.Date < today.Date.AddDays(NamedDays) ? Name(until.DayOfWeek) : Date(until))}, {Clock(until.TimeOfDay)}";

    private static string Date(DateTime local) => local.ToString("d MMMM", CultureInfo.CurrentCulture);

    /// <summary>A day ends at 24:00, which is no time of a clock.</summary>
    private static string Clock(TimeSpan time) => time == WholeDay ? "24:00" : TimeOnly.FromTimeSpan(time).ToString("t", CultureInfo.CurrentCulture);

    private static DateTime Local(WorkTime works, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, works.Zone).DateTime;
}
