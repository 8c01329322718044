using System.Globalization;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>Times and sizes as the reader says them, in his language and time zone.</summary>
public sealed class Show(Texts t, TimeProvider time, IHttpContextAccessor http)
{
    private TimeZoneInfo Zone => http.HttpContext is not { } context ? TimeZoneInfo.Utc
        : context.Features.Get<At>() is { } at ? at.Zone
        : context.Features.Get<PlaceZone>() is { } place ? place.Zone
        : context.Features.Get<PersonSession>()?.Person.TimeZone is { } own && TimeZoneInfo.TryFindSystemTimeZoneById(own, out var zone) ? zone : TimeZoneInfo.Utc;

    public DateTimeOffset Now => time.Present();

    public DateTimeOffset Local(DateTimeOffset when) => TimeZoneInfo.ConvertTime(when, Zone);

    public string Clock(DateTimeOffset when) => Local(when).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>Today the time alone, else the day too.</summary>
    public string When(DateTimeOffset when)
    {
        var (local, today) = (Local(when), Local(Now));
        return local.Date == today.Date ? Clock(when)
            : local.Year == today.Year ? local.ToString("d MMM, HH:mm", CultureInfo.CurrentCulture)
            : local.ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
    }

    public string Day(DateTimeOffset when) => Local(when).ToString("dddd d MMMM", CultureInfo.CurrentCulture);

    public string Date(DateTimeOffset when) => Local(when).ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>For <c>datetime</c> attributes.</summary>
    public static string Iso(DateTimeOffset when) => when.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long ago, or how long it took: <c>4 min</c>, <c>2 h 41</c>, <c>3 days</c>.</summary>
    public string Span(TimeSpan span)
    {
        span = span.Duration();
        return span.TotalMinutes < 1 ? t["under a minute"]
            : span.TotalHours < 1 ? t["{0} min", (int)span.TotalMinutes]
            : span.TotalHours < 24 ? span.Minutes == 0 ? t["{0} h", (int)span.TotalHours] : t["{0} h {1:00}", (int)span.TotalHours, span.Minutes]
            : t.Count("{0} days", (long)Math.Round(span.TotalDays));
    }

    public string Ago(DateTimeOffset when) => IsNow(when) ? t["just now"] : t["{0} ago", Span(Now - when)];

    /// <summary>The same without the word for it: for a column whose head says it.</summary>
    public string Since(DateTimeOffset when) => IsNow(when) ? t["just now"] : Span(Now - when);

    /// <summary>What is left until then, or by how much it is over.</summary>
    public string Left(DateTimeOffset due) => due >= Now ? Span(due - Now) : t["{0} over", Span(Now - due)];

    public bool IsOver(DateTimeOffset? due) => due < Now;

    /// <summary>Whether little is left: a quarter of an hour, or a tenth of the whole.</summary>
    public bool IsSoon(DateTimeOffset? due, DateTimeOffset? since) => due >= Now && due - Now < TimeSpan.FromTicks(Math.Max(TimeSpan.FromMinutes(15).Ticks, since is null ? 0 : (due.Value - since.Value).Ticks / 10));

    private bool IsNow(DateTimeOffset when) => Now - when < TimeSpan.FromMinutes(1);

    public string Size(long bytes) => bytes < 1024 ? t["{0} B", bytes]
        : bytes < 1024 * 1024 ? t["{0:0} kB", bytes / 1024.0]
        : bytes < 1024L * 1024 * 1024 ? t["{0:0.0} MB", bytes / 1024.0 / 1024]
        : t["{0:0.0} GB", bytes / 1024.0 / 1024 / 1024];

    /// <summary>Two letters for a name.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "–" : string.Concat(words.Take(2).Select(w => StringInfo.GetNextTextElement(w).ToUpper(CultureInfo.CurrentCulture)));
    }
}
