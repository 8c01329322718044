using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>For whom something waits, as one of the companies sees it.</summary>
public enum WaitsFor
{
    Me,
    Partner,
}

/// <summary>What a list of handoffs is narrowed to; null does not matter.</summary>
public sealed record HandoffFilter(Side? Side = null, HandoffState? State = null, WaitsFor? WaitsFor = null, bool OverTime = false);

/// <summary>
/// Finds one page of handoffs. Each side and each state is a lane, in order by an index of its own: one page of each is enough
/// for one page of all, so nothing is sorted but these.
/// </summary>
internal static class HandoffLanes
{
    private static readonly HandoffState[] Open = [.. Enum.GetValues<HandoffState>().Where(s => !s.IsOver())];

    /// <returns>One more than the page has, if there are as many; in order.</returns>
    public static async Task<List<HandoffId>> Find(ExchangeDb db, Caller caller, HandoffFilter filter, PageAsk page, DateTimeOffset now, CancellationToken ct)
    {
        var found = new List<(DateTimeOffset? Due, HandoffId Id)>();
        foreach (var side in filter.Side is { } one ? [one] : (Side[])[Side.Placer, Side.Fulfiller])
        {
            foreach (var lane in Lanes(db, caller, side, filter, now))
            {
                var rows = await Before(lane, filter, page).Select(h => new { h.Id, h.DueAt }).Take(page.Limit + 1).ToListAsync(ct);
                found.AddRange(rows.Select(r => (filter.OverTime ? r.DueAt : null, r.Id)));
            }

            if (side == Side.Fulfiller && filter is { WaitsFor: WaitsFor.Partner, OverTime: false })
            {
                found.AddRange((await HandedOn(db, caller, filter.State, page, ct)).Select(id => ((DateTimeOffset?)null, id)));
            }
        }

        return [.. found.Distinct().OrderByDescending(f => f.Due).ThenByDescending(f => f.Id.Value).Select(f => f.Id).Take(page.Limit + 1)];
    }

    private static IEnumerable<IQueryable<Handoff>> Lanes(ExchangeDb db, Caller caller, Side side, HandoffFilter filter, DateTimeOffset now)
    {
        var own = side == Side.Placer ? db.Handoffs.Where(h => h.Placer == caller.Account) : db.Handoffs.Where(h => h.Fulfiller == caller.Account);
        if (filter.OverTime)
        {
            // Few are over time, so the rest of the filter may look at each. On a suspended link what was not due yet is not due now.
            own = own.Where(h => h.DueAt < now && !db.Links.Any(l => l.Id == h.Link && l.SuspendedSince < h.DueAt));
            own = filter.State is { } state ? own.Where(h => h.State == state) : own;
            return (side, filter.WaitsFor) switch
            {
                (_, null) => [own],

                // Two lanes: PostgreSQL would read all that was ever handed on for an "or".
                (Side.Fulfiller, WaitsFor.Partner) => [own.Where(h => h.Ball == Side.Placer), own.Where(h => h.Ball == side
                    && db.Handoffs.Any(c => c.Placer == h.Fulfiller && c.Parent == h.Id && c.OverAt == null && c.Ball == Side.Fulfiller))],
                _ => [Waiting(db, own, side, filter.WaitsFor.Value)],
            };
        }

        if (filter.WaitsFor is not { } whom)
        {
            return [filter.State is { } state ? own.Where(h => h.State == state) : own];
        }

        // What was handed on has a lane of its own, and so have offers that were countered; else the states say it all.
        var holder = whom == WaitsFor.Me ? side : side.Other();
        var lanes = Open.Where(s => Handoffs.Waiting.For(s, false) == holder).Where(s => filter.State is null || filter.State == s)
            .Select(s => Waiting(db, own.Where(h => h.State == s), side, whom));
        return holder == Side.Placer && filter.State is null or HandoffState.Offered
            ? lanes.Append(own.Where(h => h.State == HandoffState.Offered && h.Ball == Side.Placer))
            : lanes;
    }

    /// <summary>What the caller has handed on to a partner who is at it is no more the caller's; it has a lane of its own.</summary>
    private static IQueryable<Handoff> Waiting(ExchangeDb db, IQueryable<Handoff> handoffs, Side side, WaitsFor whom)
    {
        var other = side.Other();
        return (side, whom) switch
        {
            (Side.Placer, WaitsFor.Me) => handoffs.Where(h => h.Ball == side),
            (_, WaitsFor.Me) => handoffs.Where(h => h.Ball == side
                && !db.Handoffs.Any(c => c.Placer == h.Fulfiller && c.Parent == h.Id && c.OverAt == null && c.Ball == Side.Fulfiller)),
            _ => handoffs.Where(h => h.Ball == other),
        };
    }

    /// <summary>What the caller holds the ball of, but has handed on to a partner who is at it: found from there, since it is few.</summary>
    private static async Task<List<HandoffId>> HandedOn(ExchangeDb db, Caller caller, HandoffState? state, PageAsk page, CancellationToken ct)
    {
        var children = db.Handoffs.Where(c => c.Placer == caller.Account && c.Parent != null && c.OverAt == null && c.Ball == Side.Fulfiller);
        if (page.After is { } after)
        {
            var last = new HandoffId(after.Id);
            children = children.Where(c => c.Parent!.Value < last);
        }

        // Grouped, since "distinct" would be sorted: the groups come in the order of the index.
        return await (
            from c in children
            join h in db.Handoffs on c.Parent equals h.Id
            where h.Ball == Side.Fulfiller && (state == null || h.State == state)
            group c by c.Parent!.Value into parent
            orderby parent.Key descending
            select parent.Key).Take(page.Limit + 1).ToListAsync(ct);
    }

    private static IQueryable<Handoff> Before(IQueryable<Handoff> handoffs, HandoffFilter filter, PageAsk page)
    {
        if (page.After is { } cursor)
        {
            var (due, last) = (cursor.Time, new HandoffId(cursor.Id));
            handoffs = filter.OverTime ? handoffs.Where(h => h.DueAt <= due && (h.DueAt < due || h.Id < last)) : handoffs.Where(h => h.Id < last);
        }

        return filter.OverTime ? handoffs.OrderByDescending(h => h.DueAt).ThenByDescending(h => h.Id) : handoffs.OrderByDescending(h => h.Id);
    }
}
