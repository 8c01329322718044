using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker;

/// <summary>Turns due timers into asks through the door, where they race like any other ask; and forgets what is too old.</summary>
public sealed class Timers(Door door, IDialect dialect, Jobs jobs, Forgetting forgetting, TimeProvider time, ILogger<Timers> log) : Rounds(TimeSpan.FromSeconds(1), time, log)
{
    private DateTimeOffset _forgetAt;

    /// <summary>What was refused for a reason that passes is asked for again after so long.</summary>
    private static TimeSpan Again => TimeSpan.FromMinutes(10);

    /// <summary>Asks for what is due now, up to 100 at a time.</summary>
    /// <returns>How many were due.</returns>
    public async Task<int> FireDue(CancellationToken ct)
    {
        var due = await Due(ct);
        foreach (var timer in due)
        {
            try
            {
                if (await Fire(timer, ct) is { Code: Codes.NotReady })
                {
                    break;
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // It stays, and comes again; the others are not held up by it.
                Log.LogError(e, "The timer {Timer} of the kind {Kind} failed", timer.Id, timer.Kind);
            }
        }

        return due.Count;
    }

    protected override async Task Round(CancellationToken ct)
    {
        await FireDue(ct);
        if (Time.GetUtcNow() is var now && now >= _forgetAt)
        {
            _forgetAt = now + TimeSpan.FromHours(1);
            await door.Do<ForgetReplays, Done>(new ForgetReplays(), Caller.Exchange, null, ct);
            await forgetting.Go(ct);
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
            case Codes.LinkNotActive or Codes.ChildrenOpen or Codes.InFlight when fault.Truth?.IsOver() != true:
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
        var handoff = new HandoffId(timer.Subject);
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
                return await Do(new AcceptHandoff(handoff, null, null), await jobs.Rule(handoff, Side.Fulfiller, "accepted by terms", ct), ct);
            case DueTimer.ExpireOffer:
                return await Do(new ExpireHandoff(handoff, null), Caller.Exchange, ct);
            case DueTimer.ConfirmByTerms:
                return await Do(new ConfirmHandoff(handoff, timer.Version), Caller.Exchange, ct);
            case DueTimer.AgreeBySilence:
                return await Do(new AgreeRecall(handoff, timer.Version), Caller.Exchange, ct);
            case DueTimer.Reroute:
                return await Do(new RerouteByRule(handoff), await jobs.Rule(handoff, Side.Placer, "re-routed by rule", ct), ct);
            case DueTimer.RecallChildren:
                return await jobs.RecallChildren(handoff, ct);
            case DueTimer.Climb:
                return await jobs.Climb(handoff, timer.Version!.Value, ct);
            default:
                Log.LogError("A timer of the unknown kind {Kind} was dropped", timer.Kind);
                return null;
        }
    }

    private async Task<Fault?> Do<TAsk>(TAsk ask, Caller caller, CancellationToken ct)
        where TAsk : IAsk<HandoffId> => (await door.Do<TAsk, HandoffId>(ask, caller, null, ct)).Fault;
}
