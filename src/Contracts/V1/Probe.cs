namespace Exchange.Contracts.V1;

/// <summary>Goes round a receive endpoint until the node that sent it gets it back: so that node knows that it still receives.</summary>
/// <param name="Hops">How often another node has put it back.</param>
public sealed record Probe(Guid Node, int Hops);
