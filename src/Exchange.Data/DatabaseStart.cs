using Exchange.Core.Files;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exchange.Data;

/// <summary>
/// Gets a database server ready before anything is served. The API makes and migrates the database under a lock; a worker waits
/// until that is done. A server that is not there yet is waited for.
/// </summary>
public abstract class DatabaseStart(ILogger log)
{
    /// <summary>How long the server, or the schema, is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    private static TimeSpan Pause => TimeSpan.FromSeconds(1);

    /// <summary>Database and server, for messages; no password.</summary>
    protected abstract string Place { get; }

    /// <param name="migrate">Whether this process makes and migrates the database; otherwise it waits.</param>
    /// <exception cref="StartRefused">It cannot be reached in time, refuses the user, or was written by a newer version.</exception>
    public async Task Prepare(bool migrate, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var said = $"Waiting for the database server of {Place}: it does not answer.";
        try
        {
            while (await Try(migrate, patience.Token, ct) is { } waiting)
            {
                if (waiting != said)
                {
                    log.LogInformation("{Waiting}", said = waiting);
                }

                await Task.Delay(Pause, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new StartRefused($"{said} It was waited for {Patience.TotalSeconds:0} s. Start it, or set ConnectionStrings:Exchange.");
        }
    }

    /// <summary>The server cannot be reached, or is starting.</summary>
    protected abstract bool IsNotThere(Exception e);

    /// <summary>The server is there, and the database is not.</summary>
    protected abstract bool IsNotMade(Exception e);

    /// <summary>Why the server does not let this user in; null for any other error.</summary>
    protected abstract string? Refused(Exception e);

    /// <summary>The exchange's own model, and the people's.</summary>
    protected abstract IReadOnlyList<DbContext> Contexts();

    /// <summary>Makes the empty database, unless another process has done so meanwhile.</summary>
    protected abstract Task MakeDatabase(CancellationToken ct);

    /// <summary>Runs the migration while no other process does.</summary>
    protected abstract Task UnderLock(DbContext db, Func<Task> migrate, CancellationToken ct);

    /// <returns>What is waited for; null when the database is ready.</returns>
    private async Task<string?> Try(bool migrate, CancellationToken ct, CancellationToken stop)
    {
        try
        {
            return await MakeOrMigrate(migrate, ct, stop);
        }
        catch (Exception e) when (Refused(e) is { } why)
        {
            throw new StartRefused($"The database server refuses this user for {Place}: {why} Set ConnectionStrings:Exchange.");
        }
        catch (Exception e) when (IsNotThere(e))
        {
            return $"Waiting for the database server of {Place}: {e.Message}";
        }
    }

    private async Task<string?> MakeOrMigrate(bool migrate, CancellationToken ct, CancellationToken stop)
    {
        try
        {
            foreach (var context in Contexts())
            {
                await using var db = context;
                if (await Pending(db, ct) == 0)
                {
                    continue;
                }

                if (!migrate)
                {
                    return $"Waiting until the API has migrated the database {Place}.";
                }

                // Once it is there, the migration of a large database takes as long as it takes.
                await UnderLock(db, () => Migrate(db, stop), stop);
            }

            return null;
        }
        catch (Exception e) when (IsNotMade(e))
        {
            if (!migrate)
            {
                return $"Waiting until the API has made the database {Place}.";
            }

            await MakeDatabase(ct);
            return $"The database {Place} was made.";
        }
    }

    private async Task Migrate(DbContext db, CancellationToken ct)
    {
        // Another process may have been quicker.
        if (await Pending(db, ct) is > 0 and var pending)
        {
            await db.Database.MigrateAsync(ct);
            log.LogInformation("Database {Place}: {Count} migrations applied", Place, pending);
        }
    }

    private async Task<int> Pending(DbContext db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        return applied.Find(id => !known.Contains(id)) is { } newer
            ? throw new StartRefused($"The database {Place} was written by a newer version (it has the migration {newer}). Start that version, or restore a backup made before it.")
            : known.Count - applied.Count;
    }
}

/// <summary>What a host does before it serves.</summary>
public static class Preparing
{
    /// <summary>Makes the database ready, before anything is asked of it.</summary>
    /// <param name="migrate">Whether this process makes and migrates it; otherwise it waits until another has done so.</param>
    /// <exception cref="StartRefused">It cannot be used; the message says what to do.</exception>
    public static async Task PrepareDatabase(this IServiceProvider services, bool migrate, CancellationToken ct)
    {
        if (services.GetService<DatabaseStart>() is { } start)
        {
            await start.Prepare(migrate, ct);
        }

        services.GetRequiredService<IDialect>();
        services.GetRequiredService<IBlobStore>();
    }
}
