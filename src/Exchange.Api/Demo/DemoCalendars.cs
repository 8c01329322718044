using System.Globalization;
using Exchange.Core.Accounts;

namespace Exchange.Api.Demo;

/// <summary>When Nordwind works.</summary>
internal static class DemoCalendars
{
    private const string Day = "08:00-17:00";

    public static async Task Add(Stage stage)
    {
        var year = stage.In(0)!.Value.Year;
        var free = new[] { year, year + 1 }.SelectMany(y => new[] { (1, 1, "Neujahr"), (5, 1, "Tag der Arbeit"), (10, 3, "Tag der Deutschen Einheit"), (12, 25, "1. Weihnachtstag"), (12, 26, "2. Weihnachtstag") }
            .Select(day => string.Create(CultureInfo.InvariantCulture, $"{new DateOnly(y, day.Item1, day.Item2):yyyy-MM-dd} {day.Item3}")));
        await stage.Do<AddCalendar, CalendarId>(new AddCalendar("Hamburg", Cast.Nordwind.TimeZone, [Day, Day, Day, Day, Day, "", ""], [.. free], true), Cast.Lena);
    }
}
