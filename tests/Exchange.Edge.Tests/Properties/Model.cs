namespace Exchange.Edge.Tests.Properties;

/// <summary>What the semantics say, written down a second time: handoffs as their states, desks as what they know of them.</summary>
internal sealed class MHandoff
{
    public required Guid Id { get; init; }

    public required MLink Link { get; init; }

    public required int Placer { get; init; }

    public required int Fulfiller { get; init; }

    public required MTicket PlacerTicket { get; init; }

    public required MHandoff? Parent { get; init; }

    public MHandoff? FollowUpOf { get; init; }

    public MHandoff? ReroutedFrom { get; init; }

    /// <summary>How many entries go along with the offer; of a sealed one they come when it is accepted.</summary>
    public required int Picks { get; init; }

    public MTicket? Mirror { get; set; }

    public string State { get; set; } = "offered";

    public int Version { get; set; } = 1;

    public bool Countered { get; set; }

    public string? RecalledFrom { get; set; }

    public bool Accepted { get; set; }

    public DateTimeOffset ReopenUntil { get; set; }

    /// <summary>The text of the last resolve.</summary>
    public string Solution { get; set; } = "";

    /// <summary>The whole log: whose act, and the state that it leads to.</summary>
    public List<(int Side, string? State)> Log { get; } = [];

    /// <summary>The entries that say what was offered.</summary>
    public HashSet<long> Offer { get; } = [];

    public HashSet<Guid> Retracted { get; } = [];

    public Dictionary<int, long> Applied { get; } = new() { [1] = 0 };

    public bool IsSealed => Link.Terms.IsSealed;

    public int Depth => Parent is null ? 1 : Parent.Depth + 1;

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

    public MHandoff? Incoming { get; set; }

    public bool IsMirror { get; set; }

    public string Status { get; set; } = "new";

    public List<MTie> Ties { get; } = [];

    /// <summary>The incoming handoff that this ticket still follows.</summary>
    public MHandoff? Parent => IsMirror ? Incoming : null;

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
            if (incoming.Open || (incoming.State != "severed" && !placed.Exists(t => t.Open)))
            {
                Status = incoming.State switch
                {
                    "accepted" or "offered" => "new",
                    "in_progress" or "recall_requested" => "open",
                    "waiting_placer" or "on_hold" => "waiting",
                    "resolved" => "resolved",
                    _ => "closed",
                };
                return;
            }

            IsMirror = false;
        }

        Status = placed.Exists(t => !t.DealtWith && t.State is "waiting_placer" or "resolved" or "returned" or "declined" or "expired" or "severed" && !t.DealtWith) ? "check"
            : placed.Exists(t => t.Open && t.State != "resolved") ? "with_partner"
            : Status == "with_partner" ? "open"
            : Status;
    }
}

/// <param name="By">1 the placer, 2 the fulfiller, 3 the exchange.</param>
/// <param name="To">Null: back to where it was recalled from.</param>
/// <param name="Countered">Whether a counter-offer has to be open, or must not be.</param>
internal sealed record MRow(string Command, int[] By, string[] From, string? To, bool? Countered = null);

internal static class Semantics
{
    public static readonly string[] Over = ["closed", "declined", "expired", "recalled", "returned", "severed"];

    public static readonly string[] AtWork = ["in_progress", "waiting_placer", "on_hold"];

