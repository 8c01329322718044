using System.Text.Json;

namespace Exchange.Api.Demo;

/// <summary>
/// The keys of the demo companies, kept in a file of the data folder: the database has hashes alone, and each start prints the keys again.
/// Demo companies hold nothing of anybody; no other key is ever kept like this.
/// </summary>
internal sealed class DemoKeys(string folder)
{
    private string Place => Path.Combine(folder, "demo-keys.json");

    /// <summary>By slug; empty when there is no such file, or it is not readable as one.</summary>
    public IReadOnlyDictionary<string, string> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(Place)) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }

    public void Write(IReadOnlyDictionary<string, string> keys)
    {
        // Made anew, so that nobody but its owner can ever read it, whatever lay there before.
        File.Delete(Place);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(Place, options);
        JsonSerializer.Serialize(file, keys);
        file.Flush(flushToDisk: true);
    }
}
