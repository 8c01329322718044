using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>
/// How often somebody may try to come in: 10 times a minute after the first 20, for an e-mail from an address; ten times that for an
/// address alone, behind which a whole company may sit. Counted on each node.
/// </summary>
public sealed class Attempts : IDisposable
{
    private const int Burst = 20;
    private const int PerMinute = 10;
    private const int Company = 10;

    private readonly PartitionedRateLimiter<string> _pair = Limiter(Burst, PerMinute);
    private readonly PartitionedRateLimiter<string> _address = Limiter(Burst * Company, PerMinute * Company);

    /// <summary>Counts this attempt; when there were too many, tells so on the page.</summary>
    public bool Refuses(ExchangePage page, string? email)
    {
        var address = From(page.HttpContext);
        if (Over(_address, address, page.HttpContext) || Over(_pair, $"{address} {email?.Trim().ToUpperInvariant()}", page.HttpContext))
        {
            page.Tell(new Fault(Codes.RateLimited, "Too many attempts. Wait a minute, then try again."));
            return true;
        }

        return false;
    }

    public void Dispose()
    {
        _pair.Dispose();
        _address.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int burst, int perMinute) => PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(
        key, _ => new TokenBucketRateLimiterOptions { TokenLimit = burst, TokensPerPeriod = perMinute, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    private static bool Over(PartitionedRateLimiter<string> limiter, string key, HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
        {
            return false;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Of IPv6 the network, since one customer has a whole one.</summary>
    internal static string From(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
