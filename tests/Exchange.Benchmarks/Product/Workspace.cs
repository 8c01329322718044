using System.Security.Cryptography;

namespace Exchange.Benchmarks;

/// <summary>A folder of this run's own, removed at its end. The bare loop and the product both keep their data in it.</summary>
sealed class Workspace : IDisposable
{
    public Workspace(string? parent)
    {
        Folder = Path.Combine(
            Path.GetFullPath(parent ?? Path.GetTempPath()),
            "exchange-benchmarks-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    public string Under(string name) => Path.Combine(Folder, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"{Folder} could not be removed: {e.Message}");
        }
    }
}
