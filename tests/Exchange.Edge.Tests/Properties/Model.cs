namespace Exchange.Edge.Tests.Properties;

/// <summary>What the semantics say, written down a second time: handoffs as their states, desks as what they know of them.</summary>
internal sealed class MHandoff
{
    public required Guid Id { get; init; }

    public required int Link { get; init; }

    public required int Placer { get; init; }

    public required int Fulfiller { get; init; }

    public required MTicket PlacerTicket { get; init; }

    public required MHandoff? Parent { get; init; }

    public required int Picks { get; init; }

    public MTicket? Mirror { get; set; }

    public string State { get; set; } = "offered";

    public int Version { get; set; } = 1;

    public bool Accepted { get; set; }

    /// <summary>The whole log: whose act, and the state that it leads to.</summary>
    public List<(int Side, string? State)> Log { get; } = [];

    public HashSet<Guid> Retracted { get; } = [];

    public Dictionary<int, long> Applied { get; } = new() { [1] = 0 };

    public bool Over => Semantics.Over.Contains(State);

    public int? SideOf(int account) => account == Placer ? 1 : account == Fulfiller ? 2 : null;

    public MTicket? TicketOf(int side) => side == 1 ? PlacerTicket : Mirror;

    public bool Involves(int account) => SideOf(account) is not null;
}

/// <summary>A handoff as one desk knows it.</summary>
internal sealed class MTie
{
    public required MHandoff Handoff { get; init; }

    public required int Side { get; init; }

    public string State { get; set; } = "offered";

    /// <summary>The entry that this desk has the state from.</summary>
    public long Known { get; set; } = 1;

    public bool DealtWith { get; set; }

    public bool Open => !Semantics.Over.Contains(State);
}

internal sealed class MTicket
{
    public required Guid Id { get; init; }

    public required int Account { get; init; }

    public MHandoff? Incoming { get; init; }

    public bool IsMirror { get; set; }

    public string Status { get; set; } = "new";

    public List<MTie> Ties { get; } = [];

    /// <summary>The desk learns of a move. What it knew already, or knows something later than, tells it nothing.</summary>
    public void Learn(MHandoff handoff, long seq, string state)
    {
        var tie = Ties.Single(t => t.Handoff == handoff);
        if (seq <= tie.Known)
        {
            return;
        }

        (tie.Known, tie.State, tie.DealtWith) = (seq, state, false);
        Follow();
    }

    /// <summary>Semantics 5.</summary>
    public void Follow()
    {
        var placed = Ties.Where(t => t.Side == 1).ToList();
        if (IsMirror)
        {
            var incoming = Ties.Single(t => t.Handoff == Incoming);
            if (incoming.Open || !placed.Exists(t => t.Open))
            {
                Status = incoming.State switch
                {
                    "accepted" or "offered" => "new",
                    "in_progress" => "open",
                    "waiting_placer" or "on_hold" => "waiting",
                    "resolved" => "resolved",
                    _ => "closed",
                };
                return;
            }

            IsMirror = false;
        }

        Status = placed.Exists(t => !t.DealtWith && t.State is "waiting_placer" or "resolved" or "returned" or "declined" && !t.DealtWith) ? "check"
            : placed.Exists(t => t.Open && t.State != "resolved") ? "with_partner"
            : Status == "with_partner" ? "open"
            : Status;
    }
}

internal static class Semantics
{
    public static readonly string[] Over = ["closed", "declined", "expired", "recalled", "returned", "severed"];

    /// <summary>The rows of semantics 3 that are built: who, from where, to where.</summary>
    public static readonly Dictionary<string, (int Side, string[] From, string To)> Commands = new(StringComparer.Ordinal)
    {
        ["accept"] = (2, ["offered"], "accepted"),
        ["decline"] = (2, ["offered"], "declined"),
        ["recall"] = (1, ["offered", "accepted"], "recalled"),
        ["start"] = (2, ["accepted"], "in_progress"),
        ["ask"] = (2, ["in_progress"], "waiting_placer"),
        ["answer"] = (1, ["waiting_placer"], "in_progress"),
        ["resume"] = (2, ["waiting_placer"], "in_progress"),
        ["hold"] = (2, ["in_progress"], "on_hold"),
        ["unhold"] = (2, ["on_hold"], "in_progress"),
        ["return"] = (2, ["accepted", "in_progress", "waiting_placer", "on_hold"], "returned"),
        ["resolve"] = (2, ["in_progress"], "resolved"),
        ["confirm"] = (1, ["resolved"], "closed"),
        ["rework"] = (1, ["resolved"], "in_progress"),
    };

    /// <summary>The command that setting a mirror's status stands for.</summary>
    public static string? Shorthand(string state, string status) => (status, state) switch
    {
        ("open", "accepted") => "start",
        ("open", "waiting_placer") => "resume",
        ("open", "on_hold") => "unhold",
        ("waiting", "in_progress") => "ask",
        ("resolved", "in_progress") => "resolve",
        _ => null,
    };

    /// <summary>The code that refuses a command, in the order of semantics 3; null when it is carried.</summary>
    public static string? Refusal(MHandoff handoff, int account, string command, long? seen, bool childrenOpen)
    {
        if (handoff.SideOf(account) is not { } side)
        {
            return "not-found";
        }

        var (by, from, _) = Commands[command];
        return by != side ? "forbidden"
            : seen is { } version && version != handoff.Version ? "version-conflict"
            : !from.Contains(handoff.State) ? "handoff-state-conflict"
            : command is "resolve" or "return" && childrenOpen ? "children-open"
            : null;
    }
}
