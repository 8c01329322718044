using System.Text.Json.Nodes;

namespace Exchange.Journeys;

/// <summary>tools/verify-entries.mjs, which shares no code with the writer of the log.</summary>
static class Verifier
{
    static string Script => Repository.File("tools", "verify-entries.mjs");

    public static Task<Ran> Online(IExchange exchange, Company who, string handoffId, params string[] options) =>
        Shell.Run("node", [Script, exchange.Address.ToString(), who.Key, handoffId, .. options]);

    public static async Task<Ran> Offline(IEnumerable<JsonNode> entries, params string[] options)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new JsonArray([.. entries.Select(entry => entry.DeepClone())]).ToJsonString());
            return await Shell.Run("node", [Script, "--file", file, .. options]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static Task<Ran> With(params string[] arguments) => Shell.Run("node", [Script, .. arguments]);

    public static async Task FindsWhole(IExchange exchange, Company who, string handoffId)
    {
        var ran = await Online(exchange, who, handoffId);
        if (ran.ExitCode != 0)
        {
            throw new AssertionException($"{who.Name}'s chain of handoff {handoffId}: {ran.Both}");
        }
    }
}
