using Npgsql;

namespace Exchange.Benchmarks;

/// <summary>
/// PostgreSQL's own counts. A connection reports what it did when it next works or after ten idle seconds,
/// so a reading waits that long; WAL and its syncs are the whole server's, which must have nothing else to do.
/// </summary>
sealed class PostgresCounter : IAsyncDisposable, ICounter
{
    readonly NpgsqlConnection connection;
    readonly TimeSpan settle;
    readonly string? withoutStatements;

    PostgresCounter(NpgsqlConnection connection, TimeSpan settle, string? withoutStatements)
    {
        this.connection = connection;
        this.settle = settle;
        this.withoutStatements = withoutStatements;
    }

    public static async Task<PostgresCounter> Open(ScratchDatabase database, TimeSpan settle, CancellationToken stop)
    {
        var own = await database.Open(stop);
        try
        {
            await using var command = new NpgsqlCommand("create extension if not exists pg_stat_statements; select count(*) from pg_stat_statements", own);
            await command.ExecuteScalarAsync(stop);
            return new(own, settle, withoutStatements: null);
        }
        catch (PostgresException e)
        {
            return new(
                own,
                settle,
                $"statements (pg_stat_statements: {e.MessageText}; a superuser starts PostgreSQL with shared_preload_libraries=pg_stat_statements and creates the extension in template1)");
        }
    }

    public async Task<Tally> Read(CancellationToken stop)
    {
        if (settle > TimeSpan.Zero)
        {
            using var timer = new PeriodicTimer(settle);
            await timer.WaitForNextTickAsync(stop);
        }

        var statements = withoutStatements is null ? await Statements(stop) : [];
        List<Count> counts = [];
        if (withoutStatements is null)
        {
            counts.Add(new("PostgreSQL: statements, BEGIN and COMMIT among them", Unit.Each, statements.Sum(s => s.Calls)));
            counts.Add(new("PostgreSQL: time in statements", Unit.Milliseconds, statements.Sum(s => s.Milliseconds)));
        }

        counts.AddRange(await ServerCounts(stop));
        string[] notCounted = ["round trips to the database (only the product could, and it does not tell yet)"];
        return new(counts, statements, [.. new[] { withoutStatements }.OfType<string>(), .. notCounted]);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    async Task<List<Count>> ServerCounts(CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            select d.xact_commit, d.xact_rollback, w.wal_bytes::float8 / 1024, w.wal_write, w.wal_sync
            from pg_stat_database d, pg_stat_wal w where d.datname = current_database()
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return
        [
            new("PostgreSQL: transactions committed", Unit.Each, reader.GetInt64(0)),
            new("PostgreSQL: transactions rolled back", Unit.Each, reader.GetInt64(1)),
            new("PostgreSQL: WAL", Unit.Kilobytes, reader.GetDouble(2)),
            new("PostgreSQL: WAL writes", Unit.Each, reader.GetInt64(3)),
            new("PostgreSQL: WAL syncs", Unit.Each, reader.GetInt64(4)),
        ];
    }

    async Task<List<StatementCount>> Statements(CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            select s.query, sum(s.calls)::float8, sum(s.total_exec_time)
            from pg_stat_statements s join pg_database d on d.oid = s.dbid
            where d.datname = current_database() group by s.query
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var list = new List<StatementCount>();
        while (await reader.ReadAsync(stop)) list.Add(new(reader.GetString(0), reader.GetDouble(1), reader.GetDouble(2)));
        return list;
    }
}
