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
    public ValueTask<IReadOnlyList<Entry>> Append(IUnit unit, HandoffHead head, Side side, Actor actor, params IReadOnlyList<IEntryData> facts) =>
        Append(unit, head, facts.Select(fact => new Utterance(side, actor, fact)));

    /// <inheritdoc cref="Append(IUnit, HandoffHead, Side, Actor, IReadOnlyList{IEntryData})"/>
    public async ValueTask<IReadOnlyList<Entry>> Append(IUnit unit, HandoffHead head, IEnumerable<Utterance> said)
    {
        var entries = new List<Entry>();
        var previous = head.HeadHash;
        foreach (var one in said)
        {
            var opId = entries.Count == 0 ? unit.OpId : Ids.New(unit.Now);
            var entry = Entry.Next(head.Id, head.LastSeq + 1 + entries.Count, previous, opId, one.Side, one.Actor, unit.Now, one.Data);
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

/// <summary>One fact, with who says it.</summary>
/// <param name="Source">The comment that it was copied from; stays in the picker's desk.</param>
public sealed record Utterance(Side Side, Actor Actor, IEntryData Data, Guid? Source = null)
{
    /// <summary>What was copied from what, by the entries that were made of these.</summary>
    public static IReadOnlyDictionary<Guid, Guid> Origins(IReadOnlyList<Utterance> said, IReadOnlyList<Entry> entries, IReadOnlyDictionary<Guid, Guid>? known)
    {
        var origins = known is null ? [] : new Dictionary<Guid, Guid>(known);
        for (var i = 0; i < said.Count; i++)
        {
            if (said[i].Source is { } source)
            {
                origins[entries[i].OpId] = source;
            }
        }

        return origins;
    }
}
