using Exchange.Api.Demo;
using Exchange.Worker;

namespace Exchange.Api;

/// <summary>What a running host says to the person who started it.</summary>
internal static class Greeting
{
    public static void Greet(this WebApplication app, Settings settings) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Urls.FirstOrDefault() ?? "";
        Console.WriteLine();
        Console.WriteLine($"The ticket exchange serves on {address}");
        Console.WriteLine($"  open         {address}");
        Console.WriteLine($"  API          {address}/docs");
        Console.WriteLine($"  health       {address}/health/ready");
        Console.WriteLine($"  data         {Path.GetFullPath(settings.Exchange.Data)}");
        foreach (var line in DemoCompanies.Said(settings, address))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine("  stop         Ctrl+C");
        Console.WriteLine();
    });
}
