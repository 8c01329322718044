using System.Globalization;
using System.Security.Cryptography;

namespace Exchange.Web.Shell;

/// <summary>What somebody typed into a form, as a value.</summary>
public static class Entered
{
    /// <summary>Of a <c>datetime-local</c> field, in the reader's time zone; null when nothing, or nothing that is a time, was typed.</summary>
    public static DateTimeOffset? Time(string? typed, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(typed, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        // A time that the clocks leap over in spring is taken as the one an hour later.
        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>As a <c>datetime-local</c> field wants it.</summary>
    public static string Field(DateTimeOffset when, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(when, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Of a number field, which browsers send with a point.</summary>
    public static decimal? Number(string? typed) =>
        decimal.TryParse(typed?.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A key for a form whose second sending must have no second effect.</summary>
    public static string Once() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Null for nothing but spaces.</summary>
    public static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
