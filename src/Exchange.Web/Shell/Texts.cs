using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Html;
using System.Text.Encodings.Web;

namespace Exchange.Web.Shell;

/// <summary>
/// The texts of the pages, in the language of the request. A key is the English text; the resource files in <c>Texts</c>, one for
/// each part of the desk and language, hold all of them. What is put into a text is encoded where it is shown.
/// </summary>
public sealed class Texts
{
    private static readonly ResourceManager[] Parts =
    [
        .. typeof(Texts).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => new ResourceManager(name[..^".resources".Length], typeof(Texts).Assembly)),
    ];

    private static readonly ConcurrentDictionary<CultureInfo, FrozenDictionary<string, string>> Read = new();

    private static FrozenDictionary<string, string> Present => Read.GetOrAdd(CultureInfo.CurrentUICulture, static culture => All(culture));

    public string this[string key] => Present.GetValueOrDefault(key) ?? key;

    public string this[string key, params object?[] with] => string.Format(CultureInfo.CurrentCulture, this[key], with);

    /// <summary>A text with a number: its forms stand in one resource, parted by <c>|</c>, as many as the language has.</summary>
    public string Count(string key, long number, params object?[] with)
    {
        var forms = this[key].Split('|');
        var form = forms[Math.Min(Form(number), forms.Length - 1)];
        return string.Format(CultureInfo.CurrentCulture, form, [number, .. with]);
    }

    /// <summary>A text whose parts in <c>**</c> are strong. What is put in is encoded, and cannot be strong by itself.</summary>
    public IHtmlContent Strong(string key, params object?[] with)
    {
        var html = new HtmlContentBuilder();
        var strong = false;
        foreach (var part in this[key].Split("**"))
        {
            var text = HtmlEncoder.Default.Encode(string.Format(CultureInfo.CurrentCulture, part, with));
            html.AppendHtml(strong ? $"<b>{text}</b>" : text);
            strong = !strong;
        }

        return html;
    }

    /// <summary>Why something was refused: in the reader's language where there is a text for its code, else as the refusal itself says it.</summary>
    public string Of(Fault fault) => Present.GetValueOrDefault($"fault:{fault.Code}") ?? this[fault.Detail];

    /// <summary>All texts of a language.</summary>
    public static FrozenDictionary<string, string> All(CultureInfo culture)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Parts)
        {
            foreach (var level in new[] { culture.Parent, CultureInfo.InvariantCulture })
            {
                if (part.GetResourceSet(level.Equals(CultureInfo.GetCultureInfo("en")) ? CultureInfo.InvariantCulture : level, createIfNotExists: true, tryParents: false) is { } set)
                {
                    foreach (System.Collections.DictionaryEntry text in set)
                    {
                        all.TryAdd((string)text.Key, (string)text.Value!);
                    }
                }
            }
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static int Form(long number)
    {
        var (n, ten, hundred) = (Math.Abs(number), Math.Abs(number) % 10, Math.Abs(number) % 100);
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName switch
        {
            "ru" => ten == 1 && hundred != 11 ? 0 : ten is >= 2 and <= 4 && hundred is not (>= 12 and <= 14) ? 1 : 2,
            "fr" => n < 2 ? 0 : 1,
            _ => n == 1 ? 0 : 1,
        };
    }
}
