using System.Globalization;
using System.Runtime.InteropServices;

namespace Exchange.Benchmarks;

/// <summary>What the figures were measured on; without it they say nothing.</summary>
sealed record Machine(string Cpu, int Cores, double MemoryGigabytes, string Kernel, string FileSystem, string Runtime, double? Load)
{
    public static Machine Look(string dataFolder) => new(
        Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024),
        File.Exists("/proc/sys/kernel/osrelease")
            ? "Linux " + File.ReadAllText("/proc/sys/kernel/osrelease").Trim()
            : RuntimeInformation.OSDescription,
        FileSystemOf(dataFolder),
        RuntimeInformation.FrameworkDescription,
        LoadOfLastMinute());

    /// <summary>Others at work on the same cores and disk slow the bare loop and the product by different factors.</summary>
    public bool Quiet => !(Load > Cores * 0.5);

    public IEnumerable<(string Name, string Value)> Facts =>
    [
        ("CPU", Cpu),
        ("cores", Cores.ToString(CultureInfo.InvariantCulture)),
        ("memory", FormattableString.Invariant($"{MemoryGigabytes:0.0} GiB")),
        ("kernel", Kernel),
        ("file system of the data", FileSystem),
        ("runtime", Runtime),
        ("load average before the run", Load is { } load ? FormattableString.Invariant($"{load:0.0}") : "unknown"),
    ];

    static string? Field(string file, string name) =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;

    static double? LoadOfLastMinute() =>
        File.Exists("/proc/loadavg")
        && double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load)
            ? load
            : null;

    /// <summary>The type of the mount with the longest path above the folder. On a tmpfs a commit costs nothing, and the figures are worth nothing.</summary>
    static string FileSystemOf(string folder)
    {
        const string Mounts = "/proc/mounts";
        if (!File.Exists(Mounts)) return "unknown";
        return File.ReadLines(Mounts)
            .Select(line => line.Split(' '))
            .Where(m => (folder + "/").StartsWith(m[1].TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(m => m[1].Length)?[2] ?? "unknown";
    }
}
