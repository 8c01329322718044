using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Exchange.Journeys;

/// <summary>How a host is started, where that differs from the usual.</summary>
sealed record Setup(params string[] Settings)
{
    /// <summary>A data folder of one's own (a small disk, one for a whole cluster); otherwise a fresh one that goes with the process.</summary>
    public string? Data { get; init; }

    /// <summary>No file of the process grows beyond this many kB: a full disk for one process. Writes fail instead of killing it.</summary>
    public int? LargestFileKb { get; init; }

    /// <summary>Another copy of the program, such as a published one.</summary>
    public string? Dll { get; init; }

    /// <summary>Settings as environment variables: Database__Provider.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Starts it again, and counts that, when it ends by itself with a code other than 0.</summary>
    public bool Supervised { get; init; }

    /// <summary>In messages.</summary>
    public string Name { get; init; } = "The host";
}

/// <summary>One real process of the product with its own log. It can be stopped, killed and started again.</summary>
abstract partial class HostProcess : IAsyncDisposable
{
    static readonly ConcurrentDictionary<int, Process> Running = new();

    readonly Lock logLock = new();
    readonly Lock starting = new();
    readonly Setup setup;
    Process? process;
    Stopwatch sinceStart = new();
    long logAtStart;
    bool mayEnd;
    int startedAgain;

