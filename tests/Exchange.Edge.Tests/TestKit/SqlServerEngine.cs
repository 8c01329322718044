using System.Data.Common;
using Exchange.Core.Store;
using Exchange.Data.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>The server that <c>EXCHANGE_TEST_SQLSERVER</c> names, with a login that may make databases.</summary>
internal sealed class SqlServerEngine : Engine
{
    public override string? Missing { get; } = Server is null
        ? "SQL Server is missing: EXCHANGE_TEST_SQLSERVER is not set, so nothing ran on it (its SQL is compared with the approved text alone). Set it to 'Server=..;User ID=..;Password=..', with a login that may make databases."
        : null;

    public static string? Server => Environment.GetEnvironmentVariable("EXCHANGE_TEST_SQLSERVER");

    internal override string Zeros => "CAST(0x00 AS binary(32))";

    internal override string AnyId => "CAST(NEWID() AS binary(16))";

    public override string ToString() => "SqlServer";

    internal override Place NewPlace()
    {
        var place = new SqlServerPlace(this, $"exchange_edge_{Random.Shared.NextInt64():x}");
        Task.Run(() => new SqlServerStart(place.Connection, NullLogger<SqlServerStart>.Instance).Prepare(migrate: true, CancellationToken.None)).GetAwaiter().GetResult();
        return place;
    }

    internal override string Reworded(string from, string to) =>
        $"CAST(REPLACE(CAST(bytes AS varchar(max)) COLLATE Latin1_General_100_BIN2_UTF8, '{from}', '{to}') AS varbinary(max))";

    internal override string Constant(Guid id) => $"0x{Convert.ToHexString(id.ToByteArray(bigEndian: true))}";
}

internal sealed class SqlServerPlace(Engine engine, string database) : Place(engine)
{
    public string Connection { get; } = new SqlConnectionStringBuilder(SqlServerEngine.Server) { InitialCatalog = database }.ToString();

    public override IReadOnlyList<(string Name, string Value)> Settings => [("Database:Provider", "SqlServer"), ("ConnectionStrings:Exchange", Connection)];

    public override IDialect Dialect(IServiceProvider services, World world) =>
        new SqlServerDialect(Connection, world.Clock, services.GetRequiredService<ILogger<SqlServerDialect>>())
        {
            BeforeCommit = world.Before,
            BeforeAnswer = world.After,
        };

    public override DbConnection Open(bool write = false)
    {
        var connection = new SqlConnection(Connection);
        connection.Open();
        return connection;
    }

    // A statement sees one moment, and the suites that need more than one statement at rest read when nobody writes.
    public override DbConnection Moment() => Open();

    public override async Task Kill(DbConnection session)
    {
        await using var own = Open();
        await Engine.Run(own, $"KILL {((SqlConnection)session).ServerProcessId}");
    }

    public override async ValueTask DisposeAsync()
    {
        await using (var server = new SqlConnection(new SqlConnectionStringBuilder(Connection) { InitialCatalog = "master" }.ToString()))
        {
            await server.OpenAsync();
            await Engine.Run(server, $"IF DB_ID('{database}') IS NOT NULL BEGIN ALTER DATABASE {database} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {database} END");
        }

        await base.DisposeAsync();
    }
}
