using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Exchange.Journeys.Screens;

/// <summary>
/// Looks at screens in light and dark, wide and on a phone, and keeps what is wrong with them. With EXCHANGE_SCREENSHOTS it also leaves
/// a picture of each in that folder (tools/screenshots). All rules are tried on the light wide page, and the colours again on the dark
/// phone; in the long form all of them in all looks.
/// </summary>
sealed class Sight
{
    const string Wcag = """{ "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"] }""";

    // In another look nearly the same elements stand there: only the colours have to be looked at again.
    const string Colours = """{ "runOnly": { "type": "rule", "values": ["color-contrast"] }, "resultTypes": ["violations"] }""";

    static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    static readonly bool Long = Environment.GetEnvironmentVariable("EXCHANGE_LONG") is { Length: > 0 };

    static readonly string? Pictures = Environment.GetEnvironmentVariable("EXCHANGE_SCREENSHOTS");

    readonly List<string> wrong = [];
    readonly List<string> seen = [];

    /// <summary>The page as it is now; afterwards it is light and wide again.</summary>
    public async Task Of(IPage page, string name)
    {
        seen.Add(name);
        await page.EvaluateAsync(Axe);
        foreach (var look in Look.All)
        {
            await Show(page, look);
            wrong.AddRange((await Violations(page, look)).Select(violation => $"{name} ({look.Name}): {violation}"));
            if (await StandsOut(page) is { } what)
            {
                wrong.Add($"{name} ({look.Name}): {what}");
            }

            if (Pictures is { Length: > 0 })
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{look.Name}.png"), FullPage = true });
            }
        }

        await Show(page, Look.Light);
    }

    /// <summary>Nothing was wrong with what was seen, and these were among it.</summary>
    public async Task WasFine(params string[] screens)
    {
        await TestContext.Out.WriteLineAsync($"{seen.Count} screens: {string.Join(", ", seen)}");
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(seen, Is.SupersetOf(screens));
    }

    static async Task Show(IPage page, Look look)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme });
        await page.SetViewportSizeAsync(look.Width, look.Height);
    }

    static async Task<IReadOnlyList<string>> Violations(IPage page, Look look)
    {
        if (!Long && look != Look.Light && look != Look.DarkPhone)
        {
            return [];
        }

        return await page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run(document, {{(Long || look == Look.Light ? Wcag : Colours)}})).violations.flatMap((rule) => rule.nodes.map((node) =>
              `${rule.id}: ${rule.help}: ${node.html.slice(0, 300)} (${[...node.any, ...node.all, ...node.none].map((check) => check.message).join('; ')})`))
            """);
    }

    /// <summary>What is shown though it is closed, or stands out at the right, so that the page scrolls sideways, or out of its card, over what comes after it.</summary>
    static Task<string?> StandsOut(IPage page) => page.EvaluateAsync<string?>("""
        () => {
          const room = document.documentElement.clientWidth;
          const tell = (e) => e ? e.outerHTML.slice(0, 200) : '';
          const shut = [...document.querySelectorAll('dialog:not([open])')].find((e) => e.checkVisibility());
          if (shut) return `it is shown, though it is closed: ${tell(shut)}`;
          if (document.documentElement.scrollWidth > room) {
            const out = [...document.querySelectorAll('main *')].find((e) => e.getBoundingClientRect().right > room + 1);
            return `the page is ${document.documentElement.scrollWidth} wide, not ${room}: ${tell(out)}`;
          }
          for (const label of document.querySelectorAll(':is(.card, .sheet) label')) {
            // A machine's field is out of sight on purpose.
            if (!label.checkVisibility() || label.closest('[aria-hidden=true]')) continue;
            const [own, card] = [label.getBoundingClientRect(), label.closest('.card, .sheet').getBoundingClientRect()];
            if (own.left < card.left - 1 || own.bottom > card.bottom + 1) return `it stands out of its card: ${tell(label)}`;
            if (own.width < 40 && label.textContent.trim().length > 20 && !label.querySelector('.vh')) return `it is squeezed: ${tell(label)}`;
          }
          for (const words of document.querySelectorAll('main :is(p, span.grow)')) {
            const box = words.getBoundingClientRect();
            if (words.checkVisibility() && box.width < 60 && box.height > 120) return `it is squeezed: ${tell(words)}`;
          }
          return null;
        }
        """);
}
