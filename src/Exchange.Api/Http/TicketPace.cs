using System.Globalization;
using System.Threading.RateLimiting;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.AspNetCore.RateLimiting;

namespace Exchange.Api.Http;

/// <summary>
/// How fast one ticket or handoff can be written on, so that one that is flooded leaves the others their share of the machine: what
/// comes faster waits its turn. Counted for each key apart, so that nobody can hold up another company's ticket, and on each node.
/// </summary>
internal sealed class TicketPace(RateLimitSettings rate) : IRateLimiterPolicy<string>
{
    public const string Name = "ticket";

    /// <summary>So many requests wait for one ticket; who comes then is refused.</summary>
    private const int MostWaiting = 100;

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => (context, _) => HttpSetup.TooMany(
        context, $"One ticket takes {rate.PerSecond} changes a second from one key, and {MostWaiting} are waiting.");

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        HttpMethods.IsGet(httpContext.Request.Method) || httpContext.GetRouteValue("id") is not string id
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter($"{HttpSetup.Asker(httpContext)} {id.ToUpperInvariant()}", _ => HttpSetup.Bucket(rate, MostWaiting));
}
