using System.Globalization;
using System.Text.RegularExpressions;

namespace Exchange.Core.Accounts;

/// <summary>Hours of one day, from the one until before the other.</summary>
/// <param name="From">Since midnight.</param>
/// <param name="To">Since midnight; 24 hours are the day's end.</param>
public readonly record struct WorkSpan(TimeSpan From, TimeSpan To);

/// <summary>What is wrong with the hours of a day.</summary>
public enum HoursFault
{
    None,

    /// <summary>They are no spans of times.</summary>
    Unreadable,

    TooMany,

    /// <summary>A span ends before it begins, or begins before the one before it ends.</summary>
    Disorder,
}

/// <summary>The hours of a day as people write them: <c>08:00-12:00, 13:00-17:00</c>. Pure.</summary>
public static partial class HoursText
{
    public const int MostSpans = 3;

    /// <summary>The longest line that is read, in characters.</summary>
    public const int MaxLine = 100;

    private static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    /// <summary>Nothing written are no hours, and no mistake.</summary>
    public static HoursFault Read(string? line, out IReadOnlyList<WorkSpan> spans)
    {
        spans = [];
        var match = line is null || line.Length > MaxLine ? Match.Empty : Line().Match(line);
        if (!match.Success)
        {
            return line is null ? HoursFault.None : HoursFault.Unreadable;
        }

        var read = match.Groups["from"].Captures.Zip(match.Groups["to"].Captures, (from, to) => (From: Time(from.Value), To: Time(to.Value))).ToList();
        if (read.Exists(span => span.From is null || span.To is null))
        {
            return HoursFault.Unreadable;
        }

        var found = read.ConvertAll(span => new WorkSpan(span.From!.Value, span.To!.Value));
        if (found.Count > MostSpans)
        {
            return HoursFault.TooMany;
        }

        if (found.Exists(span => span.From >= span.To) || found.Zip(found.Skip(1), (one, next) => one.To > next.From).Contains(true))
        {
            return HoursFault.Disorder;
        }

        spans = found;
        return HoursFault.None;
    }

    /// <summary>As it is kept and shown: <c>08:00–12:00, 13:00–17:00</c>.</summary>
    public static string Write(IReadOnlyList<WorkSpan> spans) => string.Join(", ", spans.Select(span => $"{Write(span.From)}–{Write(span.To)}"));

    private static string Write(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    /// <summary>Null for no time of a day.</summary>
    private static TimeSpan? Time(string text)
    {
        var parts = text.Split(':');
        var (hours, minutes) = (Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : 0);
        var time = new TimeSpan(hours, minutes, 0);
        return minutes < 60 && time <= WholeDay ? time : null;
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Spans with a hyphen or a dash, parted by commas, semicolons or blanks.</summary>
    [GeneratedRegex(@"\A\s*(?:(?<from>[0-9]{1,2}(?::[0-9]{2})?)\s*[-\u2010-\u2014\u2212]\s*(?<to>[0-9]{1,2}(?::[0-9]{2})?)(?:\z|\s*[,;]\s*|\s+))*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
