namespace Exchange.Contracts.V1;

/// <summary>Who did it: in every entry, comment and audit row.</summary>
/// <param name="Kind"><c>person</c>, <c>key</c>, <c>rule</c> or <c>system</c>.</param>
/// <param name="Id">The person's or key's id; for a rule or the system, its name.</param>
/// <param name="Name">What people see.</param>
public sealed record Actor(string Kind, string Id, string Name);
