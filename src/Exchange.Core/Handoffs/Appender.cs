using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>The only writer of the log. It runs under the handoff's lock, so numbers have no gaps and commit order is number order.</summary>
public sealed class Appender(Ring ring, Changes changes)
{
    /// <summary>Appends in the given order and rings after the commit.</summary>
    /// <param name="head">As read under the lock, in this unit, before anything else was appended in it.</param>
    /// <returns>The entries as they stand in the log.</returns>
    public async ValueTask<IReadOnlyList<Entry>> Append(IUnit unit, HandoffHead head, Side side, Actor actor, params IReadOnlyList<IEntryData> facts)
    {
        var entries = new List<Entry>(facts.Count);
        var previous = head.HeadHash;
        for (var i = 0; i < facts.Count; i++)
        {
            var opId = i == 0 ? unit.OpId : Ids.New(unit.Now);
            var entry = Entry.Next(head.Id, head.LastSeq + 1 + i, previous, opId, side, actor, unit.Now, facts[i]);
            entries.Add(entry);
            previous = entry.Hash;
        }

        await unit.Append(head.Id, entries);
        unit.AfterCommit(() => ring.Post(entries));
        changes.Handoff(unit, head.Placer, head.Id);
        changes.Handoff(unit, head.Fulfiller, head.Id);
        return entries;
    }
}
