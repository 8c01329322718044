using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Work that is done again and again; a round that fails is logged, and the next one comes.</summary>
public abstract class Rounds(TimeSpan every, TimeProvider time, ILogger log) : BackgroundService
{
    protected TimeProvider Time => time;

    protected ILogger Log => log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        do
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "A round of {Name} failed; the next one tries again", GetType().Name);
            }
        }
        while (await Next(timer, stoppingToken));
    }

    protected abstract Task Round(CancellationToken ct);

    /// <summary>Waits for the next round; false when the host stops.</summary>
    protected virtual async ValueTask<bool> Next(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
