using System.Data.Common;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>A database engine that the product runs on. The contract suites are inherited by each.</summary>
public abstract class Engine
{
    public static readonly Engine Sqlite = new SqliteEngine();
    public static readonly Engine Postgres = new PostgresEngine();
    public static readonly Engine SqlServer = new SqlServerEngine();

    /// <summary>What is missing here, and how to provide it; null where a test can run.</summary>
    public virtual string? Missing => null;

    /// <summary>Whether it is a server, at which several nodes write at once.</summary>
    public virtual bool IsServer => true;

    public abstract override string ToString();

    /// <summary>An empty database of its own.</summary>
    internal abstract Place NewPlace();

    /// <summary>What is kept for the whole run is thrown away.</summary>
    internal virtual Task End() => Task.CompletedTask;

    // What tests do to tables behind the product's back, in the engine's own words.

    /// <summary>A value of 32 bytes that are zero.</summary>
    internal abstract string Zeros { get; }

    /// <summary>Any other id.</summary>
    internal abstract string AnyId { get; }

    /// <summary>The bytes of an entry, with one text in place of another.</summary>
    internal abstract string Reworded(string from, string to);

    /// <summary>An id as a constant.</summary>
    internal abstract string Constant(Guid id);

    internal static async Task Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task<object?> Scalar(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
