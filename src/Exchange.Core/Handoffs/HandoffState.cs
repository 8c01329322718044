using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

public enum HandoffState
{
    Offered,
    Accepted,
    InProgress,
    WaitingPlacer,
    OnHold,
    RecallRequested,
    Resolved,
    Closed,
    Declined,
    Expired,
    Recalled,
    Returned,
    Severed,
}

/// <summary>Whose act an entry is. <c>Exchange</c>: a timer or the end of a link.</summary>
public enum Side
{
    Placer = 1,
    Fulfiller = 2,
    Exchange = 3,
}

public static class HandoffStates
{
    /// <summary>Over: nothing more happens to this handoff. Everything else is open.</summary>
    public static bool IsOver(this HandoffState state) => state is HandoffState.Closed or HandoffState.Declined or HandoffState.Expired
        or HandoffState.Recalled or HandoffState.Returned or HandoffState.Severed;

    /// <summary>Whether a refusal says that the handoff is over: asking again does not help.</summary>
    public static bool IsOver(this Truth truth) => Words<HandoffState>.TryParse(truth.State) is { } state && state.IsOver();

    public static Side Other(this Side side) => side == Side.Placer ? Side.Fulfiller : Side.Placer;
}
