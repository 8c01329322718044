using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>The worker's timers, at work until a test has seen what it waits for.</summary>
internal static class Clockwork
{
    public static async Task Fire(this World world, Func<ExchangeDb, Task<bool>> until)
    {
        using var timers = world.Timers();
        await timers.StartAsync(CancellationToken.None);
        try
        {
            await Eventually.True(async () =>
            {
                await using var db = world.Dialect.Read();
                return await until(db);
            });
        }
        finally
        {
            await timers.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Until nothing is due any more, however often that takes.</summary>
    public static Task Fire(this World world) => world.Fire(db =>
    {
        var now = world.Clock.Present();
        return db.Timers.AllAsync(t => t.Due > now);
    });
}
