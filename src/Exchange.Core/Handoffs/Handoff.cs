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

    /// <summary>How many entries right after the offer are picks.</summary>
    public required int Picks { get; init; }

    public DateTimeOffset? AcceptBy { get; init; }

    public DateTimeOffset? RespondBy { get; init; }

    public DateTimeOffset? ResolveBy { get; init; }

    public DateTimeOffset? Eta { get; set; }

    public int ReworkCount { get; private set; }

    /// <summary>Labour of all resolves.</summary>
    public int Minutes { get; set; }

    public required DateTimeOffset OfferedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? OverAt { get; private set; }

    // Written by the appender alone.
    public long LastSeq { get; private set; }

    public byte[] HeadHash { get; private set; } = new byte[32];

    public DateTimeOffset? UnsettledSince { get; private set; }

    public Side? SideOf(AccountId account) => account == Placer ? Side.Placer : account == Fulfiller ? Side.Fulfiller : null;

    /// <summary>Whether what was offered is withheld from the fulfiller: it never took the offer, and no longer may.</summary>
    public bool Withheld => State.IsOver() && AcceptedAt is null;

    /// <summary>
    /// Decides a command in the order of semantics 3: side, link, version, state. Pure: it changes nothing.
    /// </summary>
    /// <param name="seen">The version that the caller saw; null leaves it to the state alone.</param>
    public Outcome<Transition> Decide(Command command, Side side, LinkState link, long? seen)
    {
        if (!HandoffTable.Has(side, command))
        {
            return Refuse(Codes.Forbidden, $"{command.Name()} is for the {side.Other().Word()}, and you are the {side.Word()}.", side, link);
        }

        if (!HandoffTable.Carries(link))
        {
            return Refuse(Codes.LinkNotActive, $"The link is {link.Word()}: commands pass again when it is active.", side, link);
        }

        if (seen is { } version && version != Version)
        {
            return Refuse(Codes.VersionConflict, $"The handoff is at version {Version}, and you saw {version}: read it again and decide.", side, link);
        }

        return HandoffTable.Find(State, command, side) is { } row
            ? row
            : Refuse(Codes.StateConflict, $"The handoff is {State.Word()}; {command.Name()} is not possible from there.", side, link);
    }

    /// <summary>Moves to the state that was decided.</summary>
    public void Move(Transition row, DateTimeOffset now)
    {
        State = row.To ?? throw new InvalidOperationException($"{row.Command} names no state.");
        Version++;
        if (row.Command == Command.Accept)
        {
            AcceptedAt = now;
        }

        if (row.Command == Command.Rework)
        {
            ReworkCount++;
        }

        if (State.IsOver())
        {
            OverAt = now;
        }
    }

    public Truth Truth(Side side, LinkState link) => Truth(State, Version, side, link);

    public static Truth Truth(HandoffState state, long version, Side side, LinkState link) =>
        new(state.Word(), version, [.. HandoffTable.Allowed(state, side, link).Select(c => c.Name())]);

    public Fault Refuse(string code, string detail, Side side, LinkState link) => new(code, detail) { Truth = Truth(side, link) };
}
