using System.Collections.Concurrent;

namespace Exchange.Data.People;

/// <summary>
/// E-mails that nobody has are locked out as others are: else the lock would tell who has an account here. Counted on this node alone.
/// </summary>
internal sealed class Strangers(TimeProvider time)
{
    /// <summary>So many are remembered; then those go whose time is over, or else all.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (int Wrong, DateTimeOffset Until)> _seen = new(StringComparer.Ordinal);

    /// <summary>How long nothing is looked at; null when something is.</summary>
    public TimeSpan? LockedFor(string? email) => _seen.TryGetValue(Key(email), out var seen) && seen.Wrong >= PeopleServices.MostWrong && seen.Until > time.GetUtcNow()
        ? seen.Until - time.GetUtcNow()
        : null;

    /// <summary>Counts a wrong attempt; for how long it locks, if it does.</summary>
    public TimeSpan? Missed(string? email)
    {
        var now = time.GetUtcNow();
        if (_seen.Count >= Most)
        {
            Forget(now);
        }

        // As with people: wrong ones add up until the lock, which begins with the last of them and ends the count.
        var seen = _seen.AddOrUpdate(
            Key(email),
            _ => (1, DateTimeOffset.MaxValue),
            (_, before) => before.Until <= now ? (1, DateTimeOffset.MaxValue)
                : before.Wrong + 1 >= PeopleServices.MostWrong ? (PeopleServices.MostWrong, now + PeopleServices.LockedFor)
                : (before.Wrong + 1, DateTimeOffset.MaxValue));
        return seen.Wrong >= PeopleServices.MostWrong ? seen.Until - now : null;
    }

    private static string Key(string? email) => (email ?? "").Trim().ToUpperInvariant() is var key && key.Length <= 200 ? key : key[..200];

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, seen) in _seen)
        {
            if (seen.Until <= now || _seen.Count >= Most)
            {
                _seen.TryRemove(key, out _);
            }
        }
    }
}
