namespace Exchange.Journeys.Screens;

/// <summary>
/// What all fixtures of the pages share: a browser, and an exchange with the demo's companies. EXCHANGE_SCREENS_AT names one that
/// already runs (with the demo, and no limit of requests), while one works on a page. Both begin when the first fixture wants them.
/// </summary>
static class Stage
{
    public const string DemoPassword = "open the demo desk";
    public const string Lena = "lena@nordwind.example";
    public const string Nordwind = "demo-nordwind";

    static readonly Lazy<Task<Chromium>> chromium = new(Screens.Chromium.Launch);
    static readonly Lazy<Task<IExchange>> exchange = new(Start);

    public static Task<Chromium> Chromium => chromium.Value;

    public static Task<IExchange> Exchange => exchange.Value;

    /// <summary>At the end of the run.</summary>
    public static async Task Strike()
    {
        if (chromium is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await chromium.Value).DisposeAsync();
        }

        if (exchange is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await exchange.Value).DisposeAsync();
        }
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
