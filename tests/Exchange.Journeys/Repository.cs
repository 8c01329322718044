namespace Exchange.Journeys;

/// <summary>Where the built host, the README and the tools are: found from the test assembly upward, so that no path is written down.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The API that was built last, Release or Debug; EXCHANGE_HOST_DLL names another.</summary>
    public static string HostDll() => Built("Exchange.Api", "EXCHANGE_HOST_DLL");

    /// <summary>The worker that was built last, Release or Debug; EXCHANGE_WORKER_DLL names another.</summary>
    public static string WorkerDll() => Built("Exchange.Worker", "EXCHANGE_WORKER_DLL");

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    static string Built(string project, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }

        var built = new[] { "Release", "Debug" }
            .Select(configuration => File("src", project, "bin", configuration, "net10.0", $"{project}.dll"))
            .Where(System.IO.File.Exists)
            .MaxBy(LastBuilt);
        return built ?? throw new FileNotFoundException($"It is not built: dotnet build src/{project} -c Release");
    }

    // The host's own file stays as it is when only a library changed.
    static DateTime LastBuilt(string dll) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(dll)!, "Exchange.*.dll").Max(System.IO.File.GetLastWriteTimeUtc);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Exchange.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Exchange.sln above {AppContext.BaseDirectory}");
    }
}
