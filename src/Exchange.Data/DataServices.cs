using Exchange.Core.Files;
using Exchange.Core.Store;
using Exchange.Data.Files;
using Exchange.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exchange.Data;

/// <summary>Registers the database and the file store that the settings choose.</summary>
public static class DataServices
{
    /// <exception cref="StartRefused">The settings name an engine that is not built, or the data folder cannot be used.</exception>
    public static IServiceCollection AddExchangeData(this IServiceCollection services, DatabaseSettings database, ExchangeSettings exchange)
    {
        if (!string.Equals(database.Provider, "Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartRefused($"Database:Provider is {database.Provider}, and this version has Sqlite only. Set Database:Provider=Sqlite.");
        }

        var folder = Path.GetFullPath(exchange.Data);
        services.AddSingleton(s => SqliteStart.Begin(folder, s.GetRequiredService<ILogger<SqliteStart>>()));
        services.AddSingleton<IDialect>(s => new SqliteGate(
            s.GetRequiredService<SqliteStart>().File, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<SqliteGate>>()));
        services.AddSingleton<IBlobStore>(s =>
        {
            var held = s.GetRequiredService<SqliteStart>();
            var blobs = new FolderBlobs(Path.Combine(Path.GetDirectoryName(held.File.Path)!, "files"), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<FolderBlobs>>());
            blobs.ClearComing();
            return blobs;
        });
        return services;
    }
}
