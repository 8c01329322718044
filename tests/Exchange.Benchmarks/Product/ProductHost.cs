using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Exchange.Benchmarks;

/// <summary>The product as a process of its own, ended with this object.</summary>
sealed class ProductHost : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly Process process;
    readonly TextWriter log;
    readonly string logFile;
    bool begun;

    ProductHost(Process process, string logFile, int port)
    {
        this.process = process;
        this.logFile = logFile;
        log = TextWriter.Synchronized(new StreamWriter(logFile) { AutoFlush = true });
        EndPoint = new(IPAddress.Loopback, port);
    }

    public IPEndPoint EndPoint { get; }

    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{EndPoint.Port}"));

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that was resident at any time; 0 where the system does not tell.</summary>
    public double PeakMegabytes => ProcFigure("status", "VmHWM:") / 1024.0;

    /// <summary>Bytes sent to the disk so far; 0 where the system does not tell.</summary>
    public long BytesWritten => ProcFigure("io", "write_bytes:");

    public static async Task<ProductHost> Start(
        string dll, string folder, IEnumerable<string> switches, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        string[] arguments =
        [
            dll,
            "--urls", FormattableString.Invariant($"http://127.0.0.1:{port}"),
            "--Exchange:Data=" + Path.Combine(folder, "data"),
            "--Exchange:Demo=false",
            "--Exchange:RateLimit:PerSecond=1000000",
            "--Exchange:RateLimit:Burst=1000000",
            "--Logging:LogLevel:Default=Warning",
            .. switches,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);

        var host = new ProductHost(new() { StartInfo = start }, Path.Combine(folder, "host.log"), port);
        try
        {
            host.Begin();
            await host.Ready(stop);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The end of what the host said, for the person who has to find out why it stopped.</summary>
    public string LastWords()
    {
        using var file = new StreamReader(new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return string.Join('\n', file.ReadToEnd().Split('\n').TakeLast(40));
    }

    public async ValueTask DisposeAsync()
    {
        if (begun)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
        await log.DisposeAsync();
    }

    void Begin()
    {
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        begun = process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    async Task Ready(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var since = Stopwatch.GetTimestamp();
        do
        {
            if (process.HasExited)
            {
                throw new BenchmarkFailure(FormattableString.Invariant(
                    $"The host ended with {process.ExitCode} before it was ready:\n{LastWords()}"));
            }

            try
            {
                using var answer = await http.GetAsync("/health/ready", stop);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !stop.IsCancellationRequested))
            {
                // Not listening yet.
            }
        }
        while (Stopwatch.GetElapsedTime(since) < Patience && await timer.WaitForNextTickAsync(stop));

        throw new BenchmarkFailure($"The host was not ready after {Patience.TotalSeconds:0} s:\n{LastWords()}");
    }

    long ProcFigure(string file, string name)
    {
        var path = FormattableString.Invariant($"/proc/{process.Id}/{file}");
        if (!OperatingSystem.IsLinux() || process.HasExited) return 0;
        var line = File.ReadLines(path).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        var figure = line?[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(figure, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
