using System.Threading.Channels;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>
/// Companies that see a handoff from further away in its chain: their open pages hear that it moved, under the name of their own
/// handoff. Both sides of it were told already. It is looked up after the commit, beside whoever asked.
/// </summary>
public sealed class Onlookers(IDialect dialect, Changes changes, TimeProvider time)
{
    // What finds no room is seen at the next move, or when the page is opened anew.
    private readonly Channel<HandoffId> _moved = Channel.CreateBounded<HandoffId>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Handoffs that moved on this node.</summary>
    public ChannelReader<HandoffId> Moved => _moved.Reader;

    internal void Moves(IUnit unit, HandoffId handoff) => unit.AfterCommit(() => _moved.Writer.TryWrite(handoff));

    /// <summary>Tells each company that sees at least that this hop is there; who does not is told nothing, not even when.</summary>
    public async Task Tell(HandoffId moved, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var root = await db.Handoffs.Where(h => h.Id == moved).Select(h => h.Root).SingleAsync(ct);
        if (!await db.Handoffs.AnyAsync(h => h.Parent != null && h.Root == root, ct))
        {
            return;
        }

        var (_, hops) = await ChainViews.Hops(db, root, time.Present(), ct);
        var told = hops.Single(h => h.Id == moved);
        foreach (var own in hops.Where(h => h.Id != moved))
        {
            foreach (var viewer in (AccountId[])[own.Placer, own.Fulfiller])
            {
                if (!told.Has(viewer) && Disclosure.For(viewer, own.Id, hops).Levels.GetValueOrDefault(moved) != Disclosed.None)
                {
                    changes.Handoff(viewer, own.Id);
                }
            }
        }
    }
}
