using System.Collections.Concurrent;

namespace Exchange.Worker.Bus;

/// <summary>How often each endpoint of this node has received something, and whether it is at work on it.</summary>
public sealed class Pulse
{
    private readonly ConcurrentDictionary<string, (long Beats, int AtWork)> _endpoints = new(StringComparer.Ordinal);

    /// <summary>Something was received; it is being worked on until the answer is disposed of.</summary>
    public IDisposable Beat(string endpoint)
    {
        _endpoints.AddOrUpdate(endpoint, (1, 1), (_, now) => (now.Beats + 1, now.AtWork + 1));
        return new Work(() => _endpoints.AddOrUpdate(endpoint, (0, 0), (_, now) => (now.Beats, now.AtWork - 1)));
    }

    /// <summary>How often it beat.</summary>
    public long Of(string endpoint) => _endpoints.GetValueOrDefault(endpoint).Beats;

    /// <summary>Whether something that it received is not done yet: a slow database is no dead endpoint.</summary>
    public bool AtWork(string endpoint) => _endpoints.GetValueOrDefault(endpoint).AtWork > 0;

    private sealed class Work(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
