using Exchange.Core;
using Exchange.Core.Store;
using Exchange.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Exchange.Worker;

/// <summary>The worker as a process of its own, with the same settings as the API.</summary>
internal static class WorkerHost
{
    public static Task<int> Main(string[] args) => Starting.Guarded(async () =>
    {
        // The settings lie beside the program, whatever the current folder is.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = Settings.Read(builder.Configuration).ForWorker();
        builder.Services.AddSingleton(settings).AddSingleton(settings.Exchange);
        builder.Services.AddExchangeCore();
        builder.Services.AddExchangeData(settings.Database, settings.ConnectionStrings, settings.Exchange);
        builder.Services.AddExchangeWorker(settings, api: false);

        using var host = builder.Build();
        using var early = Starting.StopsWith(host.Services);
        await host.Services.PrepareDatabase(migrate: false, Starting.Stopping);
        Starting.Say("The worker of the ticket exchange works. Ctrl+C stops it.", host.Services);
        await host.RunAsync();
    });
}
