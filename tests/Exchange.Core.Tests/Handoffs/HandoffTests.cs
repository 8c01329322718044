using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Handoffs;

public sealed class When_a_handoff_moves
{
    private static readonly DateTimeOffset Later = AHandoff.Noon.AddHours(3);

    [Test]
    public void Its_version_counts_each_change_of_state([Values] HandoffState state)
    {
        var handoff = AHandoff.In(state, out var moves);
        Assert.That(handoff.Version, Is.EqualTo(1 + moves));
    }

    [Test]
    public void Deciding_alone_changes_nothing([Values] HandoffState state, [Values] Side side, [Values] Command command)
    {
        var handoff = AHandoff.In(state);
        var before = (handoff.State, handoff.Version, handoff.ReworkCount, handoff.AcceptedAt, handoff.OverAt);
        handoff.Decide(command, side, LinkState.Active, null, Later);
        Assert.That((handoff.State, handoff.Version, handoff.ReworkCount, handoff.AcceptedAt, handoff.OverAt), Is.EqualTo(before));
    }

    [Test]
    public void A_comment_counts_no_version()
    {
        // A comment has no way to move a handoff: only Move writes State and Version.
        var writers = typeof(Handoff).GetProperties().Where(p => p.Name is "State" or "Version").Select(p => p.SetMethod!.IsPublic);
        Assert.That(writers, Is.All.False);
    }

    [Test]
    public void Each_rework_counts_and_nothing_else_does()
    {
        var handoff = AHandoff.In(HandoffState.Resolved);
        Assert.That(handoff.ReworkCount, Is.Zero);
        for (var round = 1; round <= 3; round++)
        {
            Do(handoff, Command.Rework, Side.Placer);
            Assert.That((handoff.State, handoff.ReworkCount), Is.EqualTo((HandoffState.InProgress, round)));
            Do(handoff, Command.Ask, Side.Fulfiller);
            Do(handoff, Command.Answer, Side.Placer);
            Do(handoff, Command.Hold, Side.Fulfiller);
            Do(handoff, Command.Unhold, Side.Fulfiller);
            Do(handoff, Command.Resolve, Side.Fulfiller);
            Assert.That(handoff.ReworkCount, Is.EqualTo(round));
        }
    }

    [Test]
    public void It_is_over_from_the_move_that_ended_it([ValueSource(typeof(The_state_table), nameof(The_state_table.Cases))] Case now)
    {
        foreach (var cell in Semantics.Cells.Where(c => Semantics.Now(now, c.Command, c.By) == c && !Semantics.Over.Contains(now.State)))
        {
            var handoff = now.Make();
            var back = handoff.RecalledFrom;
            Do(handoff, cell.Command, cell.By);
            Assert.That(handoff.State, Is.EqualTo(cell.To ?? back), $"{cell}");
            Assert.That(handoff.OverAt, Is.EqualTo(Semantics.Over.Contains(handoff.State) ? Later : (DateTimeOffset?)null), $"{cell}");
        }
    }

    [TestCase(HandoffState.InProgress)]
    [TestCase(HandoffState.WaitingPlacer)]
    [TestCase(HandoffState.OnHold)]
    public void A_recall_that_came_to_nothing_goes_back_to_where_it_came_from(HandoffState from)
    {
        foreach (var (command, side) in ((Command, Side)[])[(Command.RefuseRecall, Side.Fulfiller), (Command.WithdrawRecall, Side.Placer)])
        {
            var handoff = AHandoff.In(from);
            Do(handoff, Command.Recall, Side.Placer);
            Assert.That((handoff.State, handoff.RecalledFrom), Is.EqualTo((HandoffState.RecallRequested, from)));
            Do(handoff, command, side);
            Assert.That((handoff.State, handoff.RecalledFrom), Is.EqualTo((from, (HandoffState?)null)));
        }
    }

    [Test]
    public void A_counter_offer_is_open_until_it_is_decided_on()
    {
        var counter = new CounterData(Later.AddDays(9), new MoneyData(12, "EUR"), null, null);
        foreach (var (command, side) in ((Command, Side)[])[(Command.AcceptCounter, Side.Placer), (Command.RejectCounter, Side.Placer), (Command.Decline, Side.Fulfiller), (Command.Recall, Side.Placer), (Command.Expire, Side.Exchange), (Command.Sever, Side.Exchange)])
        {
            var handoff = AHandoff.Offered();
            handoff.Counter = counter;
            Do(handoff, command, side);
            Assert.That(handoff.Counter, Is.Null, $"{command}");
            Assert.That(handoff.Agreed, Is.EqualTo(command == Command.AcceptCounter ? counter : null));
            Assert.That(handoff.ResolveBy, Is.EqualTo(command == Command.AcceptCounter ? counter.ResolveBy : null));
        }
    }

