namespace Exchange.Contracts.V1;

/// <summary>
/// The live signal: what has changed for whom, told to every node so that open pages and streams can read it again. Ids alone,
/// never a text. Lost messages cost freshness of what is on a screen, nothing else.
/// </summary>
/// <param name="Node">The node that says so; it has told its own pages itself.</param>
public sealed record Changed(Guid Node, IReadOnlyList<Change> Changes);

/// <summary>One thing of one account.</summary>
/// <param name="Kind"><c>ticket</c>, <c>handoff</c>, <c>link</c>, or <c>event</c>: there are new events, and the id is the account's own.</param>
public sealed record Change(Guid Account, string Kind, Guid Id);
