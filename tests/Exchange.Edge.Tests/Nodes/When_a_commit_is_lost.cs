using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>I4: a commit that got no answer was made or was not; either way what was asked has its effect once.</summary>
[TestFixtureSource(typeof(Servers))]
public sealed class When_a_commit_is_lost(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;
    private HandoffId _handoff;
    private TicketId _ticket;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _link = await _world.Link(_ada, _bob);
        _handoff = await _world.Running(_ada, _bob, _link);
        _ticket = await _world.OpenTicket(_ada);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task What_was_asked_is_done_once_and_answered(
        [Values("comment", "note", "message", "command", "offer", "answer by comment", "retraction")] string what,
        [Values("the answer is lost", "the session ends after the commit", "the session ends before the commit")] string how,
        [Values] bool withKey)
    {
        var once = withKey ? new Once(_ada.Account.ToString(), "key") : null;
        var ask = await Prepare(what);
        var rung = 0;
        _world.Rings();
        var lost = Lose(how);
        var answered = await ask(once);
        rung += _world.Rings().Count;
        var after = Effects();
        Assert.Multiple(() =>
        {
            Assert.That(lost(), Is.EqualTo(1), "one commit was lost");
            Assert.That(answered.Fault, Is.Null);
            Assert.That(after, Is.EqualTo(_before + 1), "its effect is there once");
            Assert.That(rung, Is.EqualTo(what is "note" or "message" ? 0 : 1), "it rings once");
        });
        if (withKey)
        {
            var again = await ask(once);
            Assert.That((again.Fault, again.Thing), Is.EqualTo(((Fault?)null, answered.Thing)), "the key gives the same answer again");
            Assert.That(Effects(), Is.EqualTo(after), "and has no effect again");
        }
    }

    /// <summary>A ticket leaves nothing behind that could be looked up by the ask's id.</summary>
    [Test]
    public async Task Nobody_claims_to_know_where_nothing_marks_it([Values] bool withKey)
    {
        var once = withKey ? new Once(_ada.Account.ToString(), "key") : null;
        Lose("the answer is lost");
        var asked = await Open(once);
        Assert.That((asked.Fault?.Code, asked.Fault?.Detail), Is.EqualTo((Codes.NotReady, asked.Fault!.Detail)));
        Assert.That(asked.Fault.Detail, Does.Contain("not known"));
        Assert.That(_world.Read().Tickets.Count(t => t.Account == _ada.Account.Value), Is.EqualTo(3), "this time it was made");
        if (withKey)
        {
            Assert.That((await Open(once)).Ok, Is.True);
            Assert.That(_world.Read().Tickets.Count(t => t.Account == _ada.Account.Value), Is.EqualTo(3), "with the key it can be sent again safely");
        }
    }

    [Test]
    public async Task A_relay_whose_answer_is_lost_has_delivered_once()
    {
        (await _world.Say(_ada, _handoff, "only once")).Must();
        Lose("the answer is lost");
        await _world.Carry();
        await _world.Heal();
        var invariants = new Properties.Invariants();
        invariants.Check(_world.Read());
        Assert.That(invariants.Broken, Is.Empty);
        Assert.That(_world.Read().Items[(_handoff.Value, 2)].Count(i => i.Body == "only once"), Is.EqualTo(1));
    }

    /// <summary>The retry looks, finds nothing, and waits behind the first try, which is made after all.</summary>
    [Test]
    public async Task A_commit_that_is_still_under_way_when_it_is_looked_for_counts([Values("comment", "command", "note")] string what)
    {
        Assume.That(engine, Is.EqualTo(Engine.Postgres), "the commit is held up by a trigger in its words");
        await using var slow = new Slow(_world.Place);
        await slow.Hold(what == "note" ? "note" : "entry");

        await using var wire = new Wire();
        await using var node = _world.Node(wire.Options);
        var ask = await Prepare(what, node);
        var asking = Task.Run(() => ask(null));
        await Eventually.True(async () => await slow.Waiting("advisory") == 1);
        wire.Cut();
        await Eventually.True(async () => await slow.Waiting("advisory") == 1 && await slow.Waiting("") == 2);
        await slow.Release();
        var answered = await asking;
        Assert.That(answered.Fault, Is.Null);
        Assert.That(Effects(), Is.EqualTo(_before + 1));
    }

    private int _before;

    private async Task<Func<Once?, Task<(Fault? Fault, Guid Thing)>>> Prepare(string what, World? at = null)
    {
        var node = at ?? _world;
        Func<Once?, Task<(Fault? Fault, Guid Thing)>> ask;
        switch (what)
        {
            case "comment":
                ask = Asking<CommentOnHandoff, Said>(new CommentOnHandoff(_handoff, "said", null, null, null), _ada);
                break;
            case "note":
                ask = Asking<CommentOnTicket, Said>(new CommentOnTicket(_ticket, "noted", "internal", null, null, null, null), _ada);
                break;
            case "message":
                ask = Asking<CommentOnTicket, Said>(new CommentOnTicket(_ticket, "written", "customer", null, null, null, null), _ada);
                break;
            case "command":
                ask = Asking<HoldHandoff, HandoffId>(new HoldHandoff(_handoff, "parts", null, null), _bob);
                break;
            case "offer":
                ask = Asking<OfferHandoff, HandoffId>(new OfferHandoff(_ticket, _link, null, null, null, null, null), _ada);
                break;
            case "answer by comment":
                (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoff, "which?", null), _bob)).Must();
                ask = Asking<CommentOnHandoff, Said>(new CommentOnHandoff(_handoff, "red", null, null, true), _ada);
                break;
            default:
                var said = (await _world.Say(_ada, _handoff, "too much")).Must().Id;
                ask = Asking<RetractComment, Said>(new RetractComment(said), _ada);
                break;
        }

        _before = Effects();
        return ask;

        Func<Once?, Task<(Fault?, Guid)>> Asking<TAsk, TAnswer>(TAsk request, Caller caller)
            where TAsk : IAsk<TAnswer>
            where TAnswer : IAnswer<TAnswer> => async once =>
        {
            var outcome = await node.Ask<TAsk, TAnswer>(request, caller, once);
            return (outcome.Fault, outcome.Ok ? outcome.Value.Thing : default);
        };
    }

    /// <summary>Entries, notes and messages.</summary>
    private int Effects()
    {
        using var tables = _world.Tables();
        return new[] { "entry", "note", "customer_message" }.Sum(table => Rows.Each(tables, $"SELECT 1 FROM {table}", r => 1).Count);
    }

    private Task<Outcome<TicketId>> Open(Once? once) =>
        _world.Ask<OpenTicket, TicketId>(new OpenTicket("Another pump", null, null, null, null, null), _ada, once);

    /// <summary>The next commit is lost in this way.</summary>
    /// <returns>How many were.</returns>
    private Func<int> Lose(string how)
    {
        var lost = 0;
        if (how == "the session ends before the commit")
        {
            _world.BeforeCommit = session => lost++ == 0 ? _world.Place.Kill(session) : Done();
        }
        else
        {
            _world.BeforeAnswer = async session =>
            {
                if (lost > 0)
                {
                    return;
                }

                lost++;
                if (how == "the session ends after the commit")
                {
                    await _world.Place.Kill(session);
                }

                throw new TimeoutException("The answer is lost.");
            };
        }

        return () => Math.Min(lost, 1);

        static Task Done() => Task.CompletedTask;
    }
}
