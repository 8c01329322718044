using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>English, French and Russian.</summary>
public static class Languages
{
    public const string Cookie = "language";

    private static readonly CultureInfo Default = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Code, and the language's own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("fr", "Français"), ("ru", "Русский")];

    /// <summary>Texts, dates and numbers of this request: what the person chose, else this browser's choice, else what the browser asks for.</summary>
    public static void Speak(HttpContext context, string? chosen)
    {
        var culture = Of(chosen) ?? Of(context.Request.Cookies[Cookie]) ?? Asked(context) ?? Default;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        context.Response.Headers.ContentLanguage = culture.TwoLetterISOLanguageName;
    }

    /// <summary>Writes something in a language, outside of any request; in English where there is none.</summary>
    public static T In<T>(string? code, Func<T> write)
    {
        var (culture, texts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Of(code) ?? Default;
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, texts);
        }
    }

    /// <summary>The language of this request.</summary>
    public static string Present => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static bool IsOne(string? code) => All.Any(language => language.Code == code);

    private static CultureInfo? Of(string? code) => code switch
    {
        "en" => Default,
        "fr" => CultureInfo.GetCultureInfo("fr-FR"),
        "ru" => CultureInfo.GetCultureInfo("ru-RU"),
        _ => null,
    };

    private static CultureInfo? Asked(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => Of(language.Value.Value is { Length: >= 2 } value ? value[..2].ToLowerInvariant() : null))
        .FirstOrDefault(culture => culture is not null);
}
