using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Exchange.Benchmarks;

/// <summary>One process of the product, ended with this object.</summary>
sealed class ProductHost : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly Process process;
    readonly TextWriter log;
    readonly string logFile;
    bool begun;

    ProductHost(string dll, string folder, int port, IEnumerable<string> switches)
    {
        Directory.CreateDirectory(folder);
        Name = Path.GetFileName(folder);
        process = new() { StartInfo = Command(dll, switches) };
        logFile = Path.Combine(folder, "host.log");
        log = TextWriter.Synchronized(new StreamWriter(logFile) { AutoFlush = true });
        EndPoint = new(IPAddress.Loopback, port);
    }

    public string Name { get; }

    /// <summary>Where an Api listens; nobody listens there in a worker.</summary>
    public IPEndPoint EndPoint { get; }

    public bool HasEnded => process.HasExited;

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

    /// <summary>Calls that wrote to files and pipes so far (sockets are written to by other calls); 0 where the system does not tell.</summary>
    public long WriteCalls => ProcFigure("io", "syscw:");

    /// <summary>An Api, when it says that it is ready.</summary>
    public static async Task<ProductHost> StartApi(string dll, string folder, IEnumerable<string> switches, CancellationToken stop)
    {
        var port = FreePort();
        var host = new ProductHost(dll, folder, port,
        [
            "--urls", FormattableString.Invariant($"http://127.0.0.1:{port}"),
            "--Exchange:Demo=false",
            "--Exchange:RateLimit:PerSecond=1000000",
            "--Exchange:RateLimit:Burst=1000000",
            .. switches,
        ]);
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

    /// <summary>A worker; the first mirrored comment tells that it is at work.</summary>
    public static ProductHost StartWorker(string dll, string folder, IEnumerable<string> switches)
    {
        var host = new ProductHost(dll, folder, port: 0, switches);
        host.Begin();
        return host;
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

    static ProcessStartInfo Command(string dll, IEnumerable<string> switches)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(dll)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.ArgumentList.Add(dll);
        foreach (var given in switches) start.ArgumentList.Add(given);
        return start;
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
        using var http = new HttpClient { BaseAddress = new(FormattableString.Invariant($"http://127.0.0.1:{EndPoint.Port}")), Timeout = TimeSpan.FromSeconds(5) };
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
