using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Links;

/// <summary>A link under its lock, as one of its companies sees it.</summary>
/// <param name="Standing">The suspensions that last now.</param>
public sealed record LinkScene(Link Link, IReadOnlyList<Suspension> Standing, Caller Caller, IUnit Unit)
{
    /// <summary>Since when it was suspended without a break, as it was found; null where it was not.</summary>
    public DateTimeOffset? SuspendedSince { get; } = Link.SuspendedSince;

    public bool Suspending => Standing.Any(s => s.By == Caller.Account);

    public Fault? Decide(LinkCommand command, long? seen) => Link.Decide(command, Caller.Account, Suspending, seen, Unit.Now);
}

/// <summary>The steps that the commands of a link share: lock, load, and what follows when it flows again or ends.</summary>
public sealed class LinkCommands(Ring ring, Changes changes)
{
    /// <summary>So many handoffs are rung for at once; the sweeper comes for the others.</summary>
    private const int MostRung = 500;

    /// <summary>Locks the link and loads it; not found when it is not the caller's.</summary>
    public static async ValueTask<Outcome<LinkScene>> Open(IUnit unit, Caller caller, LinkId id)
    {
        await unit.LockLink(id, own: true);
        var link = await unit.Db.Links.Where(Mine.Links(caller)).AsTracking().SingleOrDefaultAsync(l => l.Id == id);
        return link is null
            ? Fault.NotFound("link")
            : new LinkScene(link, await unit.Db.Suspensions.AsTracking().Where(s => s.Link == id && s.Until == null).ToListAsync(), caller, unit);
    }

    /// <summary>Tells both companies: their open pages, and their events.</summary>
    /// <param name="what">Such as <c>suspended</c>: the event is <c>exchange.link.suspended</c>.</param>
    /// <param name="by">Who did it; null for the exchange.</param>
    public void Tell(IUnit unit, Link link, string what, Caller? by = null)
    {
        foreach (var account in link.Invitee is { } invitee ? (AccountId[])[link.Inviter, invitee] : [link.Inviter])
        {
            changes.Link(unit, account, link.Id);
            Recorder.Link(unit, account, link.Id, what, by);
        }
    }

    /// <summary>The link is suspended no longer: clocks go on, and what was kept is rung for.</summary>
    public async ValueTask Flow(LinkScene scene)
    {
        var (unit, link) = (scene.Unit, scene.Link.Id);
        // In one statement, however many there are: so nobody ever reads a clock that has not been moved yet.
        await unit.MoveClocks(link, scene.SuspendedSince!.Value);
        await unit.Db.Timers.Where(t => t.Link == link && t.Due == DueTimer.Asleep).ExecuteUpdateAsync(s => s.SetProperty(t => t.Due, unit.Now));
        var kept = await (
            from handoff in unit.Db.Handoffs.Where(h => h.Link == link && h.UnsettledSince != null).OrderBy(h => h.UnsettledSince).Take(MostRung)
            join entry in unit.Db.Entries on new { handoff.Id, Seq = handoff.LastSeq } equals new { Id = entry.Handoff, entry.Seq }
            select entry).ToListAsync();
        unit.AfterCommit(() => ring.Post(kept));
    }

    /// <summary>What follows when a link has ended: its open handoffs are severed one by one, after what was kept.</summary>
    public static void Sever(IUnit unit, LinkId link) => unit.Db.Add(DueTimer.For(DueTimer.SeverHandoffs, link.Value, unit.Now, unit.Now));

    /// <summary>Ends the suspensions of a link that leaves that state, whoever had made them.</summary>
    public async ValueTask EndSuspensions(LinkScene scene)
    {
        if (scene.Standing.Count > 0)
        {
            foreach (var one in scene.Standing)
            {
                one.Until = scene.Unit.Now;
            }

            await Flow(scene);
        }
    }
}
