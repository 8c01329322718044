using RabbitMQ.Client;

namespace Exchange.Benchmarks;

/// <summary>Persistent messages with confirms, and no more than a window of them unconfirmed. A confirm may stand for several messages.</summary>
sealed class ConfirmedPublisher : IAsyncDisposable
{
    readonly IChannel channel;
    readonly string queue;
    readonly SemaphoreSlim room;
    readonly SemaphoreSlim turn = new(1);
    readonly BasicProperties properties = new() { Persistent = true };
    readonly HashSet<ulong> confirmedEarly = [];
    ulong lowestUnconfirmed = 1;

    ConfirmedPublisher(IChannel channel, string queue, int window)
    {
        this.channel = channel;
        this.queue = queue;
        room = new(window);
        channel.BasicAcksAsync += (_, confirm) =>
        {
            if (Confirm(confirm.DeliveryTag, confirm.Multiple) is > 0 and var count) room.Release(count);
            return Task.CompletedTask;
        };
    }

    public static async Task<ConfirmedPublisher> Open(IConnection connection, string queue, int window, Action<Exception> broken)
    {
        // The client's own tracking would add a header and a task for each message; counting the numbers is enough here.
        var confirms = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);
        var opened = await connection.CreateChannelAsync(confirms, CancellationToken.None);
        opened.BasicNacksAsync += (_, _) =>
        {
            broken(new BenchmarkFailure("The broker refused a message of the bare loop."));
            return Task.CompletedTask;
        };
        opened.ChannelShutdownAsync += (_, why) =>
        {
            if (why.Initiator is not ShutdownInitiator.Application) broken(new BenchmarkFailure($"The broker closed the bare loop's channel: {why.ReplyText}"));
            return Task.CompletedTask;
        };
        return new(opened, queue, window);
    }

    /// <summary>Waits for room in the window, not for the confirm.</summary>
    public async Task Publish(ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        await room.WaitAsync(stop);
        await turn.WaitAsync(stop);
        try
        {
            // A cancelled publish would upset the client's count of confirms.
            await channel.BasicPublishAsync("", queue, mandatory: false, properties, body, CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        room.Dispose();
        turn.Dispose();
    }

    /// <summary>How many messages this confirms for the first time. The client calls it one at a time.</summary>
    int Confirm(ulong number, bool andAllBefore)
    {
        var before = lowestUnconfirmed + (ulong)confirmedEarly.Count;
        if (andAllBefore && number >= lowestUnconfirmed)
        {
            confirmedEarly.RemoveWhere(early => early <= number);
            lowestUnconfirmed = number + 1;
        }
        else if (number >= lowestUnconfirmed)
        {
            confirmedEarly.Add(number);
        }

        while (confirmedEarly.Remove(lowestUnconfirmed)) lowestUnconfirmed++;
        return (int)(lowestUnconfirmed + (ulong)confirmedEarly.Count - before);
    }
}
