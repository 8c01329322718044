using System.Collections.Concurrent;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Accounts;

/// <summary>Who a key is: what a request may do, and for whom.</summary>
public sealed record Bearer(Caller Caller, string Prefix, IReadOnlySet<string> Scopes);

/// <summary>Tells who holds a key. What was read is believed for a few seconds, so that a request costs no query.</summary>
public sealed class Keyring(IDialect dialect, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (ApiKey Key, Bearer Bearer, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    private int _epoch;

    /// <summary>How long a revoked key may still work on a node that did not revoke it.</summary>
    public static TimeSpan Fresh => TimeSpan.FromSeconds(5);

    /// <returns>Null when the key is unknown, wrong or revoked.</returns>
    public async ValueTask<Bearer?> Find(string secret, CancellationToken ct)
    {
        if (ApiKey.PrefixOf(secret) is not { } prefix)
        {
            return null;
        }

        var (now, epoch) = (time.GetUtcNow(), Volatile.Read(ref _epoch));
        if (!_known.TryGetValue(prefix, out var known) || known.Until < now)
        {
            if (await Load(prefix, now, ct) is not { } loaded)
            {
                return null;
            }

            known = loaded;
            if (epoch == Volatile.Read(ref _epoch))
            {
                // Not when a key was revoked meanwhile: it may be this one.
                _known[prefix] = known;
            }
        }

        return known.Key.Matches(secret) ? known.Bearer : null;
    }

    public void Forget(string prefix)
    {
        Interlocked.Increment(ref _epoch);
        _known.TryRemove(prefix, out _);
    }

    private async Task<(ApiKey, Bearer, DateTimeOffset)?> Load(string prefix, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var row = await db.Keys.Where(k => k.Prefix == prefix && k.RevokedAt == null)
            .Join(db.Accounts, k => k.Account, a => a.Id, (k, a) => new { Key = k, a.Name })
            .SingleOrDefaultAsync(ct);
        if (row is null)
        {
            _known.TryRemove(prefix, out _);
            return null;
        }

        var actor = new Actor("key", row.Key.Id.ToString(), row.Key.Name);
        var bearer = new Bearer(new Caller(row.Key.Account, row.Name, actor), prefix, row.Key.Scopes.Split(' ').ToHashSet(StringComparer.Ordinal));
        return (row.Key, bearer, now + Fresh);
    }
}
