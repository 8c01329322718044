using System.Data.Common;
using Exchange.Core.Store;
using Exchange.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Edge.Tests.TestKit;

internal sealed class SqliteEngine : Engine
{
    public override bool IsServer => false;

    internal override string Zeros => "zeroblob(32)";

    internal override string AnyId => "randomblob(16)";

    public override string ToString() => "Sqlite";

    internal override Place NewPlace() => new SqlitePlace(this, null);

    internal override string Reworded(string from, string to) => $"CAST(replace(CAST(bytes AS TEXT), '{from}', '{to}') AS BLOB)";

    internal override string Constant(Guid id) => $"x'{Convert.ToHexString(id.ToByteArray(bigEndian: true))}'";
}

internal sealed class SqlitePlace(Engine engine, string? folder) : Place(engine, folder)
{
    public override void Register(IServiceCollection services) => services.AddSingleton(_ => SqliteStart.Begin(Folder, NullLogger.Instance));

    public override IDialect Dialect(IServiceProvider services, World world) =>
        new SqliteGate(services.GetRequiredService<SqliteStart>().File, world.Clock, services.GetRequiredService<ILogger<SqliteGate>>())
        {
            BeforeCommit = connection => world.AtCommit?.Invoke(connection),
        };

    public override DbConnection Open(bool write = false)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Folder, "exchange.db"), Pooling = false, Mode = write ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
        }.ToString());
        connection.Open();
        return connection;
    }

    public override DbConnection Moment()
    {
        var connection = Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN";
        begin.ExecuteNonQuery();
        return connection;
    }

    public override Task Kill(DbConnection session) => throw new NotSupportedException("SQLite has no sessions.");
}
