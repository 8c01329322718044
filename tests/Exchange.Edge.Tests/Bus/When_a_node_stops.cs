using System.Diagnostics;
using Exchange.Core.Handoffs;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Bus;

[TestFixture]
internal sealed class When_a_node_stops
{
    [Test]
    public async Task Under_traffic_it_ends_what_it_has_in_hand_and_the_others_go_on()
    {
        await using var site = await Site.Open(postgres: true, rabbit: true);
        var api = await site.Node(api: true);
        var (leaver, stayer) = (await site.Node(api: false), await site.Node(api: false));
        foreach (var node in site.Nodes)
        {
            await node.Connected();
        }

        var story = await api.Begin();
        var talking = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var n = 0; n < 60; n++)
            {
                await api.Say(story.Placer, story.Handoff, $"{writer}:{n}");
            }
        }));
        await Soon.True("the leaver is at work", () => leaver.Pulse.Of(Worker.Bus.Node.Relay) > 2);
        var began = Stopwatch.GetTimestamp();
        await leaver.Stop();
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(leaver.Pulse.AtWork(Worker.Bus.Node.Relay), Is.False, "nothing was left half done");
        var beats = leaver.Pulse.Of(Worker.Bus.Node.Relay);
        await talking;
        await api.Settled(story.Handoff);
        Assert.That(await api.Desk(story.Handoff, Side.Fulfiller), Has.Count.EqualTo(240).And.Unique);
        Assert.That(leaver.Pulse.Of(Worker.Bus.Node.Relay), Is.EqualTo(beats), "it took nothing more");
        Assert.That(leaver.Log.All.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)), Is.Empty);
        Assert.That(site.Nodes.Sum(node => node.Log.Count("Swept ")), Is.Zero);
    }
}
