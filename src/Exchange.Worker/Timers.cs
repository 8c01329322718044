using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Turns due timers into asks through the door, where they race like any other ask; and forgets what is a day old.</summary>
public sealed class Timers(Door door, IDialect dialect, TimeProvider time, ILogger<Timers> log) : Rounds(TimeSpan.FromSeconds(1), time, log)
{
    private DateTimeOffset _forgetAt;

    /// <summary>What was refused for a reason that passes is asked for again after so long.</summary>
    private static TimeSpan Again => TimeSpan.FromMinutes(10);

    /// <summary>Asks for all that is due now.</summary>
    protected override async Task Round(CancellationToken ct)
    {
        foreach (var timer in await Due(ct))
        {
            try
            {
                if (await Fire(timer, ct) is { Code: Codes.NotReady })
                {
                    return;
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // It stays, and comes again; the others are not held up by it.
                Log.LogError(e, "The timer {Timer} of the kind {Kind} failed", timer.Id, timer.Kind);
            }
        }

        if (Time.GetUtcNow() is var now && now >= _forgetAt)
        {
            _forgetAt = now + TimeSpan.FromHours(1);
            await door.Do<ForgetReplays, Done>(new ForgetReplays(), Caller.Exchange, null, ct);
        }
    }

    private async Task<Fault?> Fire(DueTimer timer, CancellationToken ct)
    {
        if (timer.Link is not null)
        {
            var woken = await door.Do<WakeTimer, Woken>(new WakeTimer(timer.Id), Caller.Exchange, null, ct);
            if (!woken.Ok || !woken.Value.IsDue)
            {
                return woken.Fault;
            }
        }

        if (timer.Kind == DueTimer.SeverHandoffs && await new Severing(door, dialect, Log).Go(new LinkId(timer.Subject), ct) is { } pause)
        {
            return (await door.Do<RestTimer, Done>(new RestTimer(timer.Id, Time.Present() + pause), Caller.Exchange, null, ct)).Fault;
        }

        var fault = await Ask(timer, ct);
        switch (fault?.Code)
        {
            case Codes.NotReady:
                return fault;
            case Codes.LinkNotActive or Codes.ChildrenOpen or Codes.InFlight:
                // Suspended a moment ago, or partners further down are not done yet: neither is the end of it.
                return (await door.Do<RestTimer, Done>(new RestTimer(timer.Id, Time.Present() + Again), Caller.Exchange, null, ct)).Fault;
            default:
                return (await door.Do<EndTimer, Done>(new EndTimer(timer.Id), Caller.Exchange, null, ct)).Fault;
        }
    }

    private async Task<List<DueTimer>> Due(CancellationToken ct)
    {
        await using var db = dialect.Read();
        var now = Time.Present();
        return await db.Timers.Where(t => t.Due <= now).OrderBy(t => t.Due).Take(100).ToListAsync(ct);
    }

    private async Task<Fault?> Ask(DueTimer timer, CancellationToken ct)
    {
        switch (timer.Kind)
        {
            case DueTimer.ExpireInvitation:
                return (await door.Do<ExpireInvitation, Done>(new ExpireInvitation(new LinkId(timer.Subject)), Caller.Exchange, null, ct)).Fault;
            case DueTimer.EndDrain:
                return (await door.Do<EndDrain, Done>(new EndDrain(new LinkId(timer.Subject)), Caller.Exchange, null, ct)).Fault;
            case DueTimer.SeverHandoffs:
                // None is open any more.
                return null;
            case DueTimer.AcceptByTerms:
                var handoff = new HandoffId(timer.Subject);
                return (await door.Do<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), await RuleOf(handoff, ct), null, ct)).Fault;
            default:
                Log.LogError("A timer of the unknown kind {Kind} was dropped", timer.Kind);
                return null;
        }
    }

    private async Task<Caller> RuleOf(HandoffId handoff, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var fulfiller = await db.Handoffs.Where(h => h.Id == handoff).Join(db.Accounts, h => h.Fulfiller, a => a.Id, (h, a) => new { a.Id, a.Name }).SingleAsync(ct);
        return Caller.Rule(fulfiller.Id, fulfiller.Name, "accepted by terms");
    }
}
