using Microsoft.Playwright;

namespace Exchange.Journeys.Screens;

/// <summary>One Chromium for all fixtures of the pages. It is the machine's own: nothing is downloaded.</summary>
sealed class Chromium(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
{
    static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static async Task<Chromium> Launch()
    {
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program(), Args = Quiet, Headless = true }));
    }

    public Task<IBrowserContext> Context(BrowserNewContextOptions options) => browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>EXCHANGE_CHROMIUM names another than the first on the path.</summary>
    static string Program()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Environment.GetEnvironmentVariable("EXCHANGE_CHROMIUM")
            ?? Names.SelectMany(_ => folders, (name, folder) => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("The tests of the pages need chromium (on Debian: apt-get install -y chromium).");
    }
}
