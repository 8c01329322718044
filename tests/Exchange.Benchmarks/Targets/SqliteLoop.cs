using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Exchange.Benchmarks;

/// <summary>
/// B2: one thread, two commits for each comment. The first appends the entry and moves the head,
/// the second stores the item and moves the cursor. No HTTP, no JSON, no hashing: only what has to be on disk.
/// </summary>
sealed class SqliteLoop : IBareLoop
{
    const int Handoffs = 64;

    const string Tables = """
        create table handoff (id integer primary key, last_seq integer not null, head_hash blob not null);
        create table entry (handoff integer not null, seq integer not null, op_id blob not null, type text not null,
          bytes blob not null, hash blob not null, primary key (handoff, seq)) without rowid;
        create unique index entry_op on entry (op_id);
        create table item (id integer primary key, ticket integer not null, handoff integer not null, seq integer not null,
          author text not null, body text not null, at integer not null);
        create unique index item_entry on item (handoff, seq);
        create index item_ticket on item (ticket, id);
        create table bond (handoff integer not null, side integer not null, applied_seq integer not null,
          primary key (handoff, side)) without rowid;
        """;

    readonly SqliteConnection connection;
    readonly SqliteCommand begin;
    readonly SqliteCommand commit;
    readonly SqliteCommand append;
    readonly SqliteCommand moveHead;
    readonly SqliteCommand store;
    readonly SqliteCommand moveCursor;
    readonly long[] lastSeq = new long[Handoffs];
    readonly byte[] opId = new byte[16];
    readonly byte[] hash = new byte[32];
    int turn;

    SqliteLoop(SqliteConnection connection)
    {
        this.connection = connection;
        connection.Open();
        Run("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;");
        Run(Tables);
        for (var i = 0; i < Handoffs; i++)
        {
            Run(FormattableString.Invariant(
                $"insert into handoff values ({i}, 0, zeroblob(32)); insert into bond values ({i}, 0, 0), ({i}, 1, 0);"));
        }

        var bytes = new byte[380];
        RandomNumberGenerator.Fill(bytes);
        begin = Prepare("begin immediate");
        commit = Prepare("commit");
        append = Prepare(
            "insert into entry values ($handoff, $seq, $op, 'comment.v1', $bytes, $hash)",
            ("$handoff", 0L), ("$seq", 0L), ("$op", opId), ("$bytes", bytes), ("$hash", hash));
        moveHead = Prepare(
            "update handoff set last_seq = $seq, head_hash = $hash where id = $handoff",
            ("$handoff", 0L), ("$seq", 0L), ("$hash", hash));
        store = Prepare(
            "insert into item (ticket, handoff, seq, author, body, at) values ($handoff, $handoff, $seq, 'Ada (Nordwind)', $body, $at)",
            ("$handoff", 0L), ("$seq", 0L), ("$body", Words.Filler(200)), ("$at", 0L));
        moveCursor = Prepare(
            "update bond set applied_seq = $seq where handoff = $handoff and side = 1",
            ("$handoff", 0L), ("$seq", 0L));
    }

    public static Task<IBareLoop> Open(string folder, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Directory.CreateDirectory(folder);
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "bare.db"), Pooling = false };
        return Task.FromResult<IBareLoop>(new SqliteLoop(new SqliteConnection(file.ConnectionString)));
    }

    public Task<BareRun> AtFullRate(Budget budget, CancellationToken stop) => OneInFlight(budget, stop);

    /// <summary>One thread has one comment in flight, so this is its full rate too.</summary>
    public Task<BareRun> OneInFlight(Budget budget, CancellationToken stop)
    {
        for (var i = 0; i < 100; i++) OneComment();

        var latencies = new Latencies(budget.Most);
        var allowance = budget.Open(stop);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        while (allowance.Take())
        {
            var before = Stopwatch.GetTimestamp();
            OneComment();
            latencies.Add(Stopwatch.GetElapsedTime(before));
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        stop.ThrowIfCancellationRequested();
        return Task.FromResult(new BareRun(latencies.Count, elapsed, Environment.CpuUsage.TotalTime - cpu, latencies));
    }

    public ValueTask DisposeAsync()
    {
        foreach (var command in new[] { begin, commit, append, moveHead, store, moveCursor }) command.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    void OneComment()
    {
        long handoff = turn++ % Handoffs;
        var seq = ++lastSeq[handoff];
        RandomNumberGenerator.Fill(opId);
        RandomNumberGenerator.Fill(hash);

        begin.ExecuteNonQuery();
        Execute(append, handoff, seq);
        Execute(moveHead, handoff, seq);
        commit.ExecuteNonQuery();

        begin.ExecuteNonQuery();
        Execute(store, handoff, seq);
        Execute(moveCursor, handoff, seq);
        commit.ExecuteNonQuery();
    }

    static void Execute(SqliteCommand command, long handoff, long seq)
    {
        command.Parameters[0].Value = handoff;
        command.Parameters[1].Value = seq;
        if (command.ExecuteNonQuery() != 1) throw new BenchmarkFailure("The bare loop changed no row: " + command.CommandText);
    }

    SqliteCommand Prepare(string text, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.Prepare();
        return command;
    }

    void Run(string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
