using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Data;

/// <summary>One entry that may be an event, with what is the same for all entries of its handoff.</summary>
internal sealed record DueEntryRow(EventPosition From, AccountId Placer, AccountId Fulfiller, long PlacerTo, long FulfillerTo, long Seq, Side Side)
{
    /// <param name="rows">By handoff and seq.</param>
    public static IEnumerable<DueEntries> Together(IEnumerable<DueEntryRow> rows) => rows.GroupBy(r => r.From.Handoff).Select(g =>
    {
        var head = g.First();
        return new DueEntries(head.From, head.Placer, head.Fulfiller, head.PlacerTo, head.FulfillerTo, [.. g.Select(r => (r.Seq, r.Side))]);
    });
}
