using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Journeys.Screens;

/// <summary>One person's browser at one exchange. Whatever goes wrong in it (an error in the console, an exception of a script, a dialog) is kept and fails the test.</summary>
sealed class DeskOf : IAsyncDisposable
{
    /// <summary>Generous: the machine may be busy. What is awaited is a fact on the page.</summary>
    const int Patience = 30_000;

    readonly IBrowserContext context;
    readonly Uri address;
    readonly ConcurrentQueue<string> troubles = new();
    readonly ConcurrentQueue<Task<string>> answers = new();
    int loads;

    DeskOf(IBrowserContext context, IPage page, Uri address)
    {
        (this.context, Page, this.address) = (context, page, address);
        page.SetDefaultTimeout(Patience);
        page.Console += (_, line) => Keep(line.Type is "error" or "warning" && !IsAwaited(line.Text), $"the console says: {line.Text}");
        page.PageError += (_, error) => Keep(true, $"a script failed: {error}");
        page.Dialog += async (_, dialog) =>
        {
            Keep(true, $"a dialog opened: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.DOMContentLoaded += (_, _) => Interlocked.Increment(ref loads);
    }

    public IPage Page { get; }

    /// <summary>In addresses: <c>/at/{Slug}/</c>.</summary>
    public string Slug { get; set; } = "";

    public IReadOnlyCollection<string> Troubles => troubles;

    /// <summary>Statuses of pages that are refused on purpose: the browser's own line about such a page is no trouble.</summary>
    public HashSet<int> Awaited { get; } = [];

    /// <summary>A browser in which nobody is signed in.</summary>
    public static async Task<DeskOf> Nobody(IExchange exchange, Look? look = null, string language = "en-GB", bool script = true)
    {
        var shown = look ?? Look.Light;
        var opened = await (await Stage.Chromium).Context(new()
        {
            ViewportSize = new() { Width = shown.Width, Height = shown.Height },
            ColorScheme = shown.Scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = language,
            JavaScriptEnabled = script,
        });
        return new(opened, await opened.NewPageAsync(), exchange.Address);
    }

    /// <summary>The same person in a browser that has loaded nothing yet.</summary>
    public async Task<DeskOf> WithEmptyCache()
    {
        var opened = await (await Stage.Chromium).Context(new()
        {
            StorageState = await context.StorageStateAsync(),
            ViewportSize = new() { Width = Look.Light.Width, Height = Look.Light.Height },
            Locale = "en-GB",
        });
        return new(opened, await opened.NewPageAsync(), address) { Slug = Slug };
    }

    public static async Task<DeskOf> Lena(Look? look = null, string language = "en-GB", bool script = true)
    {
        var desk = await Nobody(await Stage.Exchange, look, language, script);
        desk.Slug = Stage.Nordwind;
        await desk.SignIn(Stage.Lena, Stage.DemoPassword);
        return desk;
    }

    /// <summary>A person who registers and founds a company, as one does on the first day; with the company as its programs see it.</summary>
    public static async Task<(DeskOf Desk, Company Company)> Founder(IExchange exchange, string person, string company)
    {
        var desk = await Nobody(exchange);
        desk.Slug = Company.Slug(company);
        await desk.Go("/register?then=/accounts");
        await desk.Fill("name", person);
        await desk.Fill("email", $"{desk.Slug}@people.example");
        await desk.Fill("password", "a sentence is easy to keep");
        await desk.Press("Go on");
        await desk.Fill("name", company);
        await desk.Fill("slug", desk.Slug);
        await desk.Press("Found the account");
        await desk.Page.WaitForURLAsync($"**/at/{desk.Slug}/home");
        await desk.At("settings/keys");
        await desk.Fill("name", "a program");
        foreach (var scope in await desk.Page.Locator("input[name=scopes]").AllAsync())
        {
            await scope.CheckAsync();
        }

        await desk.Press("Make the key");
        var key = await desk.Page.Locator("code.key").InnerTextAsync();
        var id = (await Company.WithKey(exchange, key).Get("account")).Need("id");
        return (desk, new Company(exchange.Http, id, company, key));
    }

    public async Task SignIn(string email, string password)
    {
        await Go("/sign-in");
        await Fill("email", email);
        await Fill("password", password);
        await Page.Locator("form:has(#password) button").ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Opens an address of the exchange; gives the status.</summary>
    public async Task<int> Open(string path)
    {
        var answer = await Page.GotoAsync(new Uri(address, path).ToString(), new() { WaitUntil = WaitUntilState.Load });
        return answer?.Status ?? 0;
    }

    public async Task Go(string path)
    {
        var status = await Open(path);
        Assert.That(status, Is.EqualTo(200), string.Create(CultureInfo.InvariantCulture, $"{path} answered {status}"));
    }

    /// <summary>A place of the desk, such as <c>tickets/1042</c>.</summary>
    public Task At(string place) => Go($"/at/{Slug}/{place}");

    public Task Fill(string id, string text) => Page.Locator($"#{id}").FillAsync(text);

    public Task Press(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();

    public static Task Sees(ILocator what) => Expect(what).ToBeVisibleAsync(new() { Timeout = Patience });

    public Task Sees(string text) => Sees(Page.GetByText(text).First);

    /// <summary>Waits until it stands on the page that is open now: a page that was fetched anew does not count.</summary>
    public async Task SeesLive(ILocator what)
    {
        var before = loads;
        await Sees(what);
        Assert.That(loads, Is.EqualTo(before), "the page was loaded again");
    }

    /// <summary>The line that tells of changes is open.</summary>
    public Task IsLive() => Sees(Page.Locator("[data-live]:not(.pulse-off)"));

    /// <summary>Keeps what the exchange sends to this browser from now on, as far as it is text and arrives before the page is left.</summary>
    public void Record() => Page.RequestFinished += (_, request) =>
    {
        if (request.ResourceType is "document" or "xhr" or "fetch" && request.Method is not "HEAD")
        {
            answers.Enqueue(Text(request));
        }
    };

    public async Task<string> Recorded() => string.Join('\n', await Task.WhenAll(answers).WaitAsync(TimeSpan.FromMilliseconds(Patience)));

    /// <summary>Everything that stands on the page as text, with single blanks.</summary>
    public async Task<string> Text() => Plainly(await Page.EvaluateAsync<string>("document.body.textContent"));

    public static string Plainly(string text) => Regex.Replace(text, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(5)).Trim();

    public void NothingWentWrong() => Assert.That(troubles, Is.Empty, Page.Url);

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    static async Task<string> Text(IRequest request)
    {
        try
        {
            return await request.ResponseAsync() is { Status: >= 200 and < 300 } answer ? await answer.TextAsync() : "";
        }
        catch (PlaywrightException)
        {
            return ""; // The page was left before its answer was read: it was never shown.
        }
    }

    bool IsAwaited(string line) => Awaited.Any(status =>
        line.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Failed to load resource: the server responded with a status of {status} "), StringComparison.Ordinal));

    void Keep(bool wrong, string what)
    {
        if (wrong)
        {
            troubles.Enqueue($"{Page.Url}: {what}");
        }
    }
}
