namespace Exchange.Worker.Bus;

/// <summary>This process on the bus.</summary>
/// <param name="Relays">Whether it takes part in the relay.</param>
/// <param name="Listens">Whether it has pages and streams that want to hear what changes elsewhere.</param>
public sealed record Node(bool Relays, bool Listens)
{
    public const string Relay = "relay";

    public Guid Id { get; } = new(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>A queue of its own, gone with the process.</summary>
    public string Live => $"live-{Id:N}";

    /// <summary>The endpoints on which it receives, with the address that a probe is sent to.</summary>
    public IEnumerable<(string Name, Uri Address)> Endpoints
    {
        get
        {
            if (Relays)
            {
                yield return (Relay, new Uri($"exchange:{Relay}"));
            }

            if (Listens)
            {
                yield return (Live, new Uri($"exchange:{Live}?temporary=true"));
            }
        }
    }
}
