using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>Three nodes write, relay, settle and number at once: the locked counter makes one sequencer of them.</summary>
[TestFixtureSource(typeof(Servers))]
public sealed class When_nodes_number_events(Engine engine)
{
    [Test]
    public async Task Each_entry_is_numbered_once_for_each_side()
    {
        await using var storm = await Storm.Gather(engine, tickets: 4);
        await storm.Rage(writers: 12, each: Effort.Of(15, 200));
        await storm.Calm();
        await Task.WhenAll(storm.Nodes.Select(node => Task.Run(() => node.Relay.Settle(CancellationToken.None))));
        await storm.World.Heal();
        Assert.That(storm.Unexpected, Is.Empty);
        var rows = storm.World.Read();
        using var connection = storm.World.Tables();
        var events = Rows.Each(connection, "SELECT account, handoff, seq, number FROM account_event WHERE handoff IS NOT NULL ORDER BY number",
            r => (Account: Rows.Id(r, 0), Handoff: Rows.Id(r, 1), Seq: r.GetInt64(2), Number: r.GetInt64(3)));
        Assert.That(events.Select(e => e.Number), Is.Unique);
        Assert.That(events.Select(e => (e.Account, e.Handoff, e.Seq)), Is.EquivalentTo(
            rows.Handoffs.SelectMany(h => rows.Entries[h.Id].SelectMany(e => new[] { (h.Placer, h.Id, e.Seq), (h.Fulfiller, h.Id, e.Seq) }))));
        Assert.That(rows.Handoffs.All(h => !h.Unsettled), Is.True);
    }
}
