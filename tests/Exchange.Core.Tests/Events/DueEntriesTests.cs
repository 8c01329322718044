using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Tests.Handoffs;

namespace Exchange.Core.Tests.Events;

/// <summary>Which entries are events of whom by now: one's own at once, the other's when applied.</summary>
public sealed class Entries_that_may_be_events
{
    private static readonly Handoff Handoff = AHandoff.Offered();

    [Test]
    public void Are_the_writers_at_once_and_the_others_when_applied()
    {
        var due = Due(new EventPosition(Handoff.Id, 0, 0, 0), placerTo: 2, fulfillerTo: 3, (1, Side.Placer), (2, Side.Fulfiller), (3, Side.Placer), (4, Side.Fulfiller), (5, Side.Placer));
        Assert.That(Told(due), Is.EqualTo(new[] { "placer 1", "fulfiller 1", "placer 2", "fulfiller 2", "placer 3", "fulfiller 3", "fulfiller 4", "placer 5" }));
        Assert.That(due.After(), Is.EqualTo(new EventPosition(Handoff.Id, 5, 2, 3)));
    }

    [Test]
    public void Of_the_exchange_come_to_both_when_applied()
    {
        var due = Due(new EventPosition(Handoff.Id, 1, 1, 1), placerTo: 2, fulfillerTo: 1, (2, Side.Exchange));
        Assert.That(Told(due), Is.EqualTo(new[] { "placer 2" }));
        var later = Due(due.After(), placerTo: 2, fulfillerTo: 2, (2, Side.Exchange));
        Assert.That(Told(later), Is.EqualTo(new[] { "fulfiller 2" }));
    }

    /// <summary>Whatever the steps in which desks catch up and rounds are made, each entry is an event of each side once.</summary>
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Are_events_of_each_side_once_however_it_goes(int seed)
    {
        var chance = new Random(seed);
        var log = Enumerable.Range(1, chance.Next(1, 20)).Select(seq => ((long)seq, (Side)chance.Next(1, 4))).ToArray();
        var (at, placer, fulfiller, last) = (new EventPosition(Handoff.Id, 0, 0, 0), 0L, 0L, 0L);
        var told = new List<string>();
        while (at != new EventPosition(Handoff.Id, log.Length, log.Length, log.Length))
        {
            last = chance.NextInt64(last, log.Length + 1);
            (placer, fulfiller) = (chance.NextInt64(placer, last + 1), chance.NextInt64(fulfiller, last + 1));
            var from = Math.Min(at.Own, Math.Min(at.Placer, at.Fulfiller));
            var cut = chance.NextInt64(from, last + 1);
            var rows = log.Where(e => e.Item1 > from && e.Item1 <= cut).ToArray();
            if (rows.Length > 0)
            {
                var due = Due(at, placer, fulfiller, rows);
                told.AddRange(Told(due));
                at = due.After();
            }
        }

        Assert.That(told, Is.Unique);
        Assert.That(told, Is.EquivalentTo(log.SelectMany(e => new[] { $"placer {e.Item1}", $"fulfiller {e.Item1}" })));
    }

    private static DueEntries Due(EventPosition from, long placerTo, long fulfillerTo, params (long, Side)[] entries) =>
        new(from, Handoff.Placer, Handoff.Fulfiller, placerTo, fulfillerTo, entries);

    private static IEnumerable<string> Told(DueEntries due) => due.Events().Select(e => $"{(e.Account == Handoff.Placer ? "placer" : "fulfiller")} {e.Seq}");
}