    [Test]
    public void The_ball_is_with_whom_the_rule_of_ownership_says([ValueSource(typeof(The_state_table), nameof(The_state_table.Cases))] Case now)
    {
        Side? expected = Semantics.Over.Contains(now.State) ? null
            : now.State is HandoffState.WaitingPlacer or HandoffState.Resolved || now.Countered ? Side.Placer : Side.Fulfiller;
        Assert.That(Waiting.For(now.State, now.Countered), Is.EqualTo(expected));
        Assert.That(AHandoff.In(now.State).Ball, Is.EqualTo(Waiting.For(now.State, false)));
    }

    [Test]
    public void The_ball_counts_from_when_it_was_passed()
    {
        var handoff = AHandoff.In(HandoffState.InProgress);
        Assert.That(handoff.BallSince, Is.EqualTo(AHandoff.Noon));
        handoff.Move(Row(handoff, Command.Hold, Side.Fulfiller), Later);
        Assert.That(handoff.BallSince, Is.EqualTo(AHandoff.Noon), "it is still in the same court");
        handoff.Move(Row(handoff, Command.Unhold, Side.Fulfiller), Later.AddHours(1));
        handoff.Move(Row(handoff, Command.Ask, Side.Fulfiller), Later.AddHours(2));
        Assert.That((handoff.Ball, handoff.BallSince), Is.EqualTo((Side.Placer, Later.AddHours(2))));
    }

    [Test]
    public void It_remembers_when_it_was_accepted()
    {
        var handoff = AHandoff.Offered();
        Do(handoff, Command.Accept, Side.Fulfiller);
        Assert.That(handoff.AcceptedAt, Is.EqualTo(Later));
        handoff.Move(HandoffTable.Find(new Standing(HandoffState.Accepted, LinkState.Active), Command.Start, Side.Fulfiller)!, Later.AddHours(1));
        Assert.That(handoff.AcceptedAt, Is.EqualTo(Later));
    }

    [Test]
    public void What_was_offered_is_withheld_once_it_is_over_and_was_never_accepted([Values] HandoffState state)
    {
        var handoff = AHandoff.In(state);
        var untaken = state is HandoffState.Declined or HandoffState.Expired || (Semantics.Over.Contains(state) && handoff.AcceptedAt is null);
        Assert.That(handoff.Withheld, Is.EqualTo(untaken));
    }

    [Test]
    public void It_is_seen_after_a_recall_or_return_of_what_was_accepted()
    {
        foreach (var (command, side) in ((Command, Side)[])[(Command.Recall, Side.Placer), (Command.Return, Side.Fulfiller)])
        {
            var handoff = AHandoff.In(HandoffState.Accepted);
            Do(handoff, command, side);
            Assert.That(handoff.Withheld, Is.False);
        }
    }

    [Test]
    public void A_row_that_begins_another_handoff_moves_nothing()
    {
        var handoff = AHandoff.In(HandoffState.Declined);
        var row = HandoffTable.Rows.Single(r => r.Command == Command.Reroute);
        Assert.That(() => handoff.Move(row, Later), Throws.InvalidOperationException);
        Assert.That(handoff.State, Is.EqualTo(HandoffState.Declined));
    }

    [Test]
    public void Of_two_commands_from_the_same_version_one_wins([ValueSource(typeof(The_state_table), nameof(The_state_table.Cases))] Case now)
    {
        var cells = Semantics.Cells.Where(c => Semantics.Now(now, c.Command, c.By) == c && !Semantics.Over.Contains(now.State)).ToList();
        foreach (var first in cells)
        {
            foreach (var second in cells)
            {
                var handoff = now.Make();
                var seen = handoff.Version;
                Do(handoff, first.Command, first.By);
                var lost = handoff.Decide(second.Command, second.By, LinkState.Active, seen, Later);
                Assert.That(lost.Fault?.Code, Is.EqualTo("version-conflict"), $"{first.Command} then {second.Command}");
            }
        }
    }

    [Test]
    public void It_knows_the_sides_of_its_parties_and_of_nobody_else()
    {
        var handoff = AHandoff.Offered();
        Assert.That(handoff.SideOf(handoff.Placer), Is.EqualTo(Side.Placer));
        Assert.That(handoff.SideOf(handoff.Fulfiller), Is.EqualTo(Side.Fulfiller));
        Assert.That(handoff.SideOf(new AccountId(Guid.Parse("0195569e-3a00-7000-8000-0000000000ff"))), Is.Null);
        Assert.That(handoff.SideOf(default), Is.Null);
    }

    private static Transition Row(Handoff handoff, Command command, Side side) => handoff.Decide(command, side, LinkState.Active, null, Later).Value!;

    private static void Do(Handoff handoff, Command command, Side side)
    {
        var decided = handoff.Decide(command, side, LinkState.Active, handoff.Version, Later);
        Assert.That(decided.Ok, Is.True, decided.Fault?.Detail);
        handoff.Move(decided.Value!, Later);
    }
}
