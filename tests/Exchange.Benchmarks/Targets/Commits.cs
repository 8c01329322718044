using System.Security.Cryptography;
using Npgsql;

namespace Exchange.Benchmarks;

/// <summary>
/// One of the two commits of B1, on a connection of its own: two prepared statements in one batch, which is
/// one transaction and one round trip. The tables and the sizes of the rows are those of B2.
/// </summary>
sealed class Commits : IAsyncDisposable
{
    public const int Handoffs = 64;
    public const int EntryBytes = 380;

    static readonly string Tables = FormattableString.Invariant($"""
        create table handoff (id bigint primary key, last_seq bigint not null, head_hash bytea not null);
        create table entry (handoff bigint not null, seq bigint not null, op_id uuid not null, type text not null,
          bytes bytea not null, hash bytea not null, primary key (handoff, seq));
        create unique index entry_op on entry (op_id);
        create table item (id bigint generated always as identity primary key, ticket bigint not null, handoff bigint not null,
          seq bigint not null, author text not null, body text not null, at bigint not null);
        create unique index item_entry on item (handoff, seq);
        create index item_ticket on item (ticket, id);
        create table bond (handoff bigint not null, side integer not null, applied_seq bigint not null, primary key (handoff, side));
        insert into handoff select i, 0, decode(repeat('00', 32), 'hex') from generate_series(0, {Handoffs - 1}) i;
        insert into bond select i, side, 0 from generate_series(0, {Handoffs - 1}) i, generate_series(0, 1) side;
        """);

    readonly NpgsqlConnection connection;
    readonly NpgsqlBatch batch;
    readonly NpgsqlParameter<Guid> opId = new();
    readonly byte[] hash = new byte[32];

    Commits(NpgsqlConnection connection)
    {
        this.connection = connection;
        batch = connection.CreateBatch();
    }

    public static async Task MakeTables(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Tables, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Commit one: the entry, and the head of its handoff.</summary>
    public static Task<Commits> OfAppends(NpgsqlConnection connection, CancellationToken stop)
    {
        var bytes = new byte[EntryBytes];
        RandomNumberGenerator.Fill(bytes);
        var commits = new Commits(connection);
        commits.Add(
            "insert into entry values ($1, $2, $3, 'comment.v1', $4, $5)",
            commits.opId, Parameter(bytes), Parameter(commits.hash));
        commits.Add("update handoff set last_seq = $2, head_hash = $3 where id = $1", Parameter(commits.hash));
        return commits.Prepared(stop);
    }

    /// <summary>Commit two: the item, and the cursor of the other side's bond.</summary>
    public static Task<Commits> OfApplies(NpgsqlConnection connection, CancellationToken stop)
    {
        var commits = new Commits(connection);
        commits.Add(
            "insert into item (ticket, handoff, seq, author, body, at) values ($1, $1, $2, 'Ada (Nordwind)', $3, $4)",
            Parameter(Words.Filler(200)), Parameter(0L));
        commits.Add("update bond set applied_seq = $2 where handoff = $1 and side = 1");
        return commits.Prepared(stop);
    }

    /// <summary>Both statements and the commit; one at a time.</summary>
    public async Task Run(long handoff, long seq)
    {
        opId.TypedValue = Guid.CreateVersion7();
        RandomNumberGenerator.Fill(hash);
        foreach (var command in batch.BatchCommands)
        {
            ((NpgsqlParameter<long>)command.Parameters[0]).TypedValue = handoff;
            ((NpgsqlParameter<long>)command.Parameters[1]).TypedValue = seq;
        }

        if (await batch.ExecuteNonQueryAsync(CancellationToken.None) != 2) throw new BenchmarkFailure("The bare loop changed no row.");
    }

    public async ValueTask DisposeAsync()
    {
        await batch.DisposeAsync();
        await connection.DisposeAsync();
    }

    static NpgsqlParameter<T> Parameter<T>(T value) => new() { TypedValue = value };

    void Add(string text, params ReadOnlySpan<NpgsqlParameter> more)
    {
        var command = new NpgsqlBatchCommand(text) { Parameters = { Parameter(0L), Parameter(0L) } };
        foreach (var parameter in more) command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    async Task<Commits> Prepared(CancellationToken stop)
    {
        await batch.PrepareAsync(stop);
        return this;
    }
}
