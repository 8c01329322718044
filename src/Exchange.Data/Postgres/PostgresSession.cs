using System.Data.Common;
using Exchange.Data.Servers;
using Npgsql;
using NpgsqlTypes;

namespace Exchange.Data.Postgres;

/// <summary>The driver sends BEGIN along with the first statements, and here COMMIT goes out along with the last.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, ContextPool contexts) : ServerSession(connection, contexts)
{
    public override async Task Begin() => Transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted);

    public override Guid Id(DbDataReader reader, int column) => reader.GetGuid(column);

    public override bool WaitedTooLong(DbException e) => e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    protected override async Task CommitWith(IReadOnlyList<(Statement Statement, object?[] Values)> last)
    {
        await using var batch = Batch(last);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync();
    }

    protected override void Bind(DbBatchCommand command, Kind kind, object? value) => command.Parameters.Add(new NpgsqlParameter
    {
        NpgsqlDbType = kind switch
        {
            Kind.Id => NpgsqlDbType.Uuid,
            Kind.Ids => NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            Kind.Number => NpgsqlDbType.Bigint,
            Kind.Numbers => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            Kind.Small => NpgsqlDbType.Integer,
            Kind.Bytes => NpgsqlDbType.Bytea,
            _ => NpgsqlDbType.Text,
        },
        Value = value ?? DBNull.Value,
    });
}
