using System.Collections.Concurrent;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Exchange.Core.Relay;

/// <summary>
/// Brings the other side up to date. It believes the log, not the message: old, doubled and lost rings do no harm.
/// A handoff that fails is tried alone, and held alone.
/// </summary>
public sealed class Relay(Door door, IDialect dialect, Sequencer sequencer, TimeProvider time, ILogger<Relay> log)
{
    /// <summary>No message is held longer; the sweeper goes on with what is left.</summary>
    private static TimeSpan Longest => TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<HandoffId, bool> _toSettle = new();

    /// <summary>What is brought up to date in this process now; true where it was rung for again meanwhile.</summary>
    private readonly ConcurrentDictionary<HandoffId, bool> _inHand = new();

    /// <summary>How long something may lie unsettled before the sweeper rings for it.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(2);

    /// <summary>
    /// Brings these up to date, until nothing is behind. Of one that is in hand already whoever has it is told that there is more, and
    /// goes on: so of all who carry, one at a time is busy with a handoff on which very much is said, and the others are free.
    /// </summary>
    public async Task Bring(IReadOnlyCollection<HandoffId> rung, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var due = rung.Distinct().OrderBy(id => id.Value).ToList();
        var mine = new HashSet<HandoffId>();
        try
        {
            while (due.Count > 0 && time.GetElapsedTime(began) < Longest)
            {
                var next = new List<HandoffId>();
                foreach (var some in due.Chunk(dialect.HeldAtOnce))
                {
                    mine.UnionWith(some.Where(id => !mine.Contains(id) && Take(id)));
                    next.AddRange(await Round([.. some.Where(mine.Contains)], mine, ct));
                }

                due = next;
            }
        }
        finally
        {
            foreach (var id in mine)
            {
                _inHand.TryRemove(id, out _);
            }
        }
    }

    /// <summary>Numbers the events and clears what is settled, for all handoffs brought up to date since the last time.</summary>
    public async Task Settle(CancellationToken ct)
    {
        while (_toSettle.Keys.Take(500).ToArray() is { Length: > 0 } settled)
        {
            foreach (var id in settled)
            {
                _toSettle.TryRemove(id, out _);
            }

            await sequencer.Number(settled, ct);
            await door.Do<SettleHandoffs, Done>(new SettleHandoffs(settled), Caller.Exchange, null, ct);
        }
    }

    /// <summary>Finds what has lain unsettled for too long and can be brought on now, suspended links and parked bonds left out, and brings it up to date.</summary>
    public async Task<int> Sweep(CancellationToken ct)
    {
        await using var db = dialect.Read();
        DateTimeOffset? before = time.Present() - Patience;
        var now = time.Present();
        var found = await db.Handoffs
            .Where(h => h.UnsettledSince != null && h.UnsettledSince < before)
            .Where(h => !db.Links.Any(l => l.Id == h.Link && l.State == LinkState.Suspended))
            .Where(h => (!db.Bonds.Any(b => b.Handoff == h.Id && b.AppliedSeq < h.LastSeq)
                    && db.EventCursors.Any(c => c.Handoff == h.Id && c.OwnSeq >= h.LastSeq && c.PlacerSeq >= h.LastSeq && c.FulfillerSeq >= h.LastSeq))
                || db.Bonds.Any(b => b.Handoff == h.Id && b.AppliedSeq < h.LastSeq && (b.NextAttemptAt == null || b.NextAttemptAt <= now)
                    && (b.ParkedAt == null || b.ToldVersion < h.Version)))
            .OrderBy(h => h.UnsettledSince).Select(h => h.Id).Take(500).ToListAsync(ct);
        await Bring(found, ct);
        return found.Count + await Unnumbered(now - Patience, ct);
    }

    /// <summary>Hands on what has events without numbers, though its desks may have nothing to wait for or be stuck.</summary>
    private async Task<int> Unnumbered(DateTimeOffset before, CancellationToken ct)
    {
        var overdue = await sequencer.Overdue(before, 500, ct);
        foreach (var id in overdue)
        {
            _toSettle[id] = true;
        }

        return overdue.Count;
    }

    /// <returns>Those that are not done yet; the others are let go.</returns>
    private async Task<IReadOnlyList<HandoffId>> Round(HandoffId[] some, HashSet<HandoffId> mine, CancellationToken ct)
    {
        if (some.Length == 0)
        {
            return [];
        }

        foreach (var id in some)
        {
            _toSettle[id] = true;
        }

        var behind = await Try(some, null, BringUpToDateDeed.Batch, ct) is { } brought
            ? brought.Behind.Union(await dialect.StillBehind(brought.Held, ct)).ToHashSet()
            : [.. await OneByOne(some, ct)];
        mine.ExceptWith(some.Where(id => !behind.Contains(id) && LetGo(id)));
        return [.. some.Where(mine.Contains)];
    }

    /// <returns>False where somebody has it in hand, who is told by now.</returns>
    private bool Take(HandoffId id)
    {
        while (!_inHand.TryAdd(id, false))
        {
            if (_inHand.TryUpdate(id, true, false) || _inHand.TryGetValue(id, out var again) && again)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>False where it was rung for since it was looked at: then it is not done.</returns>
    private bool LetGo(HandoffId id)
    {
        if (_inHand.TryRemove(KeyValuePair.Create(id, false)))
        {
            return true;
        }

        _inHand[id] = false;
        return false;
    }

    /// <returns>Null when the whole was refused or failed.</returns>
    private async Task<Brought?> Try(HandoffId[] handoffs, Side? only, int most, CancellationToken ct)
    {
        try
        {
            var outcome = await door.Do<BringUpToDate, Brought>(new BringUpToDate(handoffs, only, most), Caller.Exchange, null, ct);
            if (outcome.Ok)
            {
                return outcome.Value;
            }

            if (outcome.Fault.Code == Codes.NotReady)
            {
                // The database's trouble, not a desk's: the sweeper comes back.
                return new Brought([], []);
            }

            await Hold(handoffs, only, outcome.Fault.Detail, park: true, ct);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Bringing {Count} handoffs up to date failed; each is tried alone", handoffs.Length);
            await Hold(handoffs, only, $"The desk failed ({e.GetType().Name}); see the log of {time.GetUtcNow():yyyy-MM-dd HH:mm} UTC.", park: false, ct);
            return null;
        }
    }

    private async Task Hold(HandoffId[] handoffs, Side? only, string cause, bool park, CancellationToken ct)
    {
        if (only is { } side)
        {
            await door.Do<HoldBond, HandoffId>(new HoldBond(handoffs[0], side, cause, park), Caller.Exchange, null, ct);
        }
    }

    /// <summary>One handoff, one side, one entry at a time: what can be delivered is, up to the entry that cannot.</summary>
    private async Task<IReadOnlyList<HandoffId>> OneByOne(HandoffId[] handoffs, CancellationToken ct)
    {
        foreach (var id in handoffs)
        {
            foreach (var side in (Side[])[Side.Placer, Side.Fulfiller])
            {
                while (await Try([id], side, 1, ct) is { Behind.Count: > 0 })
                {
                    // The next entry.
                }
            }
        }

        return [];
    }
}
