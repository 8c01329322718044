using Exchange.Contracts.V1;
using Exchange.Core.Relay;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

/// <summary>Puts on the bus what was rung: all that is queued now in one message; while some are in flight the next one forms.</summary>
public sealed class RingPublisher(Ring ring, IBus bus, ILogger<RingPublisher> log) : BackgroundService
{
    private const int MostTogether = 100;

    private const int InFlight = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var window = new Window(InFlight, log);
        var together = new List<Envelope>(MostTogether);
        while (await ring.Rung.WaitToReadAsync(stoppingToken))
        {
            var free = await window.Enter(stoppingToken);
            together.Clear();
            while (together.Count < MostTogether && ring.Rung.TryRead(out var envelope))
            {
                together.Add(envelope);
            }

            // Without a place it is dropped: the sweeper finds it in the log.
            if (free)
            {
                var message = new EntriesAppended([.. together]);
                _ = window.Send(() => bus.Publish(message, CancellationToken.None), $"A ring for {message.Envelopes.Count} entries");
            }
        }
    }
}
