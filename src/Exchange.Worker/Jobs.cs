using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Worker;

/// <summary>
/// What takes more than one ask: each is one unit of work through the door, and a crash between two only means that the timer comes
/// again and finds the rest.
/// </summary>
public sealed class Jobs(Door door, IDialect dialect)
{
    /// <summary>The rule on whose behalf something is asked for one side of a handoff.</summary>
    public async Task<Caller> Rule(HandoffId handoff, Side side, string rule, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var account = await db.Handoffs.Where(h => h.Id == handoff).Select(h => side == Side.Placer ? h.Placer : h.Fulfiller)
            .Join(db.Accounts, id => id, a => a.Id, (_, a) => new { a.Id, a.Name }).SingleAsync(ct);
        return Caller.Rule(account.Id, account.Name, rule);
    }

    /// <summary>A recall goes down: what the fulfiller has handed on is asked back from its partners, who then ask theirs.</summary>
    /// <returns>A fault where some of them could not be asked yet.</returns>
    public async Task<Fault?> RecallChildren(HandoffId parent, CancellationToken ct)
    {
        await using var db = dialect.Read();
        if (await db.Handoffs.AnyAsync(h => h.Id == parent && h.State != HandoffState.Recalled && h.State != HandoffState.RecallRequested, ct))
        {
            return null;
        }

        var caller = await Rule(parent, Side.Fulfiller, "recalled with what it came from", ct);
        var children = await db.Handoffs.Where(h => h.Parent == parent && h.OverAt == null && h.State != HandoffState.RecallRequested).Select(h => h.Id).ToListAsync(ct);
        Fault? left = null;
        foreach (var child in children)
        {
            var asked = await door.Do<RecallHandoff, HandoffId>(new RecallHandoff(child, "The work was called back", null, null), caller, null, ct);
            left = asked.Fault is { Code: Codes.LinkNotActive or Codes.NotReady } fault && fault.Truth?.IsOver() != true ? fault : left;
        }

        return left;
    }

    /// <summary>Where the terms say so, a solution climbs by itself: it is confirmed, and becomes the solution one hop up.</summary>
    /// <param name="version">The handoff's version when it was resolved.</param>
    public async Task<Fault?> Climb(HandoffId child, long version, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var found = await db.Handoffs.SingleAsync(h => h.Id == child, ct);
        var parent = await db.Handoffs.SingleAsync(h => h.Id == found.Parent, ct);
        var others = await db.Handoffs.AnyAsync(h => h.Parent == parent.Id && h.OverAt == null && h.Id != child, ct);
        var confirmed = found.State == HandoffState.Closed && found.Version == version + 1;
        var resolved = found.State == HandoffState.Resolved && found.Version == version;
        if (others || parent.State != HandoffState.InProgress || !(confirmed || resolved))
        {
            return null;
        }

        var caller = await Rule(child, Side.Placer, "resolved with what was handed on", ct);
        if (resolved && (await door.Do<ConfirmHandoff, HandoffId>(new ConfirmHandoff(child, version), caller, null, ct)).Fault is { } refused)
        {
            return refused;
        }

        var entry = await db.Entries.Where(e => e.Handoff == child && e.Type == EntryTypes.Resolved).OrderByDescending(e => e.Seq).FirstAsync(ct);
        var solution = (ResolvedData)entry.Body.Data!;
        return (await door.Do<ResolveHandoff, HandoffId>(new ResolveHandoff(parent.Id, solution.Solution, solution.Code, solution.Minutes, parent.Version), caller, null, ct)).Fault;
    }
}
