using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Properties;

[TestFixtureSource(typeof(Engines))]
public sealed class When_many_write_at_once(Engine engine)
{
    private World _world = null!;
    private Invariants _invariants = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _handoff;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        _invariants = new Invariants();
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _handoff = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        _world.AtCommit = _invariants.Watch;
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    /// <summary>I2: numbers have no gaps, and commit order is number order.</summary>
    [Test]
    public async Task Sixteen_writers_leave_no_gap()
    {
        var each = Effort.Of(40, 300);
        var said = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            var mine = new List<(Guid Id, string Body)>();
            for (var i = 0; i < each; i++)
            {
                var body = $"{writer}/{i}";
                mine.Add(((await _world.Say(writer % 2 == 0 ? _ada : _bob, _handoff, body)).Must().Id, body));
                if (i % 7 == writer % 7)
                {
                    await _world.Carry();
                }
            }

            return mine;
        })));
        await _world.Carry();
        var rows = _world.Read();
        var log = rows.Entries[_handoff.Value].Where(e => e.Type == "commented").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(_invariants.Broken, Is.Empty);
            Assert.That(log, Has.Count.EqualTo(16 * each), "every accepted comment is one entry");
            Assert.That(log.Select(e => (e.OpId, e.Text)), Is.EquivalentTo(said.SelectMany(s => s)));
            foreach (var mine in said)
            {
                var order = mine.Select(m => m.Id).ToList();
                Assert.That(log.Where(e => order.Contains(e.OpId)).Select(e => e.OpId), Is.EqualTo(order), "what was answered before stands before");
            }

            Assert.That(rows.Bonds.Select(b => b.Applied), Is.All.EqualTo(rows.Handoffs.Single().LastSeq));
        });
    }

    /// <summary>I11: of two commands from the same version exactly one wins, and both desks agree which.</summary>
    [Test]
    public async Task Of_two_commands_from_the_same_version_one_wins()
    {
        var chance = new Random(11);
        _world.AtCommit = null;
        for (var i = 0; i < 200; i++)
        {
            var (state, version) = await Truth();
            var possible = Semantics.Work(state);
            var (one, other) = (possible[chance.Next(possible.Count)], possible[chance.Next(possible.Count)]);
            long? seen = state is "in_progress" || chance.Next(2) == 0 ? version : null;
            var outcomes = await Task.WhenAll(Task.Run(() => Command(one, seen)), Task.Run(() => Command(other, seen)));
            var (after, next) = await Truth();
            var won = outcomes.Count(o => o.Ok);
            if (seen is null && won == 2)
            {
                // Without a version the state alone guards: the second was possible after the first.
                Assert.That(next, Is.EqualTo(version + 2));
            }
            else
            {
                Assert.That(won, Is.EqualTo(1), $"{one} and {other} from {state}: {outcomes[0].Fault?.Code} {outcomes[1].Fault?.Code}");
                Assert.That(next, Is.EqualTo(version + 1));
                Assert.That(outcomes.Single(o => !o.Ok).Fault!.Code, Is.EqualTo(seen is null ? Codes.StateConflict : Codes.VersionConflict));
                var refused = outcomes.Single(o => !o.Ok).Fault!.Truth!;
                Assert.That((refused.State, refused.Version), Is.EqualTo((after, next)), "the loser learns what is true now");
                Assert.That(after, Is.EqualTo(Semantics.Commands.First(row => row.Command == (outcomes[0].Ok ? one : other)).To));
            }

            await _world.Carry();
            Assert.That(_world.Read().Ties.Select(t => t.State), Is.All.EqualTo(after), "both desks agree");
        }

        _invariants.Check(_world.Read());
        Assert.That(_invariants.Broken, Is.Empty);
    }

    /// <summary>I4: sixteen copies of one request with one key.</summary>
    [Test]
    public async Task One_key_has_one_effect_however_many_send_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var once = new Once(_ada.Account.ToString(), $"key {round}");
            var body = $"said once, {round}";
            var said = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _world.Say(_ada, _handoff, body, once))));
            Assert.That(said.Select(s => s.Must().Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(_world.Read().Entries[_handoff.Value].Count(e => e.Text == body), Is.EqualTo(1));
        }
    }

    /// <summary>I7: what is said already is not said again.</summary>
    [Test]
    public async Task A_comment_that_many_retract_is_retracted_once()
    {
        var said = (await _world.Say(_ada, _handoff, "too much")).Must().Id;
        var retracted = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            _world.Ask<Core.Desk.RetractComment, Said>(new Core.Desk.RetractComment(said), _ada))));
        await _world.Carry();
        Assert.Multiple(() =>
        {
            Assert.That(retracted.All(r => r.Ok), Is.True);
            Assert.That(_world.Read().Entries[_handoff.Value].Count(e => e.Retracts is not null), Is.EqualTo(1));
            Assert.That(_invariants.Broken, Is.Empty);
        });
    }

    private async Task<(string State, long Version)> Truth()
    {
        var view = await _world.Get<HandoffViews>().One(_ada, _handoff, CancellationToken.None);
        return (view!.State, view.Version);
    }

    private Task<Outcome<HandoffId>> Command(string command, long? seen) => command switch
    {
        "start" => _world.Ask<StartHandoff, HandoffId>(new StartHandoff(_handoff, seen), _bob),
        "ask" => _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoff, "which one?", seen), _bob),
        "answer" => _world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(_handoff, "the red one", seen), _ada),
        "resume" => _world.Ask<ResumeHandoff, HandoffId>(new ResumeHandoff(_handoff, "by telephone", seen), _bob),
        "hold" => _world.Ask<HoldHandoff, HandoffId>(new HoldHandoff(_handoff, "parts", null, seen), _bob),
        "unhold" => _world.Ask<UnholdHandoff, HandoffId>(new UnholdHandoff(_handoff, seen), _bob),
        "resolve" => _world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(_handoff, "replaced", null, 1, seen), _bob),
        "rework" => _world.Ask<ReworkHandoff, HandoffId>(new ReworkHandoff(_handoff, "not_fixed", null, seen), _ada),
        _ => throw new ArgumentException(command, nameof(command)),
    };
}
