using System.Security.Cryptography;
using Npgsql;

namespace Exchange.Benchmarks;

/// <summary>A PostgreSQL database of this run's own, dropped at its end.</summary>
sealed class ScratchDatabase : IAsyncDisposable
{
    readonly Servers servers;

    ScratchDatabase(Servers servers) => this.servers = servers;

    public string Name { get; } = "exchange_bench_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    public string ConnectionString => servers.PostgresWith(Name);

    public static async Task<ScratchDatabase> Create(Servers servers, CancellationToken stop)
    {
        var database = new ScratchDatabase(servers);
        await database.Administer($"create database {database.Name}", stop);
        return database;
    }

    public Task<NpgsqlConnection> Open(CancellationToken stop) => servers.OpenPostgres(Name, stop);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Administer($"drop database if exists {Name} with (force)", CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or BenchmarkFailure)
        {
            await Console.Error.WriteLineAsync($"The database {Name} could not be dropped: {e.Message}");
        }
    }

    async Task Administer(string statement, CancellationToken stop)
    {
        await using var connection = await servers.OpenPostgres("postgres", stop);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
