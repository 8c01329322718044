using Exchange.Api.Demo;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Connections;

namespace Exchange.Api;

/// <summary>What the start says to the person who started it.</summary>
internal static class Starting
{
    /// <summary>Runs the host; a start that is refused ends with one clear line and the exit code 1.</summary>
    public static async Task<int> Guarded(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was still starting.
            return 0;
        }
        catch (StartRefused refused)
        {
            return await Refuse(refused.Message);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return await Refuse($"{e.Message} Stop the other program, or choose another address with --urls.");
        }
    }

    public static void Greet(this WebApplication app, Settings settings) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Urls.FirstOrDefault() ?? "";
        Console.WriteLine();
        Console.WriteLine($"The ticket exchange serves on {address}");
        Console.WriteLine($"  try it       {address}/docs");
        Console.WriteLine($"  health       {address}/health/ready");
        Console.WriteLine($"  data         {Path.GetFullPath(settings.Exchange.Data)}");
        foreach (var line in DemoCompanies.Said(settings, address))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine("  stop         Ctrl+C");
        Console.WriteLine();
    });

    private static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync($"The exchange does not start. {why}");
        return 1;
    }
}
