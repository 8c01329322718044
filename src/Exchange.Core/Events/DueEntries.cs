using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Events;

/// <summary>How far the events of a handoff are numbered.</summary>
public readonly record struct EventPosition(HandoffId Handoff, long Own, long Placer, long Fulfiller);

/// <summary>An event of an entry, which wants a number.</summary>
public readonly record struct EntryEvent(AccountId Account, HandoffId Handoff, long Seq);

/// <summary>
/// Entries of a handoff that may be events by now, all seen at one moment. An entry is an event of its writer's side at once, and of
/// the other side when its desk has applied it.
/// </summary>
/// <param name="PlacerTo">Up to where the placer's desk has applied the log.</param>
/// <param name="FulfillerTo">The same of the fulfiller's. One that has no ticket sees everything at once, unless the link is suspended.</param>
/// <param name="Entries">Oldest first.</param>
public sealed record DueEntries(
    EventPosition From, AccountId PlacerAccount, AccountId FulfillerAccount, long PlacerTo, long FulfillerTo, IReadOnlyList<(long Seq, Side Side)> Entries)
{
    /// <summary>In the order of the log.</summary>
    public IEnumerable<EntryEvent> Events()
    {
        foreach (var (seq, side) in Entries)
        {
            if (side == Side.Placer ? seq > From.Own : seq > From.Placer && seq <= PlacerTo)
            {
                yield return new EntryEvent(PlacerAccount, From.Handoff, seq);
            }

            if (side == Side.Fulfiller ? seq > From.Own : seq > From.Fulfiller && seq <= FulfillerTo)
            {
                yield return new EntryEvent(FulfillerAccount, From.Handoff, seq);
            }
        }
    }

    /// <summary>The position after these events: nothing is passed over, and nothing is met again.</summary>
    public EventPosition After()
    {
        var last = Entries[^1].Seq;
        return new EventPosition(
            From.Handoff, Math.Max(From.Own, last), Math.Max(From.Placer, Math.Min(last, PlacerTo)), Math.Max(From.Fulfiller, Math.Min(last, FulfillerTo)));
    }
}
