using Microsoft.Data.Sqlite;

namespace Exchange.Benchmarks;

/// <summary>What the product stands on in one run, and what is cleared away after it.</summary>
interface IGround : IAsyncDisposable
{
    /// <summary>What every host is told.</summary>
    IReadOnlyList<string> Switches { get; }

    /// <summary>What the figures rest on, beside the machine.</summary>
    IReadOnlyList<(string Name, string Value)> Facts { get; }

    /// <summary>Parks these handoffs at the fulfiller's desk, as the relay would, but below the API; returns how many.</summary>
    Task<int> Park(Product product, Guid[] handoffs, string cause, CancellationToken stop);

    /// <summary>Those who can tell where the time goes.</summary>
    IReadOnlyList<ICounter> CountersOf(Product product);
}

/// <summary>Nothing outside the host's own folder.</summary>
sealed class EmbeddedGround : IGround
{
    public IReadOnlyList<string> Switches => [];

    public IReadOnlyList<(string Name, string Value)> Facts => [];

    public static Task<IGround> Prepare(Sizes sizes, CancellationToken stop) => Task.FromResult<IGround>(new EmbeddedGround());

    public async Task<int> Park(Product product, Guid[] handoffs, string cause, CancellationToken stop)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(product.Data, "exchange.db"), Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync(stop);
        return await ParkedBonds.Write(connection, id => id.ToByteArray(bigEndian: true), handoffs, cause, stop);
    }

    public IReadOnlyList<ICounter> CountersOf(Product product) => [new DiskCounter(product)];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
