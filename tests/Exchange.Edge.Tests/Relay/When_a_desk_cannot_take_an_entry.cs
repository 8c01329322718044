using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Edge.Tests.Properties;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Relay;

/// <summary>I9 and semantics 11: a failing entry parks its own handoff and nothing else; state flows on beside it.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_desk_cannot_take_an_entry(Engine engine)
{
    private const string Cause = "The field 'colour' has no mapping.";

    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _bad;
    private HandoffId _good;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        _ada = await _world.Join("Ada");
        _bob = await _world.Join("Bob", TestDesk.Name);
        var link = await _world.Link(_ada, _bob);
        (_bad, _good) = (await _world.Running(_ada, _bob, link), await _world.Running(_ada, _bob, link));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task Only_its_handoff_stands_and_the_receipt_names_the_cause()
    {
        _world.Desk.Objection = TestDesk.RefusesText("bad", () => new Fault(Codes.Validation, Cause));
        (await _world.Say(_ada, _bad, "bad news")).Must();
        (await _world.Say(_ada, _good, "good news")).Must();
        await _world.Carry();

        var rows = Read();
        var parked = Bond(rows, _bad, 2);
        var receipt = rows.Receipts.Single(r => r.Handoff == _bad.Value && r.State == "parked");
        Assert.Multiple(() =>
        {
            Assert.That((parked.Parked, parked.Applied, parked.Cause), Is.EqualTo((true, 3L, Cause)));
            Assert.That((receipt.Seq, receipt.Side, receipt.Reason), Is.EqualTo((4L, 2, Cause)));
            Assert.That(Bond(rows, _bad, 1).Parked, Is.False, "the other desk of the same handoff goes on");
            Assert.That(Bond(rows, _good, 2).Applied, Is.EqualTo(4), "the neighbour in the same message was delivered");
            Assert.That(rows.Items[(_good.Value, 2)].Select(i => i.Body), Does.Contain("good news"));
            Assert.That(rows.Items[(_bad.Value, 2)].Select(i => i.Body), Does.Not.Contain("bad news"));
        });
        (await _world.Say(_bob, _bad, "a word back")).Must();
        await _world.Carry();
        Assert.That(Read().Items[(_bad.Value, 1)].Select(i => i.Body), Does.Contain("a word back"), "the way back is open");
    }

    [Test]
    public async Task State_flows_on_beside_a_parked_entry()
    {
        _world.Desk.Objection = TestDesk.RefusesText("bad", () => new Fault(Codes.Validation, Cause));
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_bad, "which?", null), _bob)).Must();
        (await _world.Say(_ada, _bad, "bad news")).Must();
        await _world.Carry();
        (await _world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(_bad, "the red one", null), _ada)).Must();
        await _world.Carry();
        var rows = Read();
        Assert.Multiple(() =>
        {
            Assert.That(rows.Ties.Single(t => t.Handoff == _bad.Value && t.Side == 2).State, Is.EqualTo("in_progress"));
            Assert.That(rows.Items[(_bad.Value, 2)].Select(i => i.Body), Does.Not.Contain("the red one"), "items wait their turn");
            Assert.That(Bond(rows, _bad, 2).Applied, Is.LessThan(5));
        });
    }

    /// <summary>Publishing is never believed: what no message brings, the sweeper does.</summary>
    [Test]
    public async Task State_flows_on_beside_a_parked_entry_even_if_the_ring_is_lost()
    {
        await Park();
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_bad, "which?", null), _bob)).Must();
        (await _world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(_bad, "the red one", null), _ada)).Must();
        _world.Rings();
        await _world.Heal(5);
        Assert.That(Read().Ties.Single(t => t.Handoff == _bad.Value && t.Side == 2).State, Is.EqualTo("in_progress"));
    }

    /// <summary>I6: nothing waits for an operator but what is parked; the other side's bond is not.</summary>
    [Test]
    public async Task The_other_side_of_a_parked_handoff_is_swept()
    {
        await Park();
        (await _world.Say(_bob, _bad, "a word back")).Must();
        _world.Rings();
        await _world.Heal(5);
        Assert.That(Read().Items[(_bad.Value, 1)].Select(i => i.Body), Does.Contain("a word back"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_parked_side_that_is_far_behind_does_not_stop_the_other_side(CancellationToken limit)
    {
        await Park();
        for (var i = 0; i < 150; i++)
        {
            (await _world.Say(_bob, _bad, $"word {i}")).Must();
        }

        var rung = _world.Rings().Select(e => new HandoffId(e.Handoff)).ToList();
        await _world.Relay.Bring(rung, limit);
        Assert.That(Bond(Read(), _bad, 1).Applied, Is.EqualTo(154));
    }

    /// <summary>Semantics 11: delivered in order, or visibly stuck: what comes before the entry that is refused is not.</summary>
    [Test]
    public async Task What_comes_before_it_is_delivered_and_the_receipt_stands_at_it()
    {
        _world.Desk.Objection = TestDesk.RefusesText("bad", () => new Fault(Codes.Validation, Cause));
        (await _world.Say(_ada, _bad, "first")).Must();
        (await _world.Say(_ada, _bad, "second")).Must();
        (await _world.Say(_ada, _bad, "bad news")).Must();
        (await _world.Say(_ada, _bad, "last")).Must();
        await _world.Carry();
        var rows = Read();
        Assert.Multiple(() =>
        {
            Assert.That(Bond(rows, _bad, 2).Applied, Is.EqualTo(5));
            Assert.That(rows.Items[(_bad.Value, 2)].Where(i => i.AuthorSide == 1).Select(i => i.Body), Is.EqualTo((string[])["first", "second"]));
            Assert.That(rows.Receipts.Single(r => r.State == "parked").Seq, Is.EqualTo(6));
        });
    }

    [Test]
    public async Task A_desk_that_fails_is_tried_again_later_and_later_and_then_parked()
    {
        var tried = new List<DateTimeOffset>();
        _world.Desk.Objection = (ticket, _, entries) =>
        {
            if (entries.Any(e => e.Side != ticket.Side && Item.Of(e)?.Body == "bad news"))
            {
                tried.Add(_world.Clock.GetUtcNow());
                throw new TimeoutException("The desk does not answer.");
            }

            return null;
        };
        (await _world.Say(_ada, _bad, "bad news")).Must();
        await _world.Carry();
        for (var second = 0; second < 400; second++)
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            await _world.Relay.Sweep(CancellationToken.None);
        }

        // Each failure is seen twice at one time: together with others, and alone.
        var times = tried.Distinct().ToList();
        var waits = times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).ToList();
        var rows = Read();
        Assert.Multiple(() =>
        {
            Assert.That(times, Has.Count.EqualTo(HoldBondDeed.MostAttempts));
            Assert.That(waits, Is.Ordered);
            Assert.That(waits[0], Is.InRange(2, 4));
            Assert.That(waits[^1], Is.InRange(100, 300));
            Assert.That(Bond(rows, _bad, 2).Parked, Is.True);
            Assert.That(Bond(rows, _bad, 2).Cause, Does.Contain("TimeoutException").And.Not.Contain("bad news"));
            Assert.That(rows.Receipts.Single(r => r.State == "parked").Reason, Is.EqualTo(HoldBondDeed.Failing));
        });
    }

    [Test]
    public async Task A_desk_that_is_mended_in_time_has_everything_once()
    {
        var broken = true;
        _world.Desk.Objection = (_, _, _) => broken ? throw new TimeoutException("The desk does not answer.") : null;
        (await _world.Say(_ada, _bad, "first")).Must();
        (await _world.Say(_ada, _bad, "second")).Must();
        await _world.Carry();
        for (var second = 0; second < 60; second++)
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            await _world.Relay.Sweep(CancellationToken.None);
        }

        Assert.That(Bond(Read(), _bad, 2).Attempts, Is.GreaterThan(2));
        broken = false;
        for (var second = 0; second < 130; second++)
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            await _world.Relay.Sweep(CancellationToken.None);
        }

        await _world.Relay.Settle(CancellationToken.None);
        var rows = Read();
        var watch = new Invariants();
        watch.Check(rows);
        Assert.Multiple(() =>
        {
            Assert.That(watch.Broken, Is.Empty);
            Assert.That(Bond(rows, _bad, 2), Has.Property("Applied").EqualTo(5).And.Property("Attempts").EqualTo(0).And.Property("Parked").False);
            Assert.That(rows.Items[(_bad.Value, 2)].Select(i => i.Body), Is.EqualTo((string[])["first", "second"]));
            Assert.That(rows.Receipts.Where(r => r.Handoff == _bad.Value).Select(r => r.State), Is.All.EqualTo("applied"));
            Assert.That(rows.Handoffs.All(h => !h.Unsettled), Is.True);
        });
    }

    [Test]
    public async Task Nothing_of_a_text_stands_in_cause_receipt_or_log()
    {
        const string canary = "canary99999x";
        _world.Desk.Objection = (ticket, _, entries) =>
            entries.Any(e => e.Side != ticket.Side) ? throw new TimeoutException("The desk does not answer.") : null;
        (await _world.Say(_ada, _bad, canary)).Must();
        await _world.Carry();
        await _world.Heal();
        using var connection = _world.Tables();
        var places = Rows.Everything(connection).Where(x => x.Row.Values.Any(v => Canaries.TextOf(v).Contains(canary, StringComparison.Ordinal))).Select(x => x.Table);
        Assert.Multiple(() =>
        {
            Assert.That(places, Is.EquivalentTo((string[])["entry", "partner_item"]));
            Assert.That(_world.Log.Lines, Has.None.Contains(canary));
        });
    }

    private async Task Park()
    {
        _world.Desk.Objection = TestDesk.RefusesText("bad", () => new Fault(Codes.Validation, Cause));
        (await _world.Say(_ada, _bad, "bad news")).Must();
        await _world.Carry();
        Assert.That(Bond(Read(), _bad, 2).Parked, Is.True);
    }

    private Rows Read()
    {
        return _world.Read();
    }

    private static BondRow Bond(Rows rows, HandoffId handoff, int side) => rows.Bonds.Single(b => b.Handoff == handoff.Value && b.Side == side);
}
