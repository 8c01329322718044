using Exchange.Core.Store;
using Exchange.Worker.Bus;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Worker;

/// <summary>Registers what works behind the door: bus, relay, timers, file checks. In the embedded mode the API hosts it.</summary>
public static class WorkerServices
{
    public static IServiceCollection AddExchangeWorker(this IServiceCollection services, BusSettings bus)
    {
        services.AddExchangeBus(bus);
        services.AddHostedService<Sweeper>();
        services.AddHostedService<Settler>();
        services.AddHostedService<Timers>();
        services.AddHostedService<FileChecker>();
        return services;
    }
}
