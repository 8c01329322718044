using Exchange.Contracts.V1;
using Exchange.Core.Relay;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

/// <summary>Puts on the bus what was rung: all that is queued now in one message; while that is in flight the next one forms.</summary>
public sealed class RingPublisher(Ring ring, IBus bus, ILogger<RingPublisher> log) : BackgroundService
{
    private const int MostTogether = 100;

    /// <summary>How long one send may take. What is not sent is not lost: the sweeper finds it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var together = new List<Envelope>(MostTogether);
        while (await ring.Rung.WaitToReadAsync(stoppingToken))
        {
            together.Clear();
            while (together.Count < MostTogether && ring.Rung.TryRead(out var envelope))
            {
                together.Add(envelope);
            }

            await Publish([.. together], stoppingToken);
        }
    }

    private async Task Publish(IReadOnlyList<Envelope> envelopes, CancellationToken ct)
    {
        try
        {
            await bus.Publish(new EntriesAppended(envelopes), CancellationToken.None).WaitAsync(Limit, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(e, "{Count} envelopes were not published; the sweeper carries their entries", envelopes.Count);
        }
    }
}
