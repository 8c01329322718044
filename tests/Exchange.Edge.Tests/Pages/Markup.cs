using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Reads pages as far as tests need it: forms with what they hold, and words.</summary>
internal static partial class Markup
{
    private const RegexOptions Over = RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public static string TextOf(string html) => Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Comments().Replace(html, " "), " ")), " ").Trim();

    /// <summary>The keys that press a button are no part of its name.</summary>
    public static string WithoutKeys(string html) => Key().Replace(html, "");

    public static IEnumerable<Form> Forms(string html) => FormTag().Matches(html).Select(match =>
    {
        var attributes = match.Groups["attributes"].Value;
        var outside = Attribute(attributes, "id") is { } id
            ? Controls().Matches(html).Select(m => m.Value).Where(control => Attribute(control, "form") == id)
            : [];
        return new Form(attributes, match.Groups["inner"].Value + string.Concat(outside));
    });

    public static string Token(string html) => Forms(html).SelectMany(form => form.Fields())
        .FirstOrDefault(field => field.Key == "__RequestVerificationToken").Value ?? throw new AssertionException("The page has no form with a token.");

    public static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $"(?:^|\\s){name}\\s*=\\s*\"([^\"]*)\"", Over, TimeSpan.FromSeconds(1));
        return match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
    }

    /// <summary>Whether it stands there as a word of its own: <c>checked</c>, <c>disabled</c>.</summary>
    public static bool Says(string tag, string word) => Regex.IsMatch(tag, $"\\s{word}(?=[\\s=/>]|$)", Over, TimeSpan.FromSeconds(1));

    internal static IEnumerable<(string Tag, string Inner)> Buttons(string html) => ButtonTag().Matches(html).Select(m => (m.Groups["tag"].Value, m.Groups["inner"].Value));

    internal static IEnumerable<string> Inputs(string html) => Input().Matches(html).Select(m => m.Value);

    internal static IEnumerable<(string Tag, string Inner)> Areas(string html) => Area().Matches(html).Select(m => (m.Groups["tag"].Value, m.Groups["inner"].Value));

    internal static IEnumerable<(string Tag, string Inner)> Selects(string html) => Select().Matches(html).Select(m => (m.Groups["tag"].Value, m.Groups["inner"].Value));

    internal static IEnumerable<(string Tag, string Inner)> Options(string html) => Option().Matches(html).Select(m => (m.Groups["tag"].Value, m.Groups["inner"].Value));

    [GeneratedRegex(@"<!--.*?-->|<(?<tag>script|style)\b.*?</\k<tag>>", Over, 1000)]
    private static partial Regex Comments();

    [GeneratedRegex("<kbd\\b.*?</kbd>", Over, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<[^>]*>", Over, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", Over, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"<form\b(?<attributes>[^>]*)>(?<inner>.*?)</form>", Over, 1000)]
    private static partial Regex FormTag();

    [GeneratedRegex(@"<input\b[^>]*>|<(?<tag>button|select|textarea)\b[^>]*>.*?</\k<tag>>", Over, 1000)]
    private static partial Regex Controls();

    [GeneratedRegex(@"(?<tag><button\b[^>]*>)(?<inner>.*?)</button>", Over, 1000)]
    private static partial Regex ButtonTag();

    [GeneratedRegex(@"<input\b[^>]*>", Over, 1000)]
    private static partial Regex Input();

    [GeneratedRegex(@"(?<tag><textarea\b[^>]*>)(?<inner>.*?)</textarea>", Over, 1000)]
    private static partial Regex Area();

    [GeneratedRegex(@"(?<tag><select\b[^>]*>)(?<inner>.*?)</select>", Over, 1000)]
    private static partial Regex Select();

    [GeneratedRegex(@"(?<tag><option\b[^>]*>)(?<inner>.*?)</option>", Over, 1000)]
    private static partial Regex Option();
}

/// <param name="Attributes">Of its tag.</param>
/// <param name="Html">What stands in it, and what belongs to it from elsewhere on the page.</param>
internal sealed record Form(string Attributes, string Html)
{
    public bool Has(string button) => Button(button) is not null;

    /// <summary>What a browser would send, as it stands.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        foreach (var input in Markup.Inputs(Html).Where(i => !Markup.Says(i, "disabled")))
        {
            var type = Markup.Attribute(input, "type") ?? "text";
            if (Markup.Attribute(input, "name") is { } name && type is not ("submit" or "button" or "file") && (type is not ("checkbox" or "radio") || Markup.Says(input, "checked")))
            {
                yield return new(name, Markup.Attribute(input, "value") ?? (type is "checkbox" or "radio" ? "on" : ""));
            }
        }

        foreach (var (tag, inner) in Markup.Areas(Html))
        {
            if (Markup.Attribute(tag, "name") is { } name)
            {
                yield return new(name, WebUtility.HtmlDecode(inner).Trim('\n', '\r'));
            }
        }

        foreach (var (tag, inner) in Markup.Selects(Html))
        {
            var options = Markup.Options(inner).ToList();
            if (Markup.Attribute(tag, "name") is { } name && options.Count > 0)
            {
                var chosen = options.Find(o => Markup.Says(o.Tag, "selected")) is { Tag: not null } selected ? selected : options[0];
                yield return new(name, Markup.Attribute(chosen.Tag, "value") ?? Markup.TextOf(chosen.Inner));
            }
        }
    }

    /// <param name="button">The one that is pressed; null for the form's first.</param>
    /// <param name="filled">A value of null leaves the field out, as a box that is not ticked.</param>
    public (HttpMethod Method, string To, List<KeyValuePair<string, string>> Fields) Fill(string? button, (string Name, string? Value)[] filled)
    {
        var fields = Fields().ToList();
        foreach (var name in filled.Select(f => f.Name).Distinct(StringComparer.Ordinal))
        {
            Assert.That(Html, Does.Contain($"name=\"{name}\""), $"the form has no field '{name}'");
            fields.RemoveAll(f => f.Key == name);
        }

        fields.AddRange(filled.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)));
        var pressed = button is null ? null : Button(button);
        if (pressed is not null && Markup.Attribute(pressed, "name") is { } named)
        {
            fields.Add(new(named, Markup.Attribute(pressed, "value") ?? ""));
        }

        var to = (pressed is null ? null : Markup.Attribute(pressed, "formaction")) ?? Markup.Attribute(Attributes, "action") ?? "";
        var method = string.Equals(Markup.Attribute(Attributes, "method"), "post", StringComparison.OrdinalIgnoreCase) ? HttpMethod.Post : HttpMethod.Get;
        return (method, to, fields);
    }

    private string? Button(string words) => Markup.Buttons(Html).Where(b => !Markup.Says(b.Tag, "disabled") && Markup.Attribute(b.Tag, "type") is null or "submit")
        .FirstOrDefault(b => Markup.TextOf(Markup.WithoutKeys(b.Inner)) == words || Markup.Attribute(b.Tag, "aria-label") == words).Tag;
}
