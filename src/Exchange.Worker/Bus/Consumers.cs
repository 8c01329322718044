using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

// None of them ever throws: a broker's retries and error queues carry nothing here, and an escaping cancellation would end the endpoint.

/// <summary>Hands what the bus brings to the relay.</summary>
public sealed class EntriesAppendedConsumer(Core.Relay.Relay relay, Pulse pulse, ILogger<EntriesAppendedConsumer> log) : IConsumer<EntriesAppended>
{
    public async Task Consume(ConsumeContext<EntriesAppended> context)
    {
        using var work = pulse.Beat(Node.Relay);
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

/// <summary>Tells the pages of this node what changed on another.</summary>
public sealed class ChangedConsumer(Changes changes, Node node, Pulse pulse) : IConsumer<Changed>
{
    public Task Consume(ConsumeContext<Changed> context)
    {
        using var work = pulse.Beat(node.Live);
        if (context.Message.Node != node.Id)
        {
            foreach (var change in context.Message.Changes)
            {
                changes.Tell(change);
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>Takes this node's own probe, and puts back another's.</summary>
public sealed class RelayProbeConsumer(Node node, Pulse pulse, ILogger<RelayProbeConsumer> log) : IConsumer<Probe>
{
    /// <summary>A probe whose node has gone ends here.</summary>
    private const int MostHops = 200;

    public async Task Consume(ConsumeContext<Probe> context)
    {
        using var work = pulse.Beat(Node.Relay);
        if (context.Message.Node == node.Id || context.Message.Hops >= MostHops)
        {
            return;
        }

        try
        {
            var back = await context.GetSendEndpoint(node.Endpoints.First().Address);
            await back.Send(context.Message with { Hops = context.Message.Hops + 1 }, CancellationToken.None).WaitAsync(Window.Limit);
        }
        catch (Exception e)
        {
            log.LogDebug(e, "A probe was not put back");
        }
    }
}

/// <summary>Takes this node's own probe.</summary>
public sealed class LiveProbeConsumer(Node node, Pulse pulse) : IConsumer<Probe>
{
    public Task Consume(ConsumeContext<Probe> context)
    {
        using var work = pulse.Beat(node.Live);
        return Task.CompletedTask;
    }
}
