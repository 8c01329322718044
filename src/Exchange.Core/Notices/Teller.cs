using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Core.Notices;

/// <summary>
/// Tells people what their company's events say, a little after the fact and off the way of every command: it reads the numbered
/// events after a cursor of each account, and goes on from there after a crash.
/// </summary>
public sealed class Teller(Door door, IDialect dialect, TimeProvider time, ILogger<Teller> log)
{
    private const int MostAccounts = 500;

    private long _seen = -1;

    /// <summary>Makes notices of all that has a number by now.</summary>
    public async Task Tell(CancellationToken ct)
    {
        var last = await Last(ct);
        if (last == _seen)
        {
            return;
        }

        var all = true;
        while (all && await Behind(ct) is { Count: > 0 } behind)
        {
            foreach (var account in behind)
            {
                all &= await Tell(account, ct);
            }
        }

        // Only what was there before the look: what came meanwhile has a higher number.
        _seen = all ? last : -1;
    }

    /// <summary>Notes of which handoffs the present step was not done in time, as events of both companies.</summary>
    public async Task NoteOverTime(CancellationToken ct)
    {
        while (await OverTime(ct) is { Count: > 0 } over)
        {
            var noted = await door.Do<NoteOverTime, Noted>(new NoteOverTime(over), Caller.Exchange, null, ct);
            if (!noted.Ok || noted.Value.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>What fails for one company holds up none of the others.</summary>
    private async Task<bool> Tell(AccountId account, CancellationToken ct)
    {
        try
        {
            Outcome<Told> told;
            while ((told = await door.Do<TellNotices, Told>(new TellNotices(account), Caller.Exchange, null, ct)) is { Ok: true, Value.More: true })
            {
                // The next batch.
            }

            return told.Ok;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "People of account {Account} were not told what happened; it is tried again", account);
            return false;
        }
    }

    private async Task<long> Last(CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.EventCounters.Select(c => c.Last).SingleAsync(ct);
    }

    /// <summary>Accounts that have people, and events that these were not told of. One without people costs a look at a key.</summary>
    private async Task<List<AccountId>> Behind(CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Accounts.Where(a => db.Members.Any(m => m.Account == a.Id))
            .Where(a => db.Events.Any(e => e.Account == a.Id && e.Number > (db.NoticeCursors.Where(c => c.Account == a.Id).Select(c => (long?)c.Number).FirstOrDefault() ?? 0)))
            .Select(a => a.Id).Take(MostAccounts).ToListAsync(ct);
    }

    /// <summary>By the placer, as the index has them; every handoff has one. Of an offer that nobody took its expiry tells.</summary>
    private async Task<List<HandoffId>> OverTime(CancellationToken ct)
    {
        var now = time.Present();
        await using var db = dialect.Read();
        return await (
            from account in db.Accounts
            from handoff in db.Handoffs.Where(h => h.Placer == account.Id && h.DueAt < now)
            where handoff.OverAt == null && handoff.State != HandoffState.Offered
            where !db.Links.Any(l => l.Id == handoff.Link && l.State == LinkState.Suspended && l.SuspendedSince < handoff.DueAt)
            where !db.OverTimeMarks.Any(m => m.Handoff == handoff.Id && m.Due == handoff.DueAt)
            select handoff.Id).Take(NoteOverTimeDeed.Most).ToListAsync(ct);
    }
}
