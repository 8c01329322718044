using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Desk;

public enum TicketStatus
{
    New,
    Open,
    WithPartner,
    Waiting,
    Check,
    Resolved,
    Closed,
}

public enum Priority
{
    Low,
    Normal,
    High,
    Urgent,
}

/// <summary>Who may read a comment or file.</summary>
public enum Audience
{
    Internal,
    Customer,
    Partner,
}

/// <summary>Whom to call on the spot.</summary>
public sealed record Contact(string Name, string? Email, string? Phone);

/// <summary>The thing that the work is about.</summary>
public sealed record Asset(string Name, string? Serial, string? Location);

/// <summary>A ticket in the built-in desk.</summary>
public sealed class Ticket
{
    /// <summary>So long a mail that it is solved or closed waits: longer than the list offers to take it back.</summary>
    public static readonly TimeSpan SecondThoughts = TimeSpan.FromSeconds(15);

    public required TicketId Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>Rises per account; gaps are allowed.</summary>
    public required long Number { get; init; }

    public required string Subject { get; set; }

    public string? Description { get; set; }

    public TicketStatus Status { get; set; } = TicketStatus.New;

    public Priority Priority { get; set; } = Priority.Normal;

    /// <summary>What kind of work it is, in the company's own words; rules choose partners by it. It crosses no link.</summary>
    public string? Category { get; set; }

    public Contact? Contact { get; init; }

    public Asset? Asset { get; init; }

    /// <summary>
    /// Fields of the placer's that its terms let come along, as they were when it was offered. They are no fields of this desk: they are
    /// only shown, and no offer takes them further.
    /// </summary>
    public IReadOnlyList<FieldData>? Received { get; set; }

    public string? Assignee { get; set; }

    /// <summary>The handoff that this ticket was made for; null when it began here.</summary>
    public HandoffId? Incoming { get; set; }

    /// <summary>Whether its status follows <see cref="Incoming"/>. Once that is over it may become a ticket of one's own.</summary>
    public bool IsMirror { get; set; }

    /// <summary>Who has to act, as far as this desk was told; null when nobody has to any more. Kept by <see cref="Outlook"/>.</summary>
    public WaitsFor? WaitingFor { get; set; } = WaitsFor.Me;

    /// <summary>
    /// Not before this the first of the present steps of its handoffs is due: a link that stood still moves the steps and leaves this
    /// as it is, until one of them moves on. It finds and orders tickets; what is shown is worked out from the handoffs. Kept by <see cref="Outlook"/>.
    /// </summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Counts changes of its fields; comments do not.</summary>
    public long Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Not before this the customer is told by mail that his request is solved or closed; null where there is nothing to tell.</summary>
    public DateTimeOffset? MailDue { get; set; }

    /// <summary>The last append number given to a comment or file. Moved by the hot statements alone.</summary>
    public long LastItem { get; private set; }

    public bool SetStatus(TicketStatus status)
    {
        if (Status == status)
        {
            return false;
        }

        Status = status;
        Version++;
        return true;
    }
}

/// <summary>A handoff as this ticket's desk knows it.</summary>
public sealed class TicketHandoff
{
    public required TicketId Ticket { get; init; }

    public required HandoffId Handoff { get; init; }

    /// <summary>The side of this ticket's account.</summary>
    public required Side Side { get; init; }

    public required AccountId Partner { get; init; }

    public string? PartnerNumber { get; set; }

    public required HandoffState State { get; set; }

    public bool IsOpen { get; set; } = true;

    /// <summary>A person has since set the status or offered the ticket again.</summary>
    public bool DealtWith { get; set; }

    /// <summary>The last entry that moved it here: one's own at once, the partner's when it comes. An older one that comes late is no news.</summary>
    public long StateSeq { get; private set; }

    /// <returns>Whether it was news.</returns>
    public bool Follow(HandoffState state, long seq)
    {
        if (seq <= StateSeq)
        {
            return false;
        }

        (State, IsOpen, DealtWith, StateSeq) = (state, !state.IsOver(), false, seq);
        return true;
    }

    /// <summary>Takes the present state beside the ordered entries, where these are held up; an equal state is no event.</summary>
    public bool Jump(HandoffState state)
    {
        if (State == state)
        {
            return false;
        }

        (State, IsOpen, DealtWith) = (state, !state.IsOver(), false);
        return true;
    }
}

/// <summary>How a ticket's status follows its handoffs (semantics 5). Pure.</summary>
public static class StatusRules
{
    /// <summary>The status of a mirror while its incoming handoff is in this state.</summary>
    public static TicketStatus OfMirror(HandoffState incoming) => incoming switch
    {
        HandoffState.Offered or HandoffState.Accepted => TicketStatus.New,
        HandoffState.InProgress or HandoffState.RecallRequested => TicketStatus.Open,
        HandoffState.WaitingPlacer or HandoffState.OnHold => TicketStatus.Waiting,
        HandoffState.Resolved => TicketStatus.Resolved,
        _ => TicketStatus.Closed,
    };

    /// <summary>Whether a mirror stays one when its incoming handoff is in this state.</summary>
    public static bool StaysMirror(HandoffState incoming, bool ownHandoffsOpen) =>
        !incoming.IsOver() || (incoming != HandoffState.Severed && !ownHandoffsOpen);

    /// <summary>The status of a ticket of one's own, by the handoffs it was placed in.</summary>
    public static TicketStatus OfOwn(TicketStatus present, IReadOnlyCollection<(HandoffState State, bool DealtWith)> placed)
    {
        if (placed.Any(h => !h.DealtWith && NeedsLook(h.State)))
        {
            return TicketStatus.Check;
        }

        if (placed.Any(h => Runs(h.State)))
        {
            return TicketStatus.WithPartner;
        }

        return present == TicketStatus.WithPartner ? TicketStatus.Open : present;
    }

    /// <summary>Whether these handoffs say what the status is; otherwise it is as a person has set it.</summary>
    public static bool Follows(IReadOnlyCollection<(HandoffState State, bool DealtWith)> placed) =>
        placed.Any(h => (!h.DealtWith && NeedsLook(h.State)) || Runs(h.State));

    /// <summary>The command that setting a mirror's status stands for; null where there is none.</summary>
    public static Command? CommandFor(HandoffState incoming, TicketStatus wanted) => (wanted, incoming) switch
    {
        (TicketStatus.Open, HandoffState.Accepted) => Command.Start,
        (TicketStatus.Open, HandoffState.WaitingPlacer) => Command.Resume,
        (TicketStatus.Open, HandoffState.OnHold) => Command.Unhold,
        (TicketStatus.Waiting, HandoffState.InProgress) => Command.Ask,
        (TicketStatus.Resolved, HandoffState.InProgress or HandoffState.RecallRequested) => Command.Resolve,
        _ => null,
    };

    private static bool NeedsLook(HandoffState state) => state is HandoffState.WaitingPlacer or HandoffState.Resolved or HandoffState.Returned
        or HandoffState.Declined or HandoffState.Expired or HandoffState.Severed;

    private static bool Runs(HandoffState state) => state is HandoffState.Offered or HandoffState.Accepted or HandoffState.InProgress
        or HandoffState.OnHold or HandoffState.RecallRequested or HandoffState.WaitingPlacer;
}
