using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>Makes handoffs for tests. A state is reached by moves of the table alone, so none is built that cannot happen.</summary>
internal static class AHandoff
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static Handoff Offered()
    {
        var id = new HandoffId(Guid.Parse("0195569e-3a00-7000-8000-000000000001"));
        return new Handoff
        {
            Id = id,
            Link = new LinkId(Guid.Parse("0195569e-3a00-7000-8000-000000000002")),
            TermsVersion = 1,
            Placer = new AccountId(Guid.Parse("0195569e-3a00-7000-8000-000000000003")),
            Fulfiller = new AccountId(Guid.Parse("0195569e-3a00-7000-8000-000000000004")),
            PlacerTicket = new TicketId(Guid.Parse("0195569e-3a00-7000-8000-000000000005")),
            PlacerNumber = "17",
            Root = id,
            Depth = 1,
            Picks = 0,
            OfferedAt = Noon,
            BallSince = Noon,
        };
    }

    /// <summary>A handoff in this state, by the shortest way from the offer.</summary>
    public static Handoff In(HandoffState state) => In(state, out _);

    public static Handoff In(HandoffState state, out int moves)
    {
        var handoff = Offered();
        var way = WayTo(state);
        foreach (var row in way)
        {
            handoff.Move(row, Noon);
        }

        Assert.That(handoff.State, Is.EqualTo(state));
        moves = way.Count;
        return handoff;
    }

    private static IReadOnlyList<Transition> WayTo(HandoffState state)
    {
        var ways = new Dictionary<HandoffState, IReadOnlyList<Transition>> { [HandoffState.Offered] = [] };
        var next = new Queue<HandoffState>([HandoffState.Offered]);
        while (!ways.ContainsKey(state) && next.TryDequeue(out var from))
        {
            foreach (var row in HandoffTable.Rows.Where(row => row.From.Contains(from)))
            {
                if (row.To is { } to && ways.TryAdd(to, [.. ways[from], row]))
                {
                    next.Enqueue(to);
                }
            }
        }

        return ways[state];
    }
}
