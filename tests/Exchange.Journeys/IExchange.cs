namespace Exchange.Journeys;

/// <summary>An exchange as its clients see it, whether one host serves it or several.</summary>
interface IExchange : IAsyncDisposable
{
    HttpClient Http { get; }

    /// <summary>Of a node that serves now.</summary>
    Uri Address { get; }

    /// <summary>Each host that answers HTTP, by itself.</summary>
    IReadOnlyList<IExchange> Nodes { get; }

    /// <summary>Ends all of it as a supervisor does; gives the worst exit code.</summary>
    Task<int> Stop();

    /// <summary>What all of it said.</summary>
    string Log();
}
