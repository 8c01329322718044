using MassTransit;

namespace Exchange.Worker.Bus;

/// <summary>Whether the bus carries.</summary>
public sealed class BusHealth(IBusControl bus)
{
    /// <summary>Null when it does; otherwise what is wrong.</summary>
    public string? Trouble()
    {
        var health = bus.CheckHealth();
        return health.Status == BusHealthStatus.Healthy
            ? null
            : $"The broker is not reached, or is being connected to ({health.Description}). Commands succeed; what they say goes over with a delay of some seconds.";
    }
}
