namespace Exchange.Benchmarks;

/// <summary>The run cannot go on; the message is for the person who started it.</summary>
sealed class BenchmarkFailure(string message, Exception? cause = null) : Exception(message, cause);
