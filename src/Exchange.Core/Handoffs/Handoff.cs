using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>One ticket handed over one link, from the placer to the fulfiller.</summary>
public sealed class Handoff
{
    public required HandoffId Id { get; init; }

    public required LinkId Link { get; init; }

    /// <summary>The terms it was offered under, and stays under.</summary>
    public required int TermsVersion { get; init; }

    public required AccountId Placer { get; init; }

    public required AccountId Fulfiller { get; init; }

    /// <summary>The placer's ticket; with the link it is unique among open handoffs.</summary>
    public required TicketId PlacerTicket { get; init; }

    public required string PlacerNumber { get; init; }

    public string? FulfillerNumber { get; set; }

    /// <summary>The placer's own incoming handoff, when the ticket is a mirror.</summary>
    public HandoffId? Parent { get; init; }

    public required HandoffId Root { get; init; }

    /// <summary>1 for a handoff of a ticket of one's own.</summary>
    public required int Depth { get; init; }

    public HandoffState State { get; private set; } = HandoffState.Offered;

    /// <summary>Counts changes of state and terms, never comments.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>The closed handoff that this one goes on from, on the same ticket and mirror.</summary>
    public HandoffId? FollowUpOf { get; init; }

    /// <summary>The handoff that came to nothing, in place of which this one was offered. For the placer alone.</summary>
    public HandoffId? ReroutedFrom { get; init; }

    /// <summary>Whether the offer kept its content back until it was accepted.</summary>
    public bool IsSealed { get; init; }

    /// <summary>The counter-offer that waits for the placer.</summary>
    public CounterData? Counter { get; set; }

    /// <summary>The counter-offer that the placer took.</summary>
    public CounterData? Agreed { get; private set; }

    /// <summary>Where a recall that was asked for, or refused, goes back to.</summary>
    public HandoffState? RecalledFrom { get; private set; }

    /// <summary>Who has to act; null when it is over.</summary>
    public Side? Ball { get; private set; } = Side.Fulfiller;

    public required DateTimeOffset BallSince { get; set; }

    /// <summary>By when the present step has to be done; null where nothing says so.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>How many entries are picks of the offer; of a sealed one they are entered when it is accepted.</summary>
    public required int Picks { get; set; }

    /// <summary>The first of them.</summary>
    public long FirstPick { get; set; } = 2;

    public DateTimeOffset? AcceptBy { get; set; }

    public DateTimeOffset? RespondBy { get; set; }

    public DateTimeOffset? ResolveBy { get; set; }

    public DateTimeOffset? Eta { get; set; }

    public int ReworkCount { get; private set; }

    /// <summary>Labour of all resolves.</summary>
    public int Minutes { get; set; }

    public required DateTimeOffset OfferedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it was resolved first.</summary>
    public DateTimeOffset? ResolvedAt { get; private set; }

    public DateTimeOffset? OverAt { get; private set; }

    /// <summary>Of a closed handoff: until then the placer may reopen it.</summary>
    public DateTimeOffset? ReopenUntil { get; set; }

    // Written by the appender alone.
    public long LastSeq { get; private set; }

    public byte[] HeadHash { get; private set; } = new byte[32];

    public DateTimeOffset? UnsettledSince { get; private set; }

    public Side? SideOf(AccountId account) => account == Placer ? Side.Placer : account == Fulfiller ? Side.Fulfiller : null;

    /// <summary>Whether what was offered is withheld from the fulfiller: it never took the offer, and no longer may.</summary>
    public bool Withheld => State.IsOver() && AcceptedAt is null;

    public Standing Standing(LinkState link, DateTimeOffset now) => new(State, link, Counter is not null, State == HandoffState.Closed && now < ReopenUntil);

    /// <summary>
    /// Decides a command in the order of semantics 3: side, link, version, state. Pure: it changes nothing.
    /// </summary>
    /// <param name="seen">The version that the caller saw; null leaves it to the state alone.</param>
    public Outcome<Transition> Decide(Command command, Side side, LinkState link, long? seen, DateTimeOffset now)
    {
        var standing = Standing(link, now);
        if (!HandoffTable.Has(side, command))
        {
            return Refuse(Codes.Forbidden, $"{command.Name()} is for the {side.Other().Word()}, and you are the {side.Word()}.", side, standing);
        }

        if (!HandoffTable.Passes(side, command, link))
        {
            return Refuse(Codes.LinkNotActive, $"The link is {link.Word()}: commands pass again when it is active.", side, standing);
        }

        if (seen is { } version && version != Version)
        {
            return Refuse(Codes.VersionConflict, $"The handoff is at version {Version}, and you saw {version}: read it again and decide.", side, standing);
        }

        return HandoffTable.Find(standing, command, side) is { } row
            ? row
            : Refuse(Codes.StateConflict, Forbids(command), side, standing);
    }

    /// <summary>The state that a row leads to from here.</summary>
    /// <exception cref="InvalidOperationException">The row begins another handoff.</exception>
    public HandoffState Next(Transition row) => row.To ?? (State == HandoffState.RecallRequested ? RecalledFrom : null)
        ?? throw new InvalidOperationException($"{row.Command} names no state.");

    /// <summary>Moves to the state that was decided.</summary>
    public void Move(Transition row, DateTimeOffset now)
    {
        var (from, holder) = (State, Ball);
        State = Next(row);
        Version++;
        RecalledFrom = State == HandoffState.RecallRequested ? from : null;
        switch (row.Command)
        {
            case Command.AcceptCounter:
                (Agreed, ResolveBy) = (Counter, Counter!.ResolveBy ?? ResolveBy);
                break;
            case Command.Rework:
                ReworkCount++;
                break;
            case Command.Start:
                StartedAt = now;
                break;
            case Command.Resolve:
                ResolvedAt ??= now;
                break;
        }

        if (row.Command != Command.Counter)
        {
            Counter = null;
        }

        if (State == HandoffState.Accepted)
        {
            AcceptedAt ??= now;
        }

        if (State.IsOver())
        {
            OverAt = now;
        }

        Pass(holder, now);
    }

    public Truth Truth(Side side, LinkState link, DateTimeOffset now) => Truth(side, Standing(link, now));

    public Fault Refuse(string code, string detail, Side side, LinkState link, DateTimeOffset now) => Refuse(code, detail, side, Standing(link, now));

    private Truth Truth(Side side, Standing standing) => new(State.Word(), Version, [.. HandoffTable.Allowed(standing, side).Select(c => c.Name())]);

    private Fault Refuse(string code, string detail, Side side, Standing standing) => new(code, detail) { Truth = Truth(side, standing) };

    private string Forbids(Command command) => (command, State) switch
    {
        (Command.Accept or Command.Counter, HandoffState.Offered) => "A counter-offer is open: the placer decides on it first.",
        (Command.AcceptCounter or Command.RejectCounter, HandoffState.Offered) => "No counter-offer is open.",
        (Command.Reopen, HandoffState.Closed) => "It was closed too long ago to be reopened under its terms: hand the ticket over anew.",
        _ => $"The handoff is {State.Word()}; {command.Name()} is not possible from there.",
    };

    private void Pass(Side? holder, DateTimeOffset now)
    {
        Ball = Waiting.For(State, Counter is not null);
        DueAt = State switch
        {
            HandoffState.Offered => AcceptBy,
            HandoffState.Accepted => RespondBy ?? ResolveBy,
            HandoffState.InProgress or HandoffState.WaitingPlacer or HandoffState.OnHold or HandoffState.RecallRequested => ResolveBy,
            _ => null,
        };
        if (Ball != holder)
        {
            BallSince = now;
        }
    }
}
