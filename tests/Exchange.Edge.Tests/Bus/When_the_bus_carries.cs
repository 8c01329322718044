using Exchange.Core.Handoffs;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Bus;

/// <summary>Carrying, on each pair of a database and a bus. No timer fires, so the sweeper cannot help.</summary>
internal abstract class Carrying(bool postgres, bool rabbit)
{
    private Site _site = null!;
    private BusNode _one = null!;
    private BusNode _other = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _site = await Site.Open(postgres, rabbit);
        (_one, _other) = await _site.Crew();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    [Test]
    public async Task A_comment_appears_on_the_other_side()
    {
        var story = await _one.Begin();
        await _one.Say(story.Placer, story.Handoff, "The seal leaks");
        await Soon.True("it is on the fulfiller's desk", () => _other.Has(story.Handoff, Side.Fulfiller, "The seal leaks"));
        await _other.Say(story.Fulfiller, story.Handoff, "We come on Monday");
        await Soon.True("the answer is on the placer's desk", () => _one.Has(story.Handoff, Side.Placer, "We come on Monday"));
        NobodySwept();
    }

    [Test]
    public async Task A_thousand_comments_of_eight_writers_arrive_once_on_both_sides_and_in_order()
    {
        var story = await _one.Begin();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            var (node, caller) = writer % 2 == 0 ? (_one, story.Placer) : (_other, story.Fulfiller);
            for (var n = 0; n < 125; n++)
            {
                await node.Say(caller, story.Handoff, $"{writer}:{n}");
            }
        }));
        await _one.Settled(story.Handoff);

        var said = Enumerable.Range(0, 8).SelectMany(writer => Enumerable.Range(0, 125).Select(n => $"{writer}:{n}")).ToList();
        foreach (var (side, others) in (ReadOnlySpan<(Side, int)>)[(Side.Placer, 1), (Side.Fulfiller, 0)])
        {
            var desk = _other.Desk(story.Handoff, side).GetAwaiter().GetResult();
            Assert.That(desk.Select(item => item.Body), Is.EquivalentTo(said), $"{side}: each once");
            var came = desk.Where(item => (item.Body[0] - '0') % 2 == others).Select(item => item.Seq);
            Assert.That(came, Is.Ordered.Ascending, $"{side}: what came is in the order of the log");
            for (var writer = 0; writer < 8; writer++)
            {
                Assert.That(desk.OrderBy(item => item.Seq).Select(item => item.Body).Where(body => body[0] == '0' + writer), Is.EqualTo(said.Skip(writer * 125).Take(125)));
            }
        }

        NobodySwept();
    }

    private void NobodySwept() => Assert.That(_site.Nodes.Sum(node => node.Log.Count("Swept ")), Is.Zero, "the bus carried it");
}

[TestFixture]
internal sealed class When_the_bus_carries_on_SQLite_in_memory() : Carrying(postgres: false, rabbit: false);

[TestFixture]
internal sealed class When_the_bus_carries_on_SQLite_with_RabbitMQ() : Carrying(postgres: false, rabbit: true);

[TestFixture]
internal sealed class When_the_bus_carries_on_PostgreSQL_in_memory() : Carrying(postgres: true, rabbit: false);

[TestFixture]
internal sealed class When_the_bus_carries_on_PostgreSQL_with_RabbitMQ() : Carrying(postgres: true, rabbit: true);
