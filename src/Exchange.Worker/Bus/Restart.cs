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
    /// <summary>For all stops together, and for the start: one that takes longer goes on, and is judged by what is received.</summary>
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        await Stopped(_bus.StopAsync, limit.Token, ct);
        foreach (var endpoint in _endpoints.Keys)
        {
            await Stopped(endpoint.Stop, limit.Token, ct);
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
    /// once more, and the second stop has nothing left to wait for.
    /// </summary>
    private static async Task Stopped(Func<CancellationToken, Task> stop, CancellationToken limit, CancellationToken ct)
    {
        try
        {
            await stop(limit);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            await stop(ct).WaitAsync(Limit, ct);
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
