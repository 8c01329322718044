using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

/// <summary>Hands what the bus brings to the relay. It never throws: a broker's retries and error queues carry nothing here, the log does.</summary>
public sealed class EntriesAppendedConsumer(Core.Relay.Relay relay, ILogger<EntriesAppendedConsumer> log) : IConsumer<EntriesAppended>
{
    public async Task Consume(ConsumeContext<EntriesAppended> context)
    {
        try
        {
            await relay.Bring([.. context.Message.Envelopes.Select(e => new HandoffId(e.Handoff))], CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogError(e, "A message was not relayed; the sweeper finds its entries in the log");
        }
    }
}
