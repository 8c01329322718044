using System.Globalization;
using System.Threading.RateLimiting;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>How much a stranger may send in an hour: forms from an address and to a company, replies by one link. Counted on each node.</summary>
public sealed class CustomerLimits : IDisposable
{
    public const int FormsOfAddress = 10;
    public const int FormsOfCompany = 300;
    public const int RepliesOfLink = 60;

    private readonly PartitionedRateLimiter<string> _address = Hourly(FormsOfAddress);
    private readonly PartitionedRateLimiter<AccountId> _company = Hourly<AccountId>(FormsOfCompany);
    private readonly PartitionedRateLimiter<string> _link = Hourly(RepliesOfLink);

    /// <summary>Counts this form; true when there were too many.</summary>
    public bool RefuseForm(HttpContext http, AccountId company) => Over(_address, Attempts.From(http), http) || Over(_company, company, http);

    /// <summary>Counts this reply; true when there were too many.</summary>
    public bool RefuseReply(HttpContext http, string token) => Over(_link, Convert.ToHexString(Requester.HashOf(token)), http);

    public void Dispose()
    {
        _address.Dispose();
        _company.Dispose();
        _link.Dispose();
    }

    private static PartitionedRateLimiter<string> Hourly(int most) => Hourly<string>(most);

    private static PartitionedRateLimiter<TKey> Hourly<TKey>(int most)
        where TKey : notnull => PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.GetFixedWindowLimiter(
            key, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromHours(1), QueueLimit = 0 }));

    private static bool Over<TKey>(PartitionedRateLimiter<TKey> limiter, TKey key, HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
        {
            return false;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromHours(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return true;
    }
}
