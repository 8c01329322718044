using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>
/// The state table of semantics 3, written down a second time from the document, so that the product's own table has
/// something to be checked against. Nothing in here looks at <see cref="HandoffTable"/>.
/// </summary>
internal static class Semantics
{
    /// <summary>
    /// from | command | who | to | over which links | when else. A <c>?</c> for where it goes means: back to where it came from, or
    /// another handoff.
    /// </summary>
    private const string Rows = """
        offered         | accept          | fulfiller | accepted         | under way | no counter
        offered         | decline         | fulfiller | declined         | under way |
        offered         | counter         | fulfiller | offered          | under way | no counter
        offered         | accept_counter  | placer    | accepted         | under way | counter
        offered         | reject_counter  | placer    | offered          | under way | counter
        offered         | expire          | exchange  | expired          | under way |
        offered         | recall          | placer    | recalled         | under way |
        accepted        | recall          | placer    | recalled         | under way |
        accepted        | start           | fulfiller | in_progress      | under way |
        accepted        | return          | fulfiller | returned         | under way |
        in_progress     | ask             | fulfiller | waiting_placer   | under way |
        in_progress     | hold            | fulfiller | on_hold          | under way |
        in_progress     | recall          | placer    | recall_requested | under way |
        in_progress     | return          | fulfiller | returned         | under way |
        in_progress     | resolve         | fulfiller | resolved         | under way |
        waiting_placer  | answer          | placer    | in_progress      | under way |
        waiting_placer  | resume          | fulfiller | in_progress      | under way |
        waiting_placer  | recall          | placer    | recall_requested | under way |
        waiting_placer  | return          | fulfiller | returned         | under way |
        on_hold         | unhold          | fulfiller | in_progress      | under way |
        on_hold         | recall          | placer    | recall_requested | under way |
        on_hold         | return          | fulfiller | returned         | under way |
        recall_requested| agree_recall    | fulfiller | recalled         | under way |
        recall_requested| agree_recall    | exchange  | recalled         | under way |
        recall_requested| refuse_recall   | fulfiller | ?                | under way |
        recall_requested| withdraw_recall | placer    | ?                | under way |
        recall_requested| resolve         | fulfiller | resolved         | under way |
        resolved        | confirm         | placer    | closed           | under way |
        resolved        | confirm         | exchange  | closed           | under way |
        resolved        | rework          | placer    | in_progress      | under way |
        closed          | reopen          | placer    | ?                | active    | in time
        declined        | reroute         | placer    | ?                | any       |
        expired         | reroute         | placer    | ?                | any       |
        recalled        | reroute         | placer    | ?                | any       |
        returned        | reroute         | placer    | ?                | any       |
        severed         | reroute         | placer    | ?                | any       |
        offered         | sever           | exchange  | severed          | any       |
        accepted        | sever           | exchange  | severed          | any       |
        in_progress     | sever           | exchange  | severed          | any       |
        waiting_placer  | sever           | exchange  | severed          | any       |
        on_hold         | sever           | exchange  | severed          | any       |
        recall_requested| sever           | exchange  | severed          | any       |
        resolved        | sever           | exchange  | severed          | any       |
        """;

    public static readonly IReadOnlyList<Cell> Cells = [.. Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Cell)];

    public static readonly IReadOnlyList<HandoffState> Over =
    [
        HandoffState.Closed, HandoffState.Declined, HandoffState.Expired, HandoffState.Recalled, HandoffState.Returned, HandoffState.Severed,
    ];

    public static bool Has(Side side, Command command) => Cells.Any(cell => cell.By == side && cell.Command == command);

    public static bool Passes(Side side, Command command, LinkState link) => Cells.Any(cell => cell.By == side && cell.Command == command && cell.Links.Contains(link));

    public static Cell? Now(Case now, Command command, Side side) => Cells.SingleOrDefault(cell => cell.Command == command && cell.By == side && Fits(cell, now));

    public static IEnumerable<string> Allowed(Case now, Side side, LinkState link) =>
        Cells.Where(cell => cell.By == side && cell.Links.Contains(link) && Fits(cell, now)).Select(cell => Name(cell.Command));

    private static bool Fits(Cell cell, Case now) => cell.From == now.State && cell.When switch
    {
        "counter" => now.Countered,
        "no counter" => !now.Countered,
        "in time" => now.InTime,
        _ => true,
    };

    /// <summary>The word of the address: <c>accept-counter</c>.</summary>
    public static string Name(Command command) => string.Concat(command.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{c}" : $"{c}")).ToLowerInvariant();

    public static T Named<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static Cell Cell(string line)
    {
        var part = line.Split('|', StringSplitOptions.TrimEntries);
        return new Cell(
            Named<HandoffState>(part[0]), Named<Command>(part[1]), Named<Side>(part[2]), part[3] == "?" ? null : Named<HandoffState>(part[3]),
            part[4] switch
            {
                "under way" => [LinkState.Active, LinkState.Draining],
                "active" => [LinkState.Active],
                _ => Enum.GetValues<LinkState>(),
            },
            part[5]);
    }
}

/// <param name="Links">Over which it passes.</param>
internal sealed record Cell(HandoffState From, Command Command, Side By, HandoffState? To, LinkState[] Links, string When);

/// <summary>How a handoff stands: its state, and what else decides.</summary>
/// <param name="InTime">Closed, and not for longer than the terms let it be reopened.</param>
public sealed record Case(HandoffState State, bool Countered = false, bool InTime = false)
{
    public static IEnumerable<Case> All => Enum.GetValues<HandoffState>().SelectMany(state => state switch
    {
        HandoffState.Offered => (Case[])[new(state), new(state, Countered: true)],
        HandoffState.Closed => [new(state), new(state, InTime: true)],
        _ => [new(state)],
    });

    /// <summary>A handoff that stands so.</summary>
    internal Handoff Make()
    {
        var handoff = AHandoff.In(State);
        if (Countered)
        {
            handoff.Counter = new CounterData(null, null, "Without the journey", null);
        }

        handoff.ReopenUntil = InTime ? AHandoff.Noon.AddDays(30) : AHandoff.Noon;
        return handoff;
    }

    public override string ToString() => $"{State}{(Countered ? " countered" : "")}{(InTime ? " in time" : "")}";
}
