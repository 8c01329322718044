using System.Text.RegularExpressions;
using System.Xml.Linq;
using Exchange.Core.Accounts;
using NUnit.Framework;

namespace Exchange.Edge.Tests.House;

/// <summary>The texts of the pages: all of them in all languages, and none in a page itself.</summary>
public sealed partial class The_texts
{
    private static readonly string[] Languages = ["", ".fr", ".ru"];

    /// <summary>Words that are the same in every language.</summary>
    private static readonly string[] Same = ["API", "Tabler", "QR", "Ctrl", "Enter", "esc"];

    public static IEnumerable<string> Parts() => Repository.Files("src/Exchange.Web/Texts", "*.resx").Select(f => Path.GetFileName(f).Split('.')[0]).Distinct(StringComparer.Ordinal);

    [TestCaseSource(nameof(Parts))]
    public void Of_a_part_stand_in_each_language_with_the_same_places(string part)
    {
        var (english, problems) = (Read(part, ""), new List<string>());
        foreach (var language in Languages[1..])
        {
            var other = Read(part, language);
            problems.AddRange(english.Keys.Except(other.Keys, StringComparer.Ordinal).Concat(other.Keys.Except(english.Keys, StringComparer.Ordinal)).Select(key => $"{language}: {key}"));
            foreach (var (key, text) in english.Where(pair => other.ContainsKey(pair.Key)))
            {
                var translated = other[key];
                if (!Places(text).SetEquals(Places(translated)))
                {
                    problems.Add($"{language}: other places in {key}");
                }

                // Of a text with a number each form.
                var strong = Count(text.Split('|')[0], "**");
                if (translated.Split('|').Any(form => form.Trim().Length == 0 || Count(form, "**") != strong))
                {
                    problems.Add($"{language}: other strong parts in, or nothing for, {key}");
                }

                if (text.Contains('|', StringComparison.Ordinal) && translated.Split('|').Length != (language == ".ru" ? 3 : 2))
                {
                    problems.Add($"{language}: other plural forms in {key}");
                }
            }
        }

        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void Hold_every_key_that_a_page_names()
    {
        var known = Parts().SelectMany(part => Read(part, "").Keys).ToHashSet(StringComparer.Ordinal);
        var named = Sources().SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(m => (Key: m.Groups["key"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), File: Repository.Short(file)))).ToList();
        Assert.That(named, Has.Count.GreaterThan(100));
        Assert.That(named.Where(n => !known.Contains(n.Key)).Select(n => $"{n.File}: {n.Key}").Distinct(StringComparer.Ordinal), Is.Empty);

        // Keys that are put together: one for each word.
        var made = Rights.Each.SelectMany(role => new[] { $"role:{role}", $"role-what:{role}" }).Concat(Scopes.All.SelectMany(scope => new[] { $"scope:{scope}", $"scope-what:{scope}" }))
            .Concat(Core.Store.Words<Core.Handoffs.HandoffState>.All.Select(state => $"state:{state}")).Concat(Core.Store.Words<Core.Desk.TicketStatus>.All.Select(status => $"status:{status}"));
        made = made.Concat(Core.Notices.NoticeKinds.All.Select(kind => $"notice-what:{Core.Notices.NoticeKinds.Name(kind)}"))
            .Concat(Core.Notices.NoticeKinds.Codes.SelectMany(c => new[] { true, false }.Select(ticket => Web.Shell.NoticeWords.Key(c.Kind, c.Code, ticket))))
            .Concat(Core.Notices.NoticeKinds.All.Where(kind => Core.Notices.NoticeKinds.Codes.All(c => c.Kind != kind)).Select(kind => Web.Shell.NoticeWords.Key(kind, null, true)));
        Assert.That(made.Where(key => !known.Contains(key)), Is.Empty);
    }

    [Test]
    public void Are_the_only_words_of_the_pages()
    {
        var raw = Repository.Files("src/Exchange.Web/Pages", "*.cshtml").SelectMany(file => Raw(File.ReadAllText(file)).Select(words => $"{Repository.Short(file)}: {words}"));
        Assert.That(raw, Is.Empty, "put it into T[\"...\"]; what is the same in every language stands in the list here");
    }

