namespace Exchange.Journeys.Screens;

/// <summary>What all fixtures of the pages share: a browser, and an exchange with the demo's companies.</summary>
[SetUpFixture]
sealed class Stage
{
    public const string DemoPassword = "open the demo desk";
    public const string Lena = "lena@nordwind.example";
    public const string Nordwind = "demo-nordwind";

    static Chromium? chromium;
    static ExchangeProcess? exchange;

    public static Chromium Chromium => chromium ?? throw new InvalidOperationException("The browser is not launched");

    public static ExchangeProcess Exchange => exchange ?? throw new InvalidOperationException("The exchange is not started");

    [OneTimeSetUp]
    public async Task Raise()
    {
        var starting = ExchangeProcess.Start(new Setup("--Exchange:Demo=true") { Name = "The exchange of the pages" });
        chromium = await Chromium.Launch();
        exchange = await starting;
        await Eventually.Holds("the demo's companies are there", () => Task.FromResult(
            exchange.Log().Contains("stop         Ctrl+C", StringComparison.Ordinal) ? null : exchange.EndOfLog));
    }

    [OneTimeTearDown]
    public async Task Strike()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        if (exchange is not null)
        {
            await exchange.DisposeAsync();
        }
    }
}
