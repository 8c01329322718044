using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Exchange.Edge.Tests.Bus;

/// <summary>Every line that a node logs, exceptions in full.</summary>
internal sealed class Lines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> All => _lines;

    public bool Say(string words) => Count(words) > 0;

    public int Count(string words) => _lines.Count(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));

    public ILogger CreateLogger(string categoryName) => new Pen(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Pen(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
