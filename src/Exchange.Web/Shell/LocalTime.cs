using System.Globalization;

namespace Exchange.Web.Shell;

/// <summary>The value of a <c>datetime-local</c> field, in the reader's time zone.</summary>
public static class LocalTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    /// <returns>False where it is no time, or one that the clock left out; an empty field is no time and no mistake.</returns>
    public static bool TryRead(string? field, TimeZoneInfo zone, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(field))
        {
            return true;
        }

        if (!DateTime.TryParseExact(field.Trim(), [Form, Form + "':'ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || zone.IsInvalidTime(local))
        {
            return false;
        }

        time = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return true;
    }

    public static string Write(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString(Form, CultureInfo.InvariantCulture);
}
