using Polly;
using Polly.Retry;

namespace Exchange.Data.Servers;

/// <summary>An attempt at a unit of work that may well succeed a moment later.</summary>
/// <param name="last">It has been tried for long enough.</param>
internal sealed class RunAgain(Exception cause, bool last) : Exception(cause.Message, cause)
{
    private bool Last => last;

    /// <summary>The one pipeline of all units, with jitter.</summary>
    public static ResiliencePipeline Pipeline { get; } = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        MaxRetryAttempts = 20,
        Delay = TimeSpan.FromMilliseconds(10),
        MaxDelay = TimeSpan.FromSeconds(1),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = new PredicateBuilder().Handle<RunAgain>(again => !again.Last),
    }).Build();
}
