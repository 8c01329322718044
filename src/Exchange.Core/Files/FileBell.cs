using System.Threading.Channels;

namespace Exchange.Core.Files;

/// <summary>Says that a file has come and waits for its check. Forgetful: pending files are found in the database too.</summary>
public sealed class FileBell
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _channel.Writer.TryWrite(true);

    public ChannelReader<bool> Rung => _channel.Reader;
}
