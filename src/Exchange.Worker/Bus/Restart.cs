using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Transports;

namespace Exchange.Worker.Bus;

/// <summary>
/// Stops the bus and starts it again. Left alone, the library passes over just the endpoint that died: its stop where the endpoint
/// ended as completed, its start where it ended as faulted. So each endpoint that was ever ready is remembered, stopped, and marked so.
/// </summary>
internal sealed class Restart : IReceiveEndpointObserver
{
    /// <summary>For each stop, and for the start: one that takes longer goes on, and is judged by what is received.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly IBusControl _bus;
    private readonly ConcurrentDictionary<ReceiveEndpoint, bool> _endpoints = new();

    public Restart(IBusControl bus)
    {
        _bus = bus;
        bus.ConnectReceiveEndpointObserver(this);
    }

    public async Task Do(CancellationToken ct)
    {
        await Stopped(_bus.StopAsync, ct);
        await Task.WhenAll(_endpoints.Keys.Select(endpoint => Stopped(endpoint.Stop, ct)));
        foreach (var endpoint in _endpoints.Keys)
        {
            endpoint.CurrentState = ReceiveEndpoint.State.Completed;
        }

        try
        {
            await _bus.StartAsync(ct).WaitAsync(Limit, ct);
        }
        catch (TimeoutException)
        {
            // The broker may just have gone away: then it starts when the broker is back.
        }
    }

    /// <summary>
    /// A bus that was not stopped to its end is taken for running by the library, which then passes over the start: so it is stopped
    /// once more, and the second stop has mostly nothing left to wait for. Whatever comes of it, the start has to follow.
    /// </summary>
    private static async Task Stopped(Func<CancellationToken, Task> stop, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            await stop(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            try
            {
                await stop(ct).WaitAsync(Limit, ct);
            }
            catch (TimeoutException)
            {
                // What is still not stopped is passed over by the start, and found by the next probes.
            }
        }
    }

    public Task Ready(ReceiveEndpointReady ready)
    {
        if (ready.ReceiveEndpoint is ReceiveEndpoint endpoint)
        {
            _endpoints[endpoint] = true;
        }

        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
