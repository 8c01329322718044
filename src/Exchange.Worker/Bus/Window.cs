using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Bus;

/// <summary>
/// So many messages are on their way to the broker at once, and no more: the client keeps no bound of its own. One that is not
/// confirmed in time counts as lost, and keeps its place until it has ended, so that a broker which is away gathers no heap.
/// </summary>
internal sealed class Window(int size, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _places = new(size);

    /// <summary>How long one send may take, and how long a free place is waited for.</summary>
    public static TimeSpan Limit => TimeSpan.FromSeconds(10);

    /// <summary>How long a send that does not end keeps its place.</summary>
    private static TimeSpan Longest => TimeSpan.FromMinutes(1);

    /// <returns>False when there was no place in time.</returns>
    public Task<bool> Enter(CancellationToken ct) => _places.WaitAsync(Limit, ct);

    /// <summary>Sends in a place that was entered, without waiting for the confirm. A token in the send would corrupt the client's count of confirms.</summary>
    public async Task Send(Func<Task> send, string what)
    {
        var sending = Task.CompletedTask;
        try
        {
            sending = send();
            await sending.WaitAsync(Limit);
        }
        catch (Exception e)
        {
            log.LogWarning("{What} was not sent ({Why}); nothing is lost, it is carried later", what, e is TimeoutException ? "no confirm in time" : e.Message);
        }

        // One that never ends must not keep its place for ever: then the node would never send again.
        if (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(Longest));
        }

        _places.Release();
    }

    public void Dispose() => _places.Dispose();
}
