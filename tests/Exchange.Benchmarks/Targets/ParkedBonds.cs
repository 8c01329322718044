using System.Data.Common;

namespace Exchange.Benchmarks;

/// <summary>What the relay writes when a fulfiller's desk refuses an entry for good. The tables are the product's own.</summary>
static class ParkedBonds
{
    /// <summary>In one short transaction beside the hosts; returns how many were parked.</summary>
    /// <param name="idColumn">How the engine keeps an id.</param>
    public static async Task<int> Write(DbConnection connection, Func<Guid, object> idColumn, IEnumerable<Guid> handoffs, string cause, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var parked = 0;
        foreach (var handoff in handoffs)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "UPDATE bond SET parked_at = @at, parked_cause = @cause, told_version = 0 WHERE side = 2 AND parked_at IS NULL AND handoff = @handoff";
            Put(command, "@at", Now());
            Put(command, "@cause", cause);
            Put(command, "@handoff", idColumn(handoff));
            parked += await command.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return parked;
    }

    /// <summary>Times stand in the tables as microseconds since 1970.</summary>
    static long Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    static void Put(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
