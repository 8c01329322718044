using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Relay;

/// <summary>The tie between a handoff and the local ticket on one side. The relay alone moves its cursor.</summary>
public sealed class Bond
{
    public required HandoffId Handoff { get; init; }

    public required Side Side { get; init; }

    public required AccountId Account { get; init; }

    public required string DeskKind { get; init; }

    public required TicketId Ticket { get; init; }

    /// <summary>The last entry that this desk has; never decreases, never passes the log.</summary>
    public long AppliedSeq { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? NextAttemptAt { get; set; }

    public DateTimeOffset? ParkedAt { get; set; }

    public string? ParkedCause { get; set; }

    /// <summary>While parked: the handoff's version whose state this desk was told, beside the entries that wait.</summary>
    public long ToldVersion { get; set; }
}

/// <summary>A bond that is behind, under its lock.</summary>
public sealed record DueBond(
    HandoffId Handoff,
    Side Side,
    AccountId Account,
    string DeskKind,
    TicketId Ticket,
    long Applied,
    long Last,
    HandoffState State,
    long Version,
    int Attempts,
    bool Parked,
    long ToldVersion);

public enum ReceiptState
{
    Delivered,
    Applied,
    Parked,
    Refused,
}

/// <summary>What became of an entry in the desk of one side.</summary>
public sealed class Receipt
{
    public required HandoffId Handoff { get; init; }

    public required long Seq { get; init; }

    /// <summary>The side whose desk it is about.</summary>
    public required Side Side { get; init; }

    public required ReceiptState State { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The head of the chain that this desk had applied: a witness.</summary>
    public required byte[] Head { get; init; }
}
