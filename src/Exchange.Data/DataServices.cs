using Exchange.Core.Files;
using Exchange.Core.Store;
using Exchange.Data.Files;
using Exchange.Data.People;
using Exchange.Data.Postgres;
using Exchange.Data.Sqlite;
using Exchange.Data.SqlServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exchange.Data;

/// <summary>Registers the database and the file store that the settings choose.</summary>
public static class DataServices
{
    /// <summary>After so long an upload to a shared folder is one that nobody finishes.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <exception cref="StartRefused">A connection string cannot be read.</exception>
    public static IServiceCollection AddExchangeData(
        this IServiceCollection services, DatabaseSettings database, ConnectionSettings connections, ExchangeSettings exchange)
    {
        var folder = Path.GetFullPath(exchange.Data);
        switch (database.Provider.ToUpperInvariant())
        {
            case "POSTGRES":
                services.AddPostgres(connections.Exchange!);
                services.AddSingleton<IBlobStore>(s => Blobs(s, folder, Abandoned));
                break;
            case "SQLSERVER":
                services.AddSqlServer(connections.Exchange!);
                services.AddSingleton<IBlobStore>(s => Blobs(s, folder, Abandoned));
                break;
            default:
                services.AddSingleton(s => SqliteStart.Begin(folder, s.GetRequiredService<ILogger<SqliteStart>>()));
                services.AddSingleton<IDialect>(s => new SqliteGate(
                    s.GetRequiredService<SqliteStart>().File, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SqliteGate>>()));
                services.AddPeople(s => new SqlitePeopleDb(PeopleOptions.Sqlite($"Data Source={s.GetRequiredService<SqliteStart>().People.Path}")));
                services.AddSingleton<IBlobStore>(s => Blobs(s, Path.GetDirectoryName(s.GetRequiredService<SqliteStart>().File.Path)!, TimeSpan.Zero));
                break;
        }

        return services;
    }

    internal static IServiceCollection AddPostgres(this IServiceCollection services, string connection)
    {
        try
        {
            _ = new Npgsql.NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException e)
        {
            throw new StartRefused($"ConnectionStrings:Exchange cannot be read: {e.Message}");
        }

        var people = PeopleOptions.Postgres(connection);
        services.AddPeople(_ => new PostgresPeopleDb(people));
        services.AddSingleton<DatabaseStart>(s => new PostgresStart(connection, s.GetRequiredService<ILogger<PostgresStart>>()));
        services.AddSingleton<IDialect>(s => new PostgresDialect(connection, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<PostgresDialect>>()));
        return services;
    }

    internal static IServiceCollection AddSqlServer(this IServiceCollection services, string connection)
    {
        try
        {
            _ = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException e)
        {
            throw new StartRefused($"ConnectionStrings:Exchange cannot be read: {e.Message}");
        }

        var people = PeopleOptions.SqlServer(connection);
        services.AddPeople(_ => new SqlServerPeopleDb(people));
        services.AddSingleton<DatabaseStart>(s => new SqlServerStart(connection, s.GetRequiredService<ILogger<SqlServerStart>>()));
        services.AddSingleton<IDialect>(s => new SqlServerDialect(connection, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SqlServerDialect>>()));
        return services;
    }

    private static FolderBlobs Blobs(IServiceProvider services, string data, TimeSpan abandoned)
    {
        var blobs = new FolderBlobs(Path.Combine(data, "files"), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<FolderBlobs>>());
        blobs.ClearComing(abandoned);
        return blobs;
    }
}
