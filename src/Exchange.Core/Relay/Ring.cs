using System.Threading.Channels;
using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;

namespace Exchange.Core.Relay;

/// <summary>
/// Tells the bus, after a commit, that there is something to carry. Bounded and forgetful: what does not fit is dropped,
/// since the sweeper finds it in the log.
/// </summary>
public sealed class Ring
{
    private readonly Channel<Envelope> _channel = Channel.CreateBounded<Envelope>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ChannelReader<Envelope> Rung => _channel.Reader;

    public void Post(IReadOnlyList<Entry> entries)
    {
        foreach (var entry in entries)
        {
            _channel.Writer.TryWrite(entry.ToEnvelope());
        }
    }
}