    /// <summary>The rows of semantics 3 that move one handoff: who, from where, to where.</summary>
    public static readonly MRow[] Commands =
    [
        new("accept", [2], ["offered"], "accepted", Countered: false),
        new("decline", [2], ["offered"], "declined"),
        new("counter", [2], ["offered"], "offered", Countered: false),
        new("accept-counter", [1], ["offered"], "accepted", Countered: true),
        new("reject-counter", [1], ["offered"], "offered", Countered: true),
        new("expire", [3], ["offered"], "expired"),
        new("recall", [1], ["offered", "accepted"], "recalled"),
        new("recall", [1], AtWork, "recall_requested"),
        new("start", [2], ["accepted"], "in_progress"),
        new("ask", [2], ["in_progress"], "waiting_placer"),
        new("answer", [1], ["waiting_placer"], "in_progress"),
        new("resume", [2], ["waiting_placer"], "in_progress"),
        new("hold", [2], ["in_progress"], "on_hold"),
        new("unhold", [2], ["on_hold"], "in_progress"),
        new("agree-recall", [2, 3], ["recall_requested"], "recalled"),
        new("refuse-recall", [2], ["recall_requested"], null),
        new("withdraw-recall", [1], ["recall_requested"], null),
        new("return", [2], ["accepted", .. AtWork], "returned"),
        new("resolve", [2], ["in_progress", "recall_requested"], "resolved"),
        new("confirm", [1, 3], ["resolved"], "closed"),
        new("rework", [1], ["resolved"], "in_progress"),
        new("sever", [3], ["offered", "accepted", .. AtWork, "recall_requested", "resolved"], "severed"),
    ];

    /// <summary>What people may ask for.</summary>
    public static readonly string[] OfPeople = [.. Commands.Where(row => row.By is not [3]).Select(row => row.Command).Distinct(StringComparer.Ordinal)];

    /// <summary>The commands with which work goes on from a state, whatever else there is.</summary>
    public static IReadOnlyList<string> Work(string from) =>
        [.. Commands.Where(row => row.From.Contains(from) && (row.Command is "start" or "ask" or "answer" or "resume" or "hold" or "unhold" or "resolve" or "rework"))
            .Select(row => row.Command)];

    public static string StateAfter(MHandoff handoff, string command) => Row(handoff, command)!.To ?? handoff.RecalledFrom!;

    public static bool Possible(MHandoff handoff, string command) => Row(handoff, command) is not null;

    /// <summary>The command that setting a mirror's status stands for.</summary>
    public static string? Shorthand(string state, string status) => (status, state) switch
    {
        ("open", "accepted") => "start",
        ("open", "waiting_placer") => "resume",
        ("open", "on_hold") => "unhold",
        ("waiting", "in_progress") => "ask",
        ("resolved", "in_progress" or "recall_requested") => "resolve",
        _ => null,
    };

    /// <summary>The code that refuses a command of a side, in the order of semantics 3; null when it is carried.</summary>
    public static string? Refusal(MHandoff handoff, int? side, string command, long? seen, bool childrenOpen) =>
        side is not { } own ? "not-found"
        : !Commands.Any(row => row.Command == command && row.By.Contains(own)) ? "forbidden"
        : command != "sever" && !handoff.Link.Carries ? "link-not-active"
        : seen is { } version && version != handoff.Version ? "version-conflict"
        : !Possible(handoff, command) ? "handoff-state-conflict"
        : command is "resolve" or "return" or "agree-recall" && childrenOpen ? "children-open"
        : null;

    /// <summary>The code that refuses to begin another handoff from one that is over; the offer itself may be refused besides.</summary>
    public static string? RefusalOfAnother(MHandoff handoff, int account, bool reopen, long? seen, DateTimeOffset now) =>
        handoff.SideOf(account) is not { } side ? "not-found"
        : side != 1 ? "forbidden"
        : reopen && handoff.Link.State != "active" ? "link-not-active"
        : seen is { } version && version != handoff.Version ? "version-conflict"
        : reopen ? (handoff.State == "closed" && now < handoff.ReopenUntil ? null : "handoff-state-conflict")
        : handoff.Over && handoff.State != "closed" ? null : "handoff-state-conflict";

    private static MRow? Row(MHandoff handoff, string command) =>
        Commands.FirstOrDefault(row => row.Command == command && row.From.Contains(handoff.State) && (row.Countered ?? handoff.Countered) == handoff.Countered);
}
