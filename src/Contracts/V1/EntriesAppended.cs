namespace Exchange.Contracts.V1;

/// <summary>
/// The bus message: entries that were committed since the last one was sent. It carries no text and proves nothing:
/// whoever receives it reads the log. Lost, doubled or late messages cost time, never data.
/// </summary>
public sealed record EntriesAppended(IReadOnlyList<Envelope> Envelopes);

/// <summary>One committed entry.</summary>
/// <param name="Side"><c>placer</c>, <c>fulfiller</c> or <c>exchange</c>.</param>
/// <param name="Hash">The entry's hash in its chain.</param>
public sealed record Envelope(Guid Handoff, long Seq, string Type, string Side, byte[] Hash);