    [TestCase("<p>@T[\"Hello {0}\", Model.Name.ToString(\"x\")]</p>", "")]
    [TestCase("<p>Hello</p>", "Hello")]
    [TestCase("<p title=\"Hello\">@Model.Name</p>", "Hello")]
    [TestCase("<a aria-label=\"@T[\"You\"]\" href=\"/me\">@(x > 2 ? T[\"a\"] : T[\"b\"])</a>", "")]
    [TestCase("@if (a.Count > 2)\n{\n    <b>word</b>\n}", "word")]
    [TestCase("@{\n    var words = a.Where(x => x is not null);\n}\n<i>@words · 2</i>", "")]
    [TestCase("<input placeholder=\"@T[\"any\"]\" name=\"place\"> mail", "mail")]
    public void Are_told_from_code(string page, string words) => Assert.That(string.Join(' ', Raw(page)), Is.EqualTo(words));

    /// <summary>What a reader would read that does not come from the texts: words between tags and in attributes that are read out.</summary>
    private static IEnumerable<string> Raw(string page)
    {
        page = Comment().Replace(page, "");
        page = WithoutExpressions(page);
        var code = new Regex(@"^\s*(@(page|model|using|inject|namespace|addTagHelper|inherits|attribute|functions|section)\b.*|@?(if|else|foreach|for|switch|while|case|default|break|var|continue|return)\b.*|.*;|[{}].*)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        foreach (Match attribute in Spoken().Matches(page))
        {
            if (Words(attribute.Groups["says"].Value) is { Length: > 0 } words)
            {
                yield return words;
            }
        }

        var between = string.Join('\n', Tag().Split(page).Select(text => code.Replace(text, "")));
        foreach (var line in between.Split('\n'))
        {
            if (Words(line) is { Length: > 0 } words)
            {
                yield return words;
            }
        }
    }

    /// <summary>Takes out <c>@Name.Of(x)[y]</c>, <c>@(...)</c> and <c>@{...}</c>, with what stands in their brackets.</summary>
    private static string WithoutExpressions(string page)
    {
        var text = new System.Text.StringBuilder();
        for (var at = 0; at < page.Length; at++)
        {
            if (page[at] != '@' || at + 1 >= page.Length)
            {
                text.Append(page[at]);
                continue;
            }

            if (page[at + 1] is '(' or '{')
            {
                at = Closing(page, at + 1);
                continue;
            }

            if (Statement().Match(page, at) is { Success: true } statement && statement.Index == at)
            {
                text.Append(page, at, statement.Length);
                at += statement.Length - 1;
                if (at + 1 < page.Length && page[at + 1] == '(')
                {
                    at = Closing(page, at + 1);
                }

                continue;
            }

            at++;
            while (at < page.Length && (char.IsLetterOrDigit(page[at]) || page[at] is '_' || (page[at] is '.' && at + 1 < page.Length && char.IsLetter(page[at + 1])) || page[at] is '(' or '[' || (page[at] is '!' or '?' && at + 1 < page.Length && page[at + 1] is '.')))
            {
                at = page[at] is '(' or '[' ? Closing(page, at) + 1 : at + 1;
            }

            at--;
        }

        return text.ToString();
    }

    /// <summary>The bracket that closes this one; what stands in quotes does not count.</summary>
    private static int Closing(string page, int at)
    {
        for (int depth = 0, i = at; i < page.Length; i++)
        {
            if (page[i] == '"' && (i == 0 || page[i - 1] != '\\'))
            {
                i = page.IndexOf('"', i + 1) is var end and >= 0 ? end : page.Length;
                continue;
            }

            depth += page[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return page.Length;
    }

    private static string Words(string text) => string.Join(' ', Word().Matches(System.Net.WebUtility.HtmlDecode(text)).Select(m => m.Value).Where(word => !Same.Contains(word)));

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Value)];

    private static int Count(string text, string part) => text.Split(part).Length;

    private static IEnumerable<string> Sources() => Repository.Files("src/Exchange.Web", "*.cshtml").Concat(Repository.Files("src/Exchange.Web", "*.cs"));

    private static Dictionary<string, string> Read(string part, string language) => XDocument.Load(Repository.In("src", "Exchange.Web", "Texts", $"{part}{language}.resx")).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+(?::[^}]*)?\}", RegexOptions.None, 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b[tT](?:\.Count|\.Strong)?[\[(]\s*""(?<key>(?:[^""\\]|\\.)*)""", RegexOptions.None, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"@(?:if|foreach|for|switch|while|page|model|using|inject|namespace|addTagHelper|inherits|attribute|functions|section)\b\s*", RegexOptions.None, 1000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\s(?:title|placeholder|alt|aria-label|aria-description|label)=""(?<says>[^""]*)""", RegexOptions.None, 1000)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"<[^<>]*>", RegexOptions.Singleline, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