    static HostProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Running.Values)
        {
            left.Kill();
        }
    };

    protected HostProcess(Setup setup)
    {
        this.setup = setup;
        Folder = Directory.CreateTempSubdirectory("exchange-journey-").FullName;
        Data = setup.Data ?? Path.Combine(Folder, "data");
    }

    public string Name => setup.Name;

    public string Folder { get; }

    public string Data { get; }

    /// <summary>From the start of the process until it works, of the latest start.</summary>
    public TimeSpan ReadyIn { get; private set; }

    public int ProcessId => process?.Id ?? throw new InvalidOperationException($"{Name} is not running");

    public bool Runs => process is { HasExited: false };

    /// <summary>How often the supervisor had to start it again.</summary>
    public int StartedAgain => startedAgain;

    /// <summary>What it says since its latest start.</summary>
    public string LogSinceStart => Log()[(int)logAtStart..];

    /// <summary>For messages: a log under load is long.</summary>
    public string EndOfLog => string.Join('\n', Log().Split('\n').TakeLast(30));

    protected abstract IReadOnlyList<string> Arguments { get; }

    protected abstract string Dll { get; }

    string LogFile => Path.Combine(Folder, "host.log");

    public async Task StartAgain()
    {
        Launch();
        await Works();
    }

    public void Launch()
    {
        lock (starting)
        {
            mayEnd = false;
            sinceStart = Stopwatch.StartNew();
            logAtStart = Log().Length;
            var started = Process.Start(StartInfo(setup.Dll ?? Dll, Arguments, setup)) ?? throw new InvalidOperationException($"{Name} does not start");
            process = started;
            Running[started.Id] = started;
            started.OutputDataReceived += Keep;
            started.ErrorDataReceived += Keep;
            started.BeginOutputReadLine();
            started.BeginErrorReadLine();
            if (setup.Supervised)
            {
                started.EnableRaisingEvents = true;
                started.Exited += (_, _) => Supervise(started);
            }
        }
    }

    /// <summary>Waits until it does what it is for.</summary>
    public async Task Works()
    {
        await Eventually.Holds($"{Name} works", async () =>
        {
            if (process!.HasExited && !setup.Supervised)
            {
                throw new AssertionException(string.Create(CultureInfo.InvariantCulture, $"{Name} ended with {process.ExitCode} while starting. The end of its log:\n{EndOfLog}"));
            }

            return await NotYet() is { } still ? $"{still} The end of its log:\n{EndOfLog}" : null;
        }, TimeSpan.FromSeconds(120));
        ReadyIn = sinceStart.Elapsed;
    }

    /// <summary>As a supervisor stops it: SIGTERM, and time to finish.</summary>
    public async Task<int> Stop()
    {
        lock (starting)
        {
            mayEnd = true;
        }

        await Shell.Bash(string.Create(CultureInfo.InvariantCulture, $"kill -TERM {ProcessId}"));
        return await Ends();
    }

    /// <summary>As a power cut ends it: SIGKILL, by process id.</summary>
    public async Task Kill()
    {
        lock (starting)
        {
            mayEnd = true;
            process!.Kill();
        }

        await Ends();
    }

    /// <summary>Waits for the end that it was asked for, or comes to by itself; gives the exit code.</summary>
    public async Task<int> Ends()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process!.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            process!.Kill();
            throw new AssertionException($"{Name} did not end within 60 s of its signal. The end of its log:\n{EndOfLog}", e);
        }

        Running.TryRemove(process.Id, out _);
        return process.ExitCode;
    }

    public string Log()
    {
        lock (logLock)
        {
            return File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";
        }
    }

    /// <summary>The lines of the log that are errors, apart from those that hold one of the given words.</summary>
    public IReadOnlyList<string> Errors(params string[] expected) => [.. Log().Split('\n')
        .Where(line => Error().IsMatch(line) && !expected.Any(words => line.Contains(words, StringComparison.Ordinal)))
        .Select(line => $"{Name}: {line}")];

    /// <summary>Every file under the data folder that no database wrote, with its size: where uploads and their leftovers would be.</summary>
    public IReadOnlyList<string> StoredFiles() => [.. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).Contains(".db", StringComparison.Ordinal))
        .Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(Data, file)} {new FileInfo(file).Length}"))
        .Order(StringComparer.Ordinal)];

    public virtual async ValueTask DisposeAsync()
    {
        if (Runs)
        {
            await Stop();
        }

        process?.Dispose();
        // A failed test leaves its folder behind: the log and the data are what one wants to see.
        if (TestContext.CurrentContext.Result.FailCount == 0)
        {
            Directory.Delete(Folder, recursive: true);
        }
        else
        {
            await TestContext.Progress.WriteLineAsync($"{Name}: log and data are kept in {Folder}");
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>What is missing until it works; null when it does.</summary>
    protected abstract Task<string?> NotYet();

    // Below the range that outgoing connections take, so that the port is still free for a second start.
    protected static int FreePort()
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

    protected static ProcessStartInfo StartInfo(string dll, IReadOnlyList<string> arguments, Setup setup)
    {
        string[] host = [dll, .. arguments];
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

        foreach (var (name, value) in setup.Environment)
        {
            start.Environment[name] = value;
        }

        if (setup.LargestFileKb is not null)
        {
            // The runtime maps its code through a file in memory, larger than any limit that is small enough to be of use.
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        }

        return start;
    }

    static bool IsSetting(string name) => name.Contains("__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    void Supervise(Process ended)
    {
        lock (starting)
        {
            if (mayEnd || ended != process || ended.ExitCode == 0)
            {
                return;
            }

            Interlocked.Increment(ref startedAgain);
            Running.TryRemove(ended.Id, out _);
        }

        Launch();
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

    // A line of the log with the level of an error, or what the runtime writes when it is lost.
    [GeneratedRegex(@"^\S+Z (fail|crit): |Unhandled exception|^\s+at .+\.cs:line", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Error();
}

/// <summary>The worker as a process of its own.</summary>
sealed class WorkerProcess(Setup setup) : HostProcess(setup)
{
    readonly Setup setup = setup;

    protected override IReadOnlyList<string> Arguments => [$"--Exchange:Data={Data}", .. setup.Settings];

    protected override string Dll => Repository.WorkerDll();

    /// <summary>Starts a worker that is expected to refuse, and gives what it said.</summary>
    public static async Task<Ran> RunRefused(params string[] settings)
    {
        using var refused = System.Diagnostics.Process.Start(StartInfo(Repository.WorkerDll(), settings, new Setup())) ?? throw new InvalidOperationException("The worker does not start");
        return await Shell.ToItsEnd(refused, TimeSpan.FromSeconds(60));
    }

    protected override Task<string?> NotYet() =>
        Task.FromResult(LogSinceStart.Contains("The worker of the ticket exchange works", StringComparison.Ordinal) ? null : "It has not said so.");
}
