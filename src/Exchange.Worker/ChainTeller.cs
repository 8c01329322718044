using Exchange.Core.Handoffs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Tells open pages of a chain what moved in it further away. What it misses is seen when a page is opened anew, so a failure costs that alone.</summary>
public sealed class ChainTeller(Onlookers onlookers, ILogger<ChainTeller> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var moved in onlookers.Moved.ReadAllAsync(stoppingToken))
        {
            try
            {
                await onlookers.Tell(moved, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Open pages of the chain of {Handoff} were not told that it moved", moved);
            }
        }
    }
}
