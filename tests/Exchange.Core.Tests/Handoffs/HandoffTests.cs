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
        handoff.Decide(command, side, LinkState.Active, null);
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
    public void It_is_over_from_the_move_that_ended_it([Values] HandoffState state)
    {
        foreach (var cell in Semantics.Cells.Where(c => c.Built && c.From == state))
        {
            var handoff = AHandoff.In(state);
            Do(handoff, cell.Command, cell.By);
            Assert.That(handoff.OverAt, Is.EqualTo(Semantics.Over.Contains(cell.To!.Value) ? Later : (DateTimeOffset?)null), $"{cell}");
        }
    }

    [Test]
    public void It_remembers_when_it_was_accepted()
    {
        var handoff = AHandoff.Offered();
        Do(handoff, Command.Accept, Side.Fulfiller);
        Assert.That(handoff.AcceptedAt, Is.EqualTo(Later));
        handoff.Move(HandoffTable.Find(HandoffState.Accepted, Command.Start, Side.Fulfiller)!, Later.AddHours(1));
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
    public void A_row_that_names_no_state_moves_nothing()
    {
        var handoff = AHandoff.In(HandoffState.RecallRequested);
        var row = HandoffTable.Rows.Single(r => r.Command == Command.RefuseRecall);
        Assert.That(() => handoff.Move(row, Later), Throws.InvalidOperationException);
        Assert.That(handoff.State, Is.EqualTo(HandoffState.RecallRequested));
    }

    [Test]
    public void Of_two_commands_from_the_same_version_one_wins([Values] HandoffState state)
    {
        var cells = Semantics.Cells.Where(c => c.Built && c.From == state).ToList();
        foreach (var first in cells)
        {
            foreach (var second in cells)
            {
                var handoff = AHandoff.In(state);
                var seen = handoff.Version;
                Do(handoff, first.Command, first.By);
                var lost = handoff.Decide(second.Command, second.By, LinkState.Active, seen);
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

    private static void Do(Handoff handoff, Command command, Side side)
    {
        var decided = handoff.Decide(command, side, LinkState.Active, handoff.Version);
        Assert.That(decided.Ok, Is.True, decided.Fault?.Detail);
        handoff.Move(decided.Value!, Later);
    }
}
