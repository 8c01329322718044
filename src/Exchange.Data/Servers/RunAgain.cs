using Polly;
using Polly.Retry;

namespace Exchange.Data.Servers;

/// <summary>An attempt at a unit of work that may well succeed a moment later.</summary>
internal sealed class RunAgain(Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>The one pipeline of all units: about four seconds in all, with jitter.</summary>
    public static ResiliencePipeline Pipeline { get; } = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        MaxRetryAttempts = 10,
        Delay = TimeSpan.FromMilliseconds(10),
        MaxDelay = TimeSpan.FromSeconds(1),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = new PredicateBuilder().Handle<RunAgain>(),
    }).Build();
}
