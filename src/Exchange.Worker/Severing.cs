using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Severs the open handoffs of a link that has ended, one by one through the door, where each races like any command.</summary>
internal sealed class Severing(Door door, IDialect dialect, ILogger log)
{
    /// <summary>So many in one go; then other timers have their turn.</summary>
    private const int Most = 500;

    /// <summary>What failed, or whose database is away, is tried again after so long.</summary>
    private static TimeSpan Later => TimeSpan.FromMinutes(1);

    /// <returns>Null when none is open any more; otherwise after how long to go on. A crash in the middle loses nothing: it begins anew with what is open.</returns>
    public async Task<TimeSpan?> Go(LinkId link, CancellationToken ct)
    {
        var severed = 0;
        foreach (var handoff in await Open(link, Most, ct))
        {
            severed += await Sever(handoff, ct) ? 1 : 0;
        }

        // It is done when nothing is open, not when all was tried.
        return (await Open(link, 1, ct)).Count == 0 ? null : severed > 0 ? TimeSpan.Zero : Later;
    }

    private async Task<bool> Sever(HandoffId handoff, CancellationToken ct)
    {
        try
        {
            return (await door.Do<SeverHandoff, HandoffId>(new SeverHandoff(handoff), Caller.Exchange, null, ct)).Ok;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "Severing the handoff {Handoff} failed; the others go on", handoff);
            return false;
        }
    }

    private async Task<List<HandoffId>> Open(LinkId link, int most, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Handoffs.Where(h => h.Link == link && h.OverAt == null).OrderBy(h => h.Id).Select(h => h.Id).Take(most).ToListAsync(ct);
    }
}
