namespace Exchange.Journeys.Screens;

/// <summary>
/// What all fixtures of the pages share: a browser, and an exchange with the demo's companies. EXCHANGE_SCREENS_AT names one that
/// already runs (with the demo, and no limit of requests), while one works on a page.
/// </summary>
[SetUpFixture]
sealed class Stage
{
    public const string DemoPassword = "open the demo desk";
    public const string Lena = "lena@nordwind.example";
    public const string Nordwind = "demo-nordwind";

    static Chromium? chromium;
    static IExchange? exchange;

    public static Chromium Chromium => chromium ?? throw new InvalidOperationException("The browser is not launched");

    public static IExchange Exchange => exchange ?? throw new InvalidOperationException("The exchange is not started");

    [OneTimeSetUp]
    public async Task Raise()
    {
        var starting = Start();
        chromium = await Chromium.Launch();
        exchange = await starting;
    }

    static async Task<IExchange> Start()
    {
        if (Environment.GetEnvironmentVariable("EXCHANGE_SCREENS_AT") is { Length: > 0 } at)
        {
            return new Running(new Uri(at));
        }

        var started = await ExchangeProcess.Start(new Setup("--Exchange:Demo=true") { Name = "The exchange of the pages" });
        await Eventually.Holds("the demo's companies are there", () => Task.FromResult(
            started.Log().Contains("stop         Ctrl+C", StringComparison.Ordinal) ? null : started.EndOfLog));
        return started;
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

    /// <summary>Somebody else started it, and stops it.</summary>
    sealed class Running(Uri address) : IExchange
    {
        public HttpClient Http { get; } = new() { BaseAddress = address };

        public Uri Address => address;

        public IReadOnlyList<IExchange> Nodes => [this];

        public Task<int> Stop() => Task.FromResult(0);

        public string Log() => "";

        public ValueTask DisposeAsync()
        {
            Http.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
