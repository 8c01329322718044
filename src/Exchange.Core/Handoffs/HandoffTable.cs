using Exchange.Core.Links;
using static Exchange.Core.Handoffs.HandoffState;
using Verb = Exchange.Core.Handoffs.Command;

namespace Exchange.Core.Handoffs;

public enum Command
{
    Accept,
    Decline,
    Counter,
    AcceptCounter,
    RejectCounter,
    Expire,
    Recall,
    Start,
    Ask,
    Answer,
    Resume,
    Hold,
    Unhold,
    AgreeRecall,
    RefuseRecall,
    WithdrawRecall,
    Return,
    Resolve,
    Confirm,
    Rework,
    Reopen,
    Reroute,
    Sever,
}

/// <summary>What a command needs of the link.</summary>
public enum Passage
{
    /// <summary>Active or draining: what is under way goes on and finishes.</summary>
    UnderWay,

    /// <summary>Active alone: something new begins.</summary>
    Active,

    /// <summary>Nothing: it happens on one's own side, or because the link has ended.</summary>
    None,
}

/// <summary>One row of the state table of semantics 3.</summary>
/// <param name="To">Null: back to where it was recalled from, or another handoff begins.</param>
/// <param name="Countered">Whether a counter-offer has to be open, or must not be; null where it does not matter.</param>
public sealed record Transition(Verb Command, Side By, HandoffState[] From, HandoffState? To, Passage Over = Passage.UnderWay, bool? Countered = null);

/// <summary>What of a handoff decides what may be done with it now.</summary>
/// <param name="Countered">A counter-offer is open.</param>
/// <param name="Reopenable">It is closed, and not for too long.</param>
public readonly record struct Standing(HandoffState State, LinkState Link, bool Countered = false, bool Reopenable = false);

/// <summary>The state machine, as semantics 3 has it: who may do what, from where, to where.</summary>
public static class HandoffTable
{
    private static readonly HandoffState[] Open = [Offered, Accepted, InProgress, WaitingPlacer, OnHold, RecallRequested, Resolved];
    private static readonly HandoffState[] OverButClosed = [Declined, Expired, Recalled, Returned, Severed];

    public static readonly IReadOnlyList<Transition> Rows =
    [
        new(Verb.Accept, Side.Fulfiller, [Offered], Accepted, Countered: false),
        new(Verb.Decline, Side.Fulfiller, [Offered], Declined),
        new(Verb.Counter, Side.Fulfiller, [Offered], Offered, Countered: false),
        new(Verb.AcceptCounter, Side.Placer, [Offered], Accepted, Countered: true),
        new(Verb.RejectCounter, Side.Placer, [Offered], Offered, Countered: true),
        new(Verb.Expire, Side.Exchange, [Offered], Expired),
        new(Verb.Recall, Side.Placer, [Offered, Accepted], Recalled),
        new(Verb.Start, Side.Fulfiller, [Accepted], InProgress),
        new(Verb.Ask, Side.Fulfiller, [InProgress], WaitingPlacer),
        new(Verb.Answer, Side.Placer, [WaitingPlacer], InProgress),
        new(Verb.Resume, Side.Fulfiller, [WaitingPlacer], InProgress),
        new(Verb.Hold, Side.Fulfiller, [InProgress], OnHold),
        new(Verb.Unhold, Side.Fulfiller, [OnHold], InProgress),
        new(Verb.Recall, Side.Placer, [InProgress, WaitingPlacer, OnHold], RecallRequested),
        new(Verb.AgreeRecall, Side.Fulfiller, [RecallRequested], Recalled),
        new(Verb.AgreeRecall, Side.Exchange, [RecallRequested], Recalled),
        new(Verb.RefuseRecall, Side.Fulfiller, [RecallRequested], null),
        new(Verb.WithdrawRecall, Side.Placer, [RecallRequested], null),
        new(Verb.Return, Side.Fulfiller, [Accepted, InProgress, WaitingPlacer, OnHold], Returned),
        new(Verb.Resolve, Side.Fulfiller, [InProgress, RecallRequested], Resolved),
        new(Verb.Confirm, Side.Placer, [Resolved], Closed),
        new(Verb.Confirm, Side.Exchange, [Resolved], Closed),
        new(Verb.Rework, Side.Placer, [Resolved], InProgress),
        new(Verb.Reopen, Side.Placer, [Closed], null, Passage.Active),
        new(Verb.Reroute, Side.Placer, OverButClosed, null, Passage.None),
        new(Verb.Sever, Side.Exchange, Open, Severed, Passage.None),
    ];

    /// <summary>Whether this side ever has this command.</summary>
    public static bool Has(Side side, Verb command) => Rows.Any(row => row.Command == command && row.By == side);

    /// <summary>Whether a link in this state lets the command pass.</summary>
    public static bool Passes(Side side, Verb command, LinkState link) => Rows.Any(row => row.Command == command && row.By == side && Passes(row.Over, link));

    /// <summary>The row that carries the command from where the handoff stands; null when the state forbids it.</summary>
    public static Transition? Find(Standing now, Verb command, Side side) =>
        Rows.FirstOrDefault(row => row.Command == command && row.By == side && Fits(row, now));

    /// <summary>The commands that side, link, state and time permit now. It promises nothing of what else a command may need.</summary>
    public static IReadOnlyList<Verb> Allowed(Standing now, Side side) =>
        [.. Rows.Where(row => row.By == side && Passes(row.Over, now.Link) && Fits(row, now)).Select(row => row.Command)];

    /// <summary>Whether commands of handoffs that are under way pass over a link in this state.</summary>
    public static bool Carries(LinkState link) => Passes(Passage.UnderWay, link);

    /// <summary>The command's name in addresses and in <c>allowed</c>.</summary>
    public static string Name(this Verb command) => Store.Words<Verb>.Of(command).Replace('_', '-');

    private static bool Fits(Transition row, Standing now) => row.From.Contains(now.State)
        && (row.Countered is null || row.Countered == now.Countered)
        && (row.Command != Verb.Reopen || now.Reopenable);

    private static bool Passes(Passage over, LinkState link) => over switch
    {
        Passage.None => true,
        Passage.Active => link == LinkState.Active,
        _ => link is LinkState.Active or LinkState.Draining,
    };
}
