using Exchange.Core.Store;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Worker.Bus;

/// <summary>The bus that the settings choose: one queue for competing relays.</summary>
public static class BusServices
{
    /// <summary>How many messages one process relays at a time.</summary>
    private const int AtOnce = 4;

    /// <exception cref="StartRefused">The settings name a transport that is not built.</exception>
    public static IServiceCollection AddExchangeBus(this IServiceCollection services, BusSettings settings)
    {
        if (!string.Equals(settings.Transport, "InMemory", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartRefused($"Bus:Transport is {settings.Transport}, and this version has InMemory only. Set Bus:Transport=InMemory.");
        }

        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<EntriesAppendedConsumer>();
            bus.UsingInMemory((context, transport) => transport.ReceiveEndpoint("relay", endpoint =>
            {
                endpoint.ConcurrentMessageLimit = AtOnce;
                endpoint.PublishFaults = false;
                endpoint.ConfigureConsumer<EntriesAppendedConsumer>(context);
            }));
        });
        services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = true);
        services.AddSingleton<BusHealth>();
        services.AddHostedService<RingPublisher>();
        return services;
    }
}

/// <summary>Whether the bus carries.</summary>
public sealed class BusHealth(IBusControl bus)
{
    /// <summary>Null when it does; otherwise what is wrong.</summary>
    public string? Trouble()
    {
        var health = bus.CheckHealth();
        return health.Status == BusHealthStatus.Healthy ? null : health.Description;
    }
}
