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

    /// <summary>How long a link was suspended between two times, by either side or both.</summary>
    public static TimeSpan Length(IEnumerable<Suspension> all, DateTimeOffset from, DateTimeOffset to)
    {
        var (sum, reached) = (TimeSpan.Zero, from);
        foreach (var one in all.OrderBy(s => s.Since))
        {
            var (since, until) = (Later(one.Since, reached), one.Until is { } ended && ended < to ? ended : to);
            if (until > since)
            {
                sum += until - since;
                reached = until;
            }
        }

        return sum;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
