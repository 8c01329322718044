namespace Exchange.Benchmarks;

/// <summary>Where the built hosts lie: beside the solution that this runner belongs to, unless the environment says otherwise.</summary>
static class HostDll
{
    public static string Api() => Find("Exchange.Api", "EXCHANGE_HOST_DLL");

    public static string Worker() => Find("Exchange.Worker", "EXCHANGE_WORKER_DLL");

    static string Find(string project, string variable)
    {
        var given = Environment.GetEnvironmentVariable(variable);
        var dll = string.IsNullOrEmpty(given)
            ? Path.Combine(Root(variable), "src", project, "bin", "Release", "net10.0", project + ".dll")
            : Path.GetFullPath(given);

        // A library lies there without the second file.
        return File.Exists(dll) && File.Exists(Path.ChangeExtension(dll, ".runtimeconfig.json"))
            ? dll
            : throw new BenchmarkFailure(
                $"The host is not built: {dll} or its .runtimeconfig.json is missing. Run `dotnet build src/{project} -c Release`, or set {variable}.");
    }

    static string Root(string variable)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Exchange.sln"))) return folder.FullName;
        }

        throw new BenchmarkFailure($"No Exchange.sln above this program: set {variable} to the host's dll.");
    }
}
