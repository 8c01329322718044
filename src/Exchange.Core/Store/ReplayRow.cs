namespace Exchange.Core.Store;

/// <summary>What an Idempotency-Key had as its effect: hashes and ids, never text. Kept for a day.</summary>
public sealed class ReplayRow
{
    public const int MaxKey = 200;

    public required string Scope { get; init; }

    public required string Key { get; init; }

    public required byte[] Request { get; init; }

    public required Guid OpId { get; init; }

    public required Guid Thing { get; init; }

    public required DateTimeOffset At { get; init; }
}
