using System.Data;
using System.Data.Common;
using System.Text.Json;
using Exchange.Data.Servers;
using Microsoft.Data.SqlClient;

namespace Exchange.Data.SqlServer;

/// <summary>A transaction here begins and ends with calls of their own: batches are sent as procedures, and those may not leave one open.</summary>
internal sealed class SqlServerSession(SqlConnection connection, ContextPool contexts) : ServerSession(connection, contexts)
{
    /// <summary>A lock waited for in vain, and the same for an Idempotency-Key.</summary>
    internal const int LockTimeout = 1222, KeyTimeout = 51222;

    public override async Task Begin()
    {
        await using (var settings = connection.CreateCommand())
        {
            settings.CommandText = "SET XACT_ABORT ON; SET LOCK_TIMEOUT 10000";
            await settings.ExecuteNonQueryAsync();
        }

        Transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
    }

    public override Guid Id(DbDataReader reader, int column) => IdColumns.Id(reader.GetFieldValue<byte[]>(column));

    public override bool WaitedTooLong(DbException e) => e is SqlException { Number: LockTimeout or KeyTimeout };

    protected override async Task CommitWith(IReadOnlyList<(Statement Statement, object?[] Values)> last)
    {
        if (last.Count > 0)
        {
            await Run(last);
        }

        await Transaction!.CommitAsync();
    }

    protected override void Bind(DbBatchCommand command, Kind kind, object? value)
    {
        var (type, size) = kind switch
        {
            Kind.Id => (SqlDbType.Binary, 16),
            Kind.Number => (SqlDbType.BigInt, 0),
            Kind.Small => (SqlDbType.Int, 0),
            Kind.Bytes => (SqlDbType.VarBinary, -1),
            Kind.Word => (SqlDbType.NVarChar, 400),
            _ => (SqlDbType.NVarChar, -1),
        };
        command.Parameters.Add(new SqlParameter($"@p{command.Parameters.Count + 1}", type, size)
        {
            Value = value switch
            {
                Guid id => IdColumns.Bytes(id),
                Guid[] ids => JsonSerializer.Serialize(ids.Select(id => Convert.ToHexString(IdColumns.Bytes(id)))),
                long[] numbers => JsonSerializer.Serialize(numbers),
                _ => value ?? DBNull.Value,
            },
        });
    }
}
