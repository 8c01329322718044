namespace Exchange.Benchmarks;

/// <summary>Where the built host lies: beside the solution that this runner belongs to, unless the environment says otherwise.</summary>
static class HostDll
{
    const string Variable = "EXCHANGE_HOST_DLL";

    public static string Find()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        var dll = string.IsNullOrEmpty(given)
            ? Path.Combine(Root(), "src", "Exchange.Api", "bin", "Release", "net10.0", "Exchange.Api.dll")
            : Path.GetFullPath(given);
        return File.Exists(dll)
            ? dll
            : throw new BenchmarkFailure(
                $"The host is not built: {dll} is missing. Run `dotnet build src/Exchange.Api -c Release`, or set {Variable}.");
    }

    static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Exchange.sln"))) return folder.FullName;
        }

        throw new BenchmarkFailure($"No Exchange.sln above this program: set {Variable} to the host's dll.");
    }
}
