using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Exchange.Journeys.Screens;

/// <summary>What a person reads who chose French or Russian: no text of the resource files stands there in English.</summary>
sealed partial class LanguageJourney
{
    static readonly string[] Places = ["home", "tickets", "offers", "chains", "links", "health", "partners", "settings", "settings/members", "settings/keys", "settings/routes", "settings/fields", "settings/calendars", "more"];

    // The rehearsal's sample customer, whose name is a text, and a customer of the demo.
    static readonly string[] Names = ["Anna Keller"];

    [TestCase("fr-FR", "fr")]
    [TestCase("ru-RU", "ru")]
    public async Task No_English_is_left(string locale, string language)
    {
        var english = English(language);
        Assert.That(english.Plain, Has.Count.GreaterThan(200));
        await using var desk = await DeskOf.Lena(language: locale);
        var left = new List<string>();
        foreach (var place in Places)
        {
            var status = await desk.Open($"/at/{desk.Slug}/{place}");
            Assert.That(status, Is.EqualTo(200), place);
            Assert.That(await desk.Page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(language));
            left.AddRange((await Said(desk)).Where(said => english.Plain.Contains(said) || english.Patterns.Any(pattern => pattern.IsMatch(said))).Except(Names, StringComparer.Ordinal).Select(said => $"{place}: {said}"));
        }

        Assert.That(left, Is.Empty);
        desk.NothingWentWrong();
    }

    /// <summary>The page's own words: its title, texts and names of controls; not what people wrote.</summary>
    static async Task<IEnumerable<string>> Said(DeskOf desk)
    {
        var all = await desk.Page.EvaluateAsync<string[]>("""
            () => {
              const said = [document.title.split(' · ')[0]];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('script, style')) said.push(walk.currentNode.data);
              for (const e of document.body.querySelectorAll('*'))
                for (const name of ['aria-label', 'placeholder', 'title', 'alt']) if (e.hasAttribute(name)) said.push(e.getAttribute(name));
              return said;
            }
            """);
        return all.Select(DeskOf.Plainly).Where(said => said.Length > 0).Distinct(StringComparer.Ordinal);
    }

    /// <summary>English texts that this language says differently: as they are, and those with something put in as patterns of two words or more.</summary>
    static (HashSet<string> Plain, IReadOnlyList<Regex> Patterns) English(string language)
    {
        var (plain, patterns) = (new HashSet<string>(StringComparer.Ordinal), new List<Regex>());
        foreach (var file in Directory.EnumerateFiles(Repository.File("src", "Exchange.Web", "Texts"), $"*.{language}.resx"))
        {
            var other = Read(file);
            foreach (var (key, value) in Read(file.Replace($".{language}.resx", ".resx", StringComparison.Ordinal)).Where(text => other.GetValueOrDefault(text.Key) != text.Value))
            {
                foreach (var form in value.Split('|').Select(form => DeskOf.Plainly(form.Replace("**", "", StringComparison.Ordinal))).Where(form => Letter().IsMatch(form)))
                {
                    if (!form.Contains('{', StringComparison.Ordinal))
                    {
                        plain.Add(form);
                    }
                    else if (Letter().Count(Hole().Replace(form, "")) > 7)
                    {
                        patterns.Add(new Regex($"^{string.Join(".+", Hole().Split(form).Select(Regex.Escape))}$", RegexOptions.None, TimeSpan.FromSeconds(5)));
                    }
                }
            }
        }

        return (plain, patterns);
    }

    static Dictionary<string, string> Read(string file) => XDocument.Load(file).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex(@"\p{L}", RegexOptions.None, 1000)]
    private static partial Regex Letter();

    [GeneratedRegex(@"\{\d+[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();
}
