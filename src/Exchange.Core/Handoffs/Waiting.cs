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

    /// <summary>What who holds the ball has to do.</summary>
    /// <param name="reason">Of a handoff on hold: why it is.</param>
    /// <returns>Null when it is over.</returns>
    public static string? Why(HandoffState state, bool countered, string? reason) => state switch
    {
        HandoffState.Offered => countered ? "decide on the counter-offer" : "decide on the offer",
        HandoffState.Accepted => "start",
        HandoffState.InProgress => "work",
        HandoffState.WaitingPlacer => "answer the question",
        HandoffState.OnHold => reason is null ? "go on after the hold" : $"go on after the hold: {reason}",
        HandoffState.RecallRequested => "agree to the recall or refuse",
        HandoffState.Resolved => "confirm or send back",
        _ => null,
    };
}

/// <summary>Who has to act in one handoff, since when, and why.</summary>
public sealed record Ball(Side Side, DateTimeOffset Since, string Why)
{
    /// <param name="reason">Of a handoff on hold: why it is.</param>
    /// <returns>Null when it is over.</returns>
    public static Ball? Of(Handoff h, string? reason) =>
        h.Ball is { } side ? new Ball(side, h.BallSince, Waiting.Why(h.State, h.Counter is not null, reason)!) : null;
}
