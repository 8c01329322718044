using System.Diagnostics;

namespace Exchange.Journeys;

sealed record Ran(int ExitCode, string Output, string Error)
{
    public string Both => Output + Error;
}

/// <summary>Other programs: node, bash, sqlite3, mount.</summary>
static class Shell
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static async Task<Ran> Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        return await ToItsEnd(process, Longest);
    }

    public static Task<Ran> Bash(string script) => Run("bash", ["-c", script]);

    /// <summary>Waits for the exit; a process that does not end is killed, and that is a failure that shows what it said.</summary>
    public static async Task<Ran> ToItsEnd(Process process, TimeSpan within)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill();
            throw new AssertionException($"{process.StartInfo.FileName} did not end within {within.TotalSeconds:0} s. It said:\n{await output}{await error}", e);
        }

        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Whether a program is there; a test that needs one that is missing is skipped by name.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    public static void Needs(params string[] programs)
    {
        var missing = programs.Where(program => !Has(program)).ToArray();
        if (missing.Length > 0)
        {
            Assert.Ignore($"Not on this machine: {string.Join(", ", missing)}");
        }
    }
}
