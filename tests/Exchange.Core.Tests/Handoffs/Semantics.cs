using Exchange.Core.Handoffs;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>
/// The state table of semantics 3, written down a second time from the document, so that the product's own table has
/// something to be checked against. Nothing in here looks at <see cref="HandoffTable"/>.
/// </summary>
internal static class Semantics
{
    /// <summary>from | command | who | to. A <c>?</c> for where it goes means: back to where it came from, or another handoff.</summary>
    private const string Rows = """
        offered         | accept          | fulfiller | accepted         | now
        offered         | decline         | fulfiller | declined         | now
        offered         | counter         | fulfiller | offered          | later
        offered         | accept_counter  | placer    | accepted         | later
        offered         | reject_counter  | placer    | offered          | later
        offered         | expire          | exchange  | expired          | later
        offered         | recall          | placer    | recalled         | now
        accepted        | recall          | placer    | recalled         | now
        accepted        | start           | fulfiller | in_progress      | now
        accepted        | return          | fulfiller | returned         | now
        in_progress     | ask             | fulfiller | waiting_placer   | now
        in_progress     | hold            | fulfiller | on_hold          | now
        in_progress     | recall          | placer    | recall_requested | later
        in_progress     | return          | fulfiller | returned         | now
        in_progress     | resolve         | fulfiller | resolved         | now
        waiting_placer  | answer          | placer    | in_progress      | now
        waiting_placer  | resume          | fulfiller | in_progress      | now
        waiting_placer  | recall          | placer    | recall_requested | later
        waiting_placer  | return          | fulfiller | returned         | now
        on_hold         | unhold          | fulfiller | in_progress      | now
        on_hold         | recall          | placer    | recall_requested | later
        on_hold         | return          | fulfiller | returned         | now
        recall_requested| agree_recall    | fulfiller | recalled         | later
        recall_requested| refuse_recall   | fulfiller | ?                | later
        recall_requested| withdraw_recall | placer    | ?                | later
        recall_requested| resolve         | fulfiller | resolved         | now
        resolved        | confirm         | placer    | closed           | now
        resolved        | rework          | placer    | in_progress      | now
        closed          | reopen          | placer    | ?                | later
        declined        | reroute         | placer    | ?                | later
        expired         | reroute         | placer    | ?                | later
        recalled        | reroute         | placer    | ?                | later
        returned        | reroute         | placer    | ?                | later
        severed         | reroute         | placer    | ?                | later
        offered         | sever           | exchange  | severed          | later
        accepted        | sever           | exchange  | severed          | later
        in_progress     | sever           | exchange  | severed          | later
        waiting_placer  | sever           | exchange  | severed          | later
        on_hold         | sever           | exchange  | severed          | later
        recall_requested| sever           | exchange  | severed          | later
        resolved        | sever           | exchange  | severed          | later
        """;

    public static readonly IReadOnlyList<Cell> Cells = [.. Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Cell)];

    public static readonly IReadOnlyList<HandoffState> Over =
    [
        HandoffState.Closed, HandoffState.Declined, HandoffState.Expired, HandoffState.Recalled, HandoffState.Returned, HandoffState.Severed,
    ];

    public static bool Has(Side side, Command command) => Cells.Any(cell => cell.By == side && cell.Command == command);

    public static Cell? Now(HandoffState from, Command command, Side side) =>
        Cells.SingleOrDefault(cell => cell.Built && cell.From == from && cell.Command == command && cell.By == side);

    public static IEnumerable<string> Allowed(HandoffState state, Side side) =>
        Cells.Where(cell => cell.Built && cell.From == state && cell.By == side).Select(cell => Name(cell.Command));

    /// <summary>The word of the address: <c>accept-counter</c>.</summary>
    public static string Name(Command command) => string.Concat(command.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{c}" : $"{c}")).ToLowerInvariant();

    public static T Named<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static Cell Cell(string line)
    {
        var part = line.Split('|', StringSplitOptions.TrimEntries);
        return new Cell(
            Named<HandoffState>(part[0]), Named<Command>(part[1]), Named<Side>(part[2]), part[3] == "?" ? null : Named<HandoffState>(part[3]), part[4] == "now");
    }
}

/// <param name="Built">Whether the command works now; the others wait for the chain to get their life.</param>
internal sealed record Cell(HandoffState From, Command Command, Side By, HandoffState? To, bool Built);
