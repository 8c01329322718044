using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Exchange.Core.Kernel;
using Exchange.Core.Live;

namespace Exchange.Core.Events;

/// <summary>
/// An account's events as they come. It waits for the live signal, looks every other second all the same, and reads nothing ahead of
/// its reader.
/// </summary>
public sealed class EventFeed(EventViews views, Changes changes, TimeProvider time)
{
    /// <summary>Events in one go.</summary>
    private const int Batch = 200;

    /// <summary>How often it looks without having heard anything.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>All events after a number, without an end. An empty list says that there was nothing for a while.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EventView>> Follow(Caller caller, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        // Listens before it looks, so that what comes between is heard.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var listening = Listen(caller, bell.Writer, ends.Token);
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            var tick = timer.WaitForNextTickAsync(ct).AsTask();
            while (true)
            {
                var events = await views.After(caller, after, Batch, ct);
                if (events.Count > 0)
                {
                    after = long.Parse(events[^1].Id, System.Globalization.CultureInfo.InvariantCulture);
                }

                yield return events;
                if (events.Count < Batch)
                {
                    await Task.WhenAny(tick, bell.Reader.WaitToReadAsync(ct).AsTask());
                    ct.ThrowIfCancellationRequested();
                    bell.Reader.TryRead(out _);
                    tick = tick.IsCompleted ? timer.WaitForNextTickAsync(ct).AsTask() : tick;
                }
            }
        }
        finally
        {
            await ends.CancelAsync();
            await listening;
        }
    }

    private async Task Listen(Caller caller, ChannelWriter<bool> bell, CancellationToken ct)
    {
        try
        {
            await foreach (var change in changes.Listen(caller.Account, ct))
            {
                if (change is null or { Kind: "event" })
                {
                    bell.TryWrite(true);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
    }
}
