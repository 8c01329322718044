using System.Collections.Concurrent;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Live;

namespace Exchange.Edge.Tests.Bus;

/// <summary>Listens like an open page, and remembers.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly CancellationTokenSource _enough = new();
    private readonly ConcurrentQueue<Change?> _heard = new();
    private readonly Task _listening;

    public Ear(Changes changes, AccountId account)
    {
        // The first step is taken here, so the listener is known before the test goes on.
        var stream = changes.Listen(account, _enough.Token).GetAsyncEnumerator(_enough.Token);
        var first = stream.MoveNextAsync();
        _listening = Hear(stream, first);
    }

    public IReadOnlyCollection<Change?> Heard => _heard;

    public int Of(string kind, Guid id) => _heard.Count(c => c?.Kind == kind && c.Id == id);

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _listening;
        _enough.Dispose();
    }

    private async Task Hear(IAsyncEnumerator<Change?> stream, ValueTask<bool> next)
    {
        try
        {
            while (await next)
            {
                _heard.Enqueue(stream.Current);
                next = stream.MoveNextAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Heard enough.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }
}
