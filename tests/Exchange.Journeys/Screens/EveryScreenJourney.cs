using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Exchange.Journeys.Screens;

/// <summary>
/// Every screen, as Lena of the demo opens it: in light and dark, wide and on a phone, without an error in the console and without a
/// violation of WCAG 2.2 AA. With EXCHANGE_SCREENSHOTS it also leaves a picture of each in that folder (tools/screenshots).
/// </summary>
[Explicit("Not part of ./test yet: dotnet test tests/Exchange.Journeys -c Release --filter FullyQualifiedName~Screens")]
sealed class EveryScreenJourney
{
    static readonly AxeRunOptions Wcag = new() { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"), ResultTypes = [ResultType.Violations] };

    // In another colour scheme the same elements stand there: only the colours have to be looked at again.
    static readonly AxeRunOptions Colours = new() { RunOnly = RunOnlyOptions.Rules("color-contrast"), ResultTypes = [ResultType.Violations] };

    static readonly string? Pictures = Environment.GetEnvironmentVariable("EXCHANGE_SCREENSHOTS");

    [Test]
    public async Task Every_screen_opens_without_an_error_and_can_be_used_by_everybody()
    {
        await using var desk = await DeskOf.Lena();
        var wrong = new List<string>();
        var screens = await new Walk(desk).Each(async name =>
        {
            foreach (var look in Look.All)
            {
                await desk.Page.EmulateMediaAsync(new() { ColorScheme = look.Scheme });
                await desk.Page.SetViewportSizeAsync(look.Width, look.Height);
                wrong.AddRange(await Violations(desk.Page, look == Look.Light || look == Look.DarkPhone ? Wcag : Colours, $"{name} ({look.Name})"));
                if (await TooWide(desk.Page) is { } wide)
                {
                    wrong.Add($"{name} ({look.Name}) is wider than the screen: {wide}");
                }

                await Picture(desk.Page, name, look);
            }

            await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await desk.Page.SetViewportSizeAsync(Look.Light.Width, Look.Light.Height);
        });
        await TestContext.Out.WriteLineAsync($"{screens.Count} screens: {string.Join(", ", screens)}");
        Assert.That(wrong, Is.Empty);
        desk.NothingWentWrong();
        Assert.That(screens, Is.SupersetOf(["home", "offers", "chains", "links", "health", "partners", "settings", "settings-members", "settings-keys", "settings-routes", "links-id", "chains-id", "partners-id", "me"]));
    }

    static async Task<IEnumerable<string>> Violations(IPage page, AxeRunOptions options, string where)
    {
        var found = await page.RunAxe(options);
        return found.Violations.SelectMany(rule => rule.Nodes, (rule, node) => $"{where}: {rule.Id}: {rule.Help}: {node.Html} ({node.Any.FirstOrDefault()?.Message})");
    }

    /// <summary>What stands out at the right, so that the page scrolls sideways.</summary>
    static Task<string?> TooWide(IPage page) => page.EvaluateAsync<string?>("""
        () => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return null;
          const out = [...document.querySelectorAll('main *')].find((e) => e.getBoundingClientRect().right > room + 1);
          return `${document.documentElement.scrollWidth} of ${room}: ${out ? out.outerHTML.slice(0, 200) : ''}`;
        }
        """);

    static async Task Picture(IPage page, string name, Look look)
    {
        if (Pictures is { Length: > 0 })
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{look.Name}.png"), FullPage = true });
        }
    }
}
