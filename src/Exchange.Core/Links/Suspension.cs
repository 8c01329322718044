using System.Globalization;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;

namespace Exchange.Core.Links;

/// <summary>A time during which one side had the link suspended. Both sides may have it so at once.</summary>
public sealed class Suspension
{
    public required Guid Id { get; init; }

    public required LinkId Link { get; init; }

    public required AccountId By { get; init; }

    public required Actor Actor { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>The stretches between two times in which a link was suspended without a break, by either side or both; in order.</summary>
    public static IEnumerable<(DateTimeOffset Since, DateTimeOffset Until)> Stretches(IEnumerable<Suspension> all, DateTimeOffset from, DateTimeOffset to)
    {
        (DateTimeOffset Since, DateTimeOffset Until)? open = null;
        foreach (var one in all.OrderBy(s => s.Since))
        {
            var (since, until) = (Later(one.Since, from), one.Until is { } ended && ended < to ? ended : to);
            if (until <= since)
            {
                continue;
            }

            if (open is { } before && since > before.Until)
            {
                yield return before;
                open = null;
            }

            open = open is { } reached ? (reached.Since, Later(reached.Until, until)) : (since, until);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    /// <summary>A due time that was set at a time, as all suspensions since then have moved it: each by the one rule beneath.</summary>
    public static DateTimeOffset Moved(DateTimeOffset due, IEnumerable<Suspension> all, DateTimeOffset setAt, DateTimeOffset now) =>
        Stretches(all, setAt, now).Aggregate(due, (at, stretch) => Moved(at, stretch.Since, stretch.Until)!.Value);

    /// <summary>A due time as a suspension moves it that began before it had come: by as long as that lasts. Null stays null.</summary>
    /// <param name="since">Since when the link is suspended without a break; null where it is not.</param>
    public static DateTimeOffset? Moved(DateTimeOffset? due, DateTimeOffset? since, DateTimeOffset now) => since is { } began && due > began ? due + (now - began) : due;

    /// <summary>For the writer of something that is kept: why, since when, and until when.</summary>
    /// <param name="standing">The suspensions that last now, one of each side at most.</param>
    /// <param name="what">What is kept, as the beginning of a sentence.</param>
    public static string Kept(string partner, AccountId writer, IReadOnlyCollection<Suspension> standing, string what)
    {
        var by = standing.OrderBy(s => s.Since).Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"since {s.Since:d MMMM} by {(s.By == writer ? "you" : partner)}{(string.IsNullOrWhiteSpace(s.Reason) ? "" : $" (reason: {s.Reason})")}"));
        var when = standing.Count > 1 ? "both of you resume" : standing.Any(s => s.By == writer) ? "you resume" : "they resume";
        return $"Link to {partner} is suspended {string.Join(" and ", by)}. {what} is kept and will be delivered when {when}.";
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
