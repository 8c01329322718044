namespace Exchange.Core.Handoffs;

/// <summary>Who holds the ball of one handoff: who has to act now (semantics 3, the rule of ownership).</summary>
public static class Waiting
{
    /// <param name="countered">A counter-offer is open.</param>
    /// <returns>Null when it is over, and nobody has to act.</returns>
    public static Side? For(HandoffState state, bool countered) => state switch
    {
        HandoffState.Offered => countered ? Side.Placer : Side.Fulfiller,
        HandoffState.WaitingPlacer or HandoffState.Resolved => Side.Placer,
        _ => state.IsOver() ? null : Side.Fulfiller,
    };
}
