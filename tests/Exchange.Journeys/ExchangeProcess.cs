using System.Globalization;
using System.Net;

namespace Exchange.Journeys;

/// <summary>One real API host with its own data folder, log and port.</summary>
sealed class ExchangeProcess : HostProcess, IExchange
{
    static readonly string[] Usual =
    [
        "--Exchange:Demo=false", "--Exchange:RateLimit:PerSecond=100000", "--Exchange:RateLimit:Burst=100000",
        "--Exchange:TicketRate:PerSecond=100000", "--Exchange:TicketRate:Burst=100000",
    ];

    readonly Setup setup;

    ExchangeProcess(Setup setup)
        : base(setup)
    {
        this.setup = setup;
        Address = FreeAddress();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(100) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IReadOnlyList<IExchange> Nodes => [this];

    // Later settings win over the usual ones.
    protected override IReadOnlyList<string> Arguments => [.. Plainly(Address, Data), .. setup.Settings];

    protected override string Dll => Repository.HostDll();

    public static async Task<ExchangeProcess> Start(Setup? setup = null)
    {
        var exchange = NotYetStarted(setup);
        try
        {
            await exchange.StartAgain();
            return exchange;
        }
        catch
        {
            await exchange.Kill();
            throw;
        }
    }

    /// <summary>A host that has never been started, for tests of the very first start.</summary>
    public static ExchangeProcess NotYetStarted(Setup? setup = null) => new(setup ?? new Setup());

    /// <summary>Starts a host that is expected to refuse, on any folder, and gives what it said.</summary>
    public static async Task<Ran> RunRefused(string data, params string[] settings)
    {
        using var refused = System.Diagnostics.Process.Start(StartInfo(Repository.HostDll(), [.. Plainly(FreeAddress(), data), .. settings], new Setup()))
            ?? throw new InvalidOperationException("The host does not start");
        return await Shell.ToItsEnd(refused, TimeSpan.FromSeconds(60));
    }

    public override ValueTask DisposeAsync()
    {
        Http.Dispose();
        return base.DisposeAsync();
    }

    protected override async Task<string?> NotYet()
    {
        using var ready = await Http.GetAsync("/health/ready");
        return ready.StatusCode == HttpStatusCode.OK ? null : string.Create(CultureInfo.InvariantCulture, $"/health/ready answers {(int)ready.StatusCode}.");
    }

    static string[] Plainly(Uri address, string data) => ["--urls", address.GetLeftPart(UriPartial.Authority), $"--Exchange:Data={data}", .. Usual];

    static Uri FreeAddress() => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
}
