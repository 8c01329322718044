using System.Text.Json;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.Lists;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>What each hop contributed, as far as its company is shown (decision 16).</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_chain_is_looked_at(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private Caller _cid = null!;

    [SetUp]
    public async Task Begin()
    {
        Plans.Listen();
        _world = World.Open(engine);
        (_ada, _bob, _cid) = (await _world.Join("Ada"), await _world.Join("Bob"), await _world.Join("Cid"));
    }

    [TearDown]
    public async Task End()
    {
        await _world.DisposeAsync();
    }

    [TestCase("count", false)]
    [TestCase("alias", true)]
    [TestCase("name", true)]
    public async Task Times_talk_rework_and_labour_of_each_hop_are_shown_with_its_company_and_not_without(string disclosure, bool shown)
    {
        var (outer, inner) = await Handed(disclosure);
        Pass(60);
        await _world.Do(new AskHandoff(inner, "Which motor?", null), _cid);
        Pass(100);
        await _world.Do(new AnswerHandoff(inner, "The left one", null), _bob);
        (await _world.Say(_cid, inner, "On site")).Must();
        (await _world.Say(_bob, inner, "Good")).Must();
        var ticket = (await _world.See(_cid, inner)).TicketId!.Value;
        (await _world.Upload(_cid, ticket, "partner", inner, "photo.txt", [1, 2])).Must();
        Pass(40);
        await _world.Do(new ResolveHandoff(inner, "Done", null, 30, null), _cid);
        Pass(7);
        await _world.Do(new ReworkHandoff(inner, "not_fixed", null, null), _bob);

        var (mine, root) = (await Own(_bob, inner), await Chain(_ada, outer));
        Assert.That(mine, Is.EqualTo(new Contribution(60 + 40, 100 + 7, 0, 1, 1, 1, 30)));
        Assert.That(await Own(_cid, inner), Is.EqualTo(mine));
        Assert.That(root.Top.Contribution!.ActiveSeconds, Is.EqualTo(207), "it is Bob's work while his partner is at it");
        Assert.That(root.Top.Children.Single().Contribution, Is.EqualTo(shown ? mine : null));
        Assert.That(root.Top.Children.Single().Clocks, Is.Not.Null);
        Assert.That(JsonSerializer.Serialize(root), Does.Not.Contain("motor").And.Not.Contain("photo").And.Not.Contain("On site"));
    }

    [Test]
    public async Task Until_the_other_desk_has_it_the_turn_is_charged_to_nobody()
    {
        var (outer, _) = await Handed("alias");
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(outer, "Which?", null), _bob)).Must();
        Pass(20);
        Assert.That((await Chain(_ada, outer)).Top.Contribution!, Is.EqualTo(new Contribution(0, 0, 20, 0, 0, 0, 0)));
        await _world.Carry();
        Pass(5);
        Assert.That((await Chain(_ada, outer)).Top.Contribution!, Is.EqualTo(new Contribution(0, 5, 20, 0, 0, 0, 0)));
    }

    /// <summary>Semantics 2: what is kept is its writer's own until it has come.</summary>
    [Test]
    public async Task What_is_kept_on_a_suspended_link_cannot_be_told_from_the_numbers_and_no_time_counts()
    {
        var (outer, inner) = await Handed("alias");
        var link = (await _world.See(_bob, inner)).LinkId;
        (await _world.Say(_cid, inner, "Before")).Must();
        await _world.Carry();
        Pass(10);
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(link, null, null), _bob)).Must();
        (await _world.Say(_cid, inner, "Kept")).Must();
        Pass(500);
        var before = new Contribution(10, 0, 0, 1, 0, 0, 0);
        Assert.That((await Own(_bob, inner), await Own(_cid, inner), (await Chain(_ada, outer)).Top.Children.Single().Contribution), Is.EqualTo((before, before, before)));

        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(link, null), _bob)).Must();
        await _world.Carry();
        Pass(3);
        Assert.That(await Own(_bob, inner), Is.EqualTo(new Contribution(13, 0, 0, 2, 0, 0, 0)));
    }

    [Test]
    public async Task However_many_hops_there_are_it_takes_as_many_statements()
    {
        var (outer, inner) = await Handed("name");
        var few = await Statements(outer);
        var mirror = (await _world.See(_cid, inner)).TicketId!.Value;
        for (var hop = 0; hop < 6; hop++)
        {
            var partner = await _world.Join($"Dan{hop}");
            var next = await _world.Offer(_cid, mirror, await _world.Link(_cid, partner, Shows("name")));
            await _world.Do(new AcceptHandoff(next, null, null), partner);
        }

        Assert.That((await Chain(_ada, outer)).Top.Children.Single().Children.Select(h => h.Contribution).ToList(), Has.Count.EqualTo(6).And.All.Not.Null);
        Assert.That((await Statements(outer), few), Is.EqualTo((8, 8)));
    }

    [Test]
    public async Task Who_sees_a_hop_from_further_away_hears_that_it_moved_and_who_does_not_hears_nothing()
    {
        var (outer, inner) = await Handed("none");
        var dan = await _world.Join("Dan");
        var far = await _world.Offer(_cid, (await _world.See(_cid, inner)).TicketId!.Value, await _world.Link(_cid, dan, Shows("none")));
        await Tell();
        var ada = new Ear(_world, _ada);
        var bob = new Ear(_world, _bob);
        await _world.Do(new AcceptHandoff(far, null, null), dan);
        await Tell();
        Assert.That(await ada.Heard(), Is.EqualTo(("handoff", outer.Value)), "the root is shown every hop, and under her own handoff");

        // What Bob hears first is what comes next, and not the hop that his link with Cid hides from him.
        (await _world.Say(_ada, outer, "Good morning")).Must();
        Assert.That(await bob.Heard(), Is.EqualTo(("handoff", outer.Value)));
    }

    private async Task Tell()
    {
        var onlookers = _world.Get<Onlookers>();
        while (onlookers.Moved.TryRead(out var moved))
        {
            await onlookers.Tell(moved, CancellationToken.None);
        }
    }

    private static TermsAsk Shows(string disclosure) => Scenes.Terms() with { Disclosure = disclosure };

    /// <summary>Ada's ticket goes to Bob, who hands it on to Cid; both have started.</summary>
    private async Task<(HandoffId Outer, HandoffId Inner)> Handed(string disclosure)
    {
        var outer = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob, Shows(disclosure)));
        var inner = await _world.Offer(_bob, (await _world.See(_bob, outer)).TicketId!.Value, await _world.Link(_bob, _cid, Shows(disclosure)));
        await _world.Do(new AcceptHandoff(inner, null, null), _cid);
        await _world.Do(new StartHandoff(inner, null), _cid);
        return (outer, inner);
    }

    private async Task<int> Statements(HandoffId of) => (await Plans.Of(_world, () => Chain(_ada, of))).Count;

    /// <summary>Of a handoff of the caller's own, wherever it stands in what is shown.</summary>
    private async Task<Contribution?> Own(Caller caller, HandoffId of) => Flat((await Chain(caller, of)).Top).Single(h => h.Id == of).Contribution;

    private static IEnumerable<HopView> Flat(HopView hop) => hop.Children.SelectMany(Flat).Prepend(hop);

    private async Task<ChainView> Chain(Caller caller, HandoffId of) => (await _world.Get<ChainViews>().Of(caller, of, CancellationToken.None))!;

    private void Pass(int seconds) => _world.Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Listens as an open page of this company does.</summary>
    private sealed class Ear
    {
        private readonly IAsyncEnumerator<Exchange.Contracts.V1.Change?> _changes;
        private Task<bool> _next;

        public Ear(World world, Caller of)
        {
            _changes = world.Get<Exchange.Core.Live.Changes>().Listen(of.Account, CancellationToken.None).GetAsyncEnumerator();
            _next = _changes.MoveNextAsync().AsTask();
        }

        public async Task<(string Kind, Guid Id)> Heard()
        {
            await _next.WaitAsync(TimeSpan.FromSeconds(30));
            var heard = _changes.Current!;
            _next = _changes.MoveNextAsync().AsTask();
            return (heard.Kind, heard.Id);
        }
    }
}
