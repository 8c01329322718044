using System.Globalization;
using System.Text;

namespace Exchange.Core.Files;

/// <summary>Names and types of uploaded files, as far as they can be trusted: not at all.</summary>
public static class FileNames
{
    private static readonly HashSet<string> SafeImages = new(StringComparer.Ordinal) { "image/png", "image/jpeg", "image/gif", "image/webp" };

    public const int MaxLength = 200;

    /// <summary>The last part of the name, without control, direction and path characters; never empty.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var kept = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && rune.Value is not ('"' or '<' or '>' or '|' or ':' or '*' or '?' or 0xFFFD))
            {
                kept.Append(rune.ToString());
            }
        }

        var clean = kept.ToString().Trim(' ', '.');
        if (clean.Length > MaxLength)
        {
            var ending = Path.GetExtension(clean);
            ending = ending.Length is > 0 and < 20 ? ending : "";
            var cut = MaxLength - ending.Length;
            clean = clean[..(char.IsHighSurrogate(clean[cut - 1]) ? cut - 1 : cut)] + ending;
        }

        return clean.Length == 0 ? "file" : clean;
    }

    /// <summary>The announced media type when it is one; otherwise plain bytes.</summary>
    public static string CleanType(string? contentType) =>
        contentType is { Length: < 120 } && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var parsed) && parsed.MediaType is { } type
            ? type.ToLowerInvariant()
            : "application/octet-stream";

    /// <summary>Whether a browser may show it by itself; everything else is saved, never opened.</summary>
    public static bool IsSafeImage(string contentType) => SafeImages.Contains(contentType);
}
