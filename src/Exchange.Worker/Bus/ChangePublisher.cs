using Exchange.Contracts.V1;
using Exchange.Core.Live;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

/// <summary>Tells the other nodes what changed here: all that is queued now in one message, each thing once.</summary>
public sealed class ChangePublisher(Changes changes, Node node, IBus bus, ILogger<ChangePublisher> log) : BackgroundService
{
    private const int MostTogether = 500;

    /// <summary>One: what is said while it is under way goes together in the next, so that a busy node sends few.</summary>
    private const int InFlight = 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var window = new Window(InFlight, log);
        while (await changes.ForOthers.WaitToReadAsync(stoppingToken))
        {
            var free = await window.Enter(stoppingToken);
            var together = new HashSet<Change>();
            while (together.Count < MostTogether && changes.ForOthers.TryRead(out var change))
            {
                together.Add(change);
            }

            if (free)
            {
                _ = window.Send(() => bus.Publish(new Changed(node.Id, [.. together]), CancellationToken.None), "A live signal");
            }
        }
    }
}
