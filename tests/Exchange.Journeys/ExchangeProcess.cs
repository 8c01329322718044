using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Exchange.Journeys;

/// <summary>How a host is started, where that differs from the usual.</summary>
sealed record Setup(params string[] Settings)
{
    /// <summary>A data folder of one's own (a small disk); otherwise a fresh one that goes with the process.</summary>
    public string? Data { get; init; }

    /// <summary>No file of the process grows beyond this many kB: a full disk for one process. Writes fail instead of killing it.</summary>
    public int? LargestFileKb { get; init; }
}

/// <summary>One real host with its own data folder, log and port. It can be stopped, killed and started again on the same folder.</summary>
sealed class ExchangeProcess : IAsyncDisposable
{
    static readonly ConcurrentDictionary<int, Process> Running = new();
    static readonly string[] Usual =
    [
        "--Exchange:Demo=false", "--Exchange:RateLimit:PerSecond=100000", "--Exchange:RateLimit:Burst=100000",
    ];

    readonly Setup setup;
    readonly Lock logLock = new();
    Process? process;
    Stopwatch sinceStart = new();

    static ExchangeProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Running.Values)
        {
            left.Kill();
        }
    };

    ExchangeProcess(Setup setup)
    {
        this.setup = setup;
        Folder = Directory.CreateTempSubdirectory("exchange-journey-").FullName;
        Data = setup.Data ?? Path.Combine(Folder, "data");
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(100) };
    }

    public string Folder { get; }

    public string Data { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>From the start of the process to the first 200 of /health/ready, of the latest start.</summary>
    public TimeSpan ReadyIn { get; private set; }

    public int ProcessId => process?.Id ?? throw new InvalidOperationException("The host is not running");

    string LogFile => Path.Combine(Folder, "host.log");

    public static async Task<ExchangeProcess> Start(Setup? setup = null)
    {
        var exchange = new ExchangeProcess(setup ?? new Setup());
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
    public static ExchangeProcess NotYetStarted() => new(new Setup());

    public async Task StartAgain()
    {
        Launch();
        await Eventually.Holds("the host is ready", async () =>
        {
            if (process!.HasExited)
            {
                throw new AssertionException(string.Create(CultureInfo.InvariantCulture, $"The host ended with {process.ExitCode} while starting. Its log:\n{Log()}"));
            }

            using var ready = await Http.GetAsync("/health/ready");
            return ready.StatusCode == HttpStatusCode.OK ? null : $"/health/ready answers {(int)ready.StatusCode}. The log:\n{Log()}";
        });
        ReadyIn = sinceStart.Elapsed;
    }

    public void Launch()
    {
        sinceStart = Stopwatch.StartNew();
        process = Process.Start(StartInfo(Data, Address, setup)) ?? throw new InvalidOperationException("The host does not start");
        Running[process.Id] = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As a supervisor stops it: SIGTERM, and time to finish.</summary>
    public async Task<int> Stop()
    {
        await Shell.Bash(string.Create(CultureInfo.InvariantCulture, $"kill -TERM {ProcessId}"));
        return await Gone();
    }

    /// <summary>As a power cut ends it: SIGKILL, by process id.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await Gone();
    }

    /// <summary>Starts a host that is expected to refuse, on any folder, and gives what it said.</summary>
    public static async Task<Ran> RunRefused(string data, params string[] settings)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        using var refused = Process.Start(StartInfo(data, address, new Setup(settings))) ?? throw new InvalidOperationException("The host does not start");
        return await Shell.ToItsEnd(refused, TimeSpan.FromSeconds(60));
    }

    public string Log()
    {
        lock (logLock)
        {
            return File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";
        }
    }

    /// <summary>Every file under the data folder that no database wrote, with its size: where uploads and their leftovers would be.</summary>
    public IReadOnlyList<string> StoredFiles() => [.. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).Contains(".db", StringComparison.Ordinal))
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(Data, file)} {new FileInfo(file).Length}"))
        .Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Stop();
        }

        process?.Dispose();
        Http.Dispose();
        // A failed test leaves its folder behind: the log and the data are what one wants to see.
        if (TestContext.CurrentContext.Result.FailCount == 0)
        {
            Directory.Delete(Folder, recursive: true);
        }
        else
        {
            await TestContext.Progress.WriteLineAsync($"The host's log and data are kept in {Folder}");
        }
    }

    async Task<int> Gone()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process!.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            process!.Kill();
            throw new AssertionException($"The host did not end within 60 s of its signal. Its log:\n{Log()}", e);
        }

        Running.TryRemove(process.Id, out _);
        return process.ExitCode;
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (logLock)
        {
            File.AppendAllText(LogFile, line.Data + "\n");
        }
    }

    static ProcessStartInfo StartInfo(string data, Uri address, Setup setup)
    {
        var dll = Repository.HostDll();
        // Later settings win over the usual ones.
        string[] host = [dll, "--urls", address.GetLeftPart(UriPartial.Authority), $"--Exchange:Data={data}", .. Usual, .. setup.Settings];
        var limited = string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -S -f {setup.LargestFileKb}; exec dotnet \"$@\"");
        var start = setup.LargestFileKb is null
            ? new ProcessStartInfo("dotnet", host)
            : new ProcessStartInfo("bash", ["-c", limited, "host", .. host]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetDirectoryName(dll)!;
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToArray())
        {
            start.Environment.Remove(name);
        }

        if (setup.LargestFileKb is not null)
        {
            // The runtime maps its code through a file in memory, larger than any limit that is small enough to be of use.
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        }

        return start;
    }

    static bool IsSetting(string name) => name.Contains("__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    // Below the range that outgoing connections take, so that the port is still free for a second start.
    static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
