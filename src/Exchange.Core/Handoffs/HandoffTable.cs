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

/// <summary>One row of the state table of semantics 3.</summary>
/// <param name="To">Null: back to where it came from, or another handoff.</param>
/// <param name="Built">False for a row that later gets its life: it is refused, and in no one's <c>allowed</c>.</param>
public sealed record Transition(Verb Command, Side By, HandoffState[] From, HandoffState? To, bool Built = true);

/// <summary>The state machine, as semantics 3 has it: who may do what, from where, to where.</summary>
public static class HandoffTable
{
    private static readonly HandoffState[] Open = [Offered, Accepted, InProgress, WaitingPlacer, OnHold, RecallRequested, Resolved];
    private static readonly HandoffState[] OverButClosed = [Declined, Expired, Recalled, Returned, Severed];

    public static readonly IReadOnlyList<Transition> Rows =
    [
        new(Verb.Accept, Side.Fulfiller, [Offered], Accepted),
        new(Verb.Decline, Side.Fulfiller, [Offered], Declined),
        new(Verb.Counter, Side.Fulfiller, [Offered], Offered, Built: false),
        new(Verb.AcceptCounter, Side.Placer, [Offered], Accepted, Built: false),
        new(Verb.RejectCounter, Side.Placer, [Offered], Offered, Built: false),
        new(Verb.Expire, Side.Exchange, [Offered], Expired, Built: false),
        new(Verb.Recall, Side.Placer, [Offered, Accepted], Recalled),
        new(Verb.Start, Side.Fulfiller, [Accepted], InProgress),
        new(Verb.Ask, Side.Fulfiller, [InProgress], WaitingPlacer),
        new(Verb.Answer, Side.Placer, [WaitingPlacer], InProgress),
        new(Verb.Resume, Side.Fulfiller, [WaitingPlacer], InProgress),
        new(Verb.Hold, Side.Fulfiller, [InProgress], OnHold),
        new(Verb.Unhold, Side.Fulfiller, [OnHold], InProgress),
        new(Verb.Recall, Side.Placer, [InProgress, WaitingPlacer, OnHold], RecallRequested, Built: false),
        new(Verb.AgreeRecall, Side.Fulfiller, [RecallRequested], Recalled, Built: false),
        new(Verb.RefuseRecall, Side.Fulfiller, [RecallRequested], null, Built: false),
        new(Verb.WithdrawRecall, Side.Placer, [RecallRequested], null, Built: false),
        new(Verb.Return, Side.Fulfiller, [Accepted, InProgress, WaitingPlacer, OnHold], Returned),
        new(Verb.Resolve, Side.Fulfiller, [InProgress, RecallRequested], Resolved),
        new(Verb.Confirm, Side.Placer, [Resolved], Closed),
        new(Verb.Rework, Side.Placer, [Resolved], InProgress),
        new(Verb.Reopen, Side.Placer, [Closed], null, Built: false),
        new(Verb.Reroute, Side.Placer, OverButClosed, null, Built: false),
        new(Verb.Sever, Side.Exchange, Open, Severed, Built: false),
    ];

    /// <summary>Whether this side ever has this command.</summary>
    public static bool Has(Side side, Verb command) => Rows.Any(row => row.Command == command && row.By == side);

    /// <summary>The row that carries the command from this state; null when the state forbids it.</summary>
    public static Transition? Find(HandoffState from, Verb command, Side side) =>
        Rows.FirstOrDefault(row => row.Built && row.Command == command && row.By == side && row.From.Contains(from));

    /// <summary>The commands that side, link and state permit now. It promises nothing of what else a command may need.</summary>
    public static IReadOnlyList<Verb> Allowed(HandoffState state, Side side, LinkState link) => Carries(link)
        ? [.. Rows.Where(row => row.Built && row.By == side && row.From.Contains(state)).Select(row => row.Command)]
        : [];

    /// <summary>Whether commands of handoffs that are under way pass over a link in this state.</summary>
    public static bool Carries(LinkState link) => link is LinkState.Active or LinkState.Draining;

    /// <summary>The command's name in addresses and in <c>allowed</c>.</summary>
    public static string Name(this Verb command) => Store.Words<Verb>.Of(command).Replace('_', '-');
}
