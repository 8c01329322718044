using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>Every state x command x side, against semantics 3.</summary>
public sealed class The_state_table
{
    private const long Stale = 99;

    public static IEnumerable<TestCaseData> Cells() =>
        from state in Enum.GetValues<HandoffState>()
        from command in Enum.GetValues<Command>()
        from side in Enum.GetValues<Side>()
        select new TestCaseData(state, command, side);

    [TestCaseSource(nameof(Cells))]
    public void Decides_each_cell_as_the_semantics_say(HandoffState state, Command command, Side side)
    {
        var handoff = AHandoff.In(state);
        foreach (var link in (LinkState[])[LinkState.Active, LinkState.Draining])
        {
            foreach (var seen in (long?[])[null, handoff.Version])
            {
                var decided = handoff.Decide(command, side, link, seen);
                if (Semantics.Now(state, command, side) is { } cell)
                {
                    Assert.That(decided.Ok, Is.True, decided.Fault?.Detail);
                    Assert.That(decided.Value!.To, Is.EqualTo(cell.To));
                    Assert.That(decided.Value.Command, Is.EqualTo(command));
                }
                else
                {
                    Refuses(decided, Semantics.Has(side, command) ? "handoff-state-conflict" : "forbidden", handoff, side, Semantics.Allowed(state, side));
                }
            }
        }
    }

    [TestCaseSource(nameof(Cells))]
    public void Asks_for_the_side_then_the_link_then_the_version_then_the_state(HandoffState state, Command command, Side side)
    {
        var handoff = AHandoff.In(state);
        if (!Semantics.Has(side, command))
        {
            Refuses(handoff.Decide(command, side, LinkState.Terminated, Stale), "forbidden", handoff, side, []);
            Refuses(handoff.Decide(command, side, LinkState.Active, Stale), "forbidden", handoff, side, Semantics.Allowed(state, side));
            return;
        }

        Refuses(handoff.Decide(command, side, LinkState.Suspended, Stale), "link-not-active", handoff, side, []);
        Refuses(handoff.Decide(command, side, LinkState.Active, Stale), "version-conflict", handoff, side, Semantics.Allowed(state, side));
        Refuses(handoff.Decide(command, side, LinkState.Active, handoff.Version - 1), "version-conflict", handoff, side, Semantics.Allowed(state, side));
    }

    [Test]
    public void Lets_commands_pass_over_active_and_draining_links_alone([Values] LinkState link, [Values] HandoffState state)
    {
        var passes = link is LinkState.Active or LinkState.Draining;
        foreach (var cell in Semantics.Cells)
        {
            var handoff = AHandoff.In(state);
            var decided = handoff.Decide(cell.Command, cell.By, link, null);
            if (passes)
            {
                Assert.That(decided.Fault?.Code, Is.Not.EqualTo("link-not-active"));
            }
            else
            {
                Refuses(decided, "link-not-active", handoff, cell.By, []);
            }
        }

        Assert.That(HandoffTable.Carries(link), Is.EqualTo(passes));
    }

    [Test]
    public void Names_in_allowed_what_side_link_and_state_permit([Values] HandoffState state, [Values] Side side, [Values] LinkState link)
    {
        var expected = link is LinkState.Active or LinkState.Draining ? Semantics.Allowed(state, side) : [];
        Assert.That(HandoffTable.Allowed(state, side, link).Select(c => c.Name()), Is.EquivalentTo(expected));
        Assert.That(AHandoff.In(state).Truth(side, link).Allowed, Is.EquivalentTo(expected));
    }

    [Test]
    public void Lets_a_command_through_exactly_when_allowed_names_it([Values] HandoffState state, [Values] Side side, [Values] LinkState link)
    {
        var handoff = AHandoff.In(state);
        var through = Enum.GetValues<Command>().Where(command => handoff.Decide(command, side, link, null).Ok);
        Assert.That(HandoffTable.Allowed(state, side, link), Is.EquivalentTo(through));
    }

    [TestCase(Command.Counter)]
    [TestCase(Command.AcceptCounter)]
    [TestCase(Command.RejectCounter)]
    [TestCase(Command.Expire)]
    [TestCase(Command.AgreeRecall)]
    [TestCase(Command.RefuseRecall)]
    [TestCase(Command.WithdrawRecall)]
    [TestCase(Command.Reopen)]
    [TestCase(Command.Reroute)]
    [TestCase(Command.Sever)]
    public void Refuses_what_is_not_built_yet_and_promises_it_to_nobody(Command command)
    {
        foreach (var state in Enum.GetValues<HandoffState>())
        {
            foreach (var side in Enum.GetValues<Side>())
            {
                Assert.That(AHandoff.In(state).Decide(command, side, LinkState.Active, null).Ok, Is.False, $"{state} {side}");
                Assert.That(HandoffTable.Allowed(state, side, LinkState.Active), Does.Not.Contain(command), $"{state} {side}");
            }
        }
    }

    [TestCase(HandoffState.InProgress)]
    [TestCase(HandoffState.WaitingPlacer)]
    [TestCase(HandoffState.OnHold)]
    public void Does_not_recall_work_that_has_begun_before_that_is_built(HandoffState state) =>
        Assert.That(AHandoff.In(state).Decide(Command.Recall, Side.Placer, LinkState.Active, null).Fault!.Code, Is.EqualTo("handoff-state-conflict"));

    [Test]
    public void Has_each_row_of_the_semantics_and_no_other()
    {
        var rows = HandoffTable.Rows.SelectMany(row => row.From, (row, from) => new Cell(from, row.Command, row.By, row.To, row.Built));
        Assert.That(rows, Is.EquivalentTo(Semantics.Cells));
    }

    [Test]
    public void Knows_which_states_are_over([Values] HandoffState state) =>
        Assert.That(state.IsOver(), Is.EqualTo(Semantics.Over.Contains(state)));

    [Test]
    public void Lets_nothing_that_is_over_go_on([Values] HandoffState state)
    {
        if (Semantics.Over.Contains(state))
        {
            Assert.That(Enum.GetValues<Side>().SelectMany(side => HandoffTable.Allowed(state, side, LinkState.Active)), Is.Empty);
        }
    }

    [TestCase(Command.Accept, "accept")]
    [TestCase(Command.Decline, "decline")]
    [TestCase(Command.Counter, "counter")]
    [TestCase(Command.AcceptCounter, "accept-counter")]
    [TestCase(Command.RejectCounter, "reject-counter")]
    [TestCase(Command.Expire, "expire")]
    [TestCase(Command.Recall, "recall")]
    [TestCase(Command.Start, "start")]
    [TestCase(Command.Ask, "ask")]
    [TestCase(Command.Answer, "answer")]
    [TestCase(Command.Resume, "resume")]
    [TestCase(Command.Hold, "hold")]
    [TestCase(Command.Unhold, "unhold")]
    [TestCase(Command.AgreeRecall, "agree-recall")]
    [TestCase(Command.RefuseRecall, "refuse-recall")]
    [TestCase(Command.WithdrawRecall, "withdraw-recall")]
    [TestCase(Command.Return, "return")]
    [TestCase(Command.Resolve, "resolve")]
    [TestCase(Command.Confirm, "confirm")]
    [TestCase(Command.Rework, "rework")]
    [TestCase(Command.Reopen, "reopen")]
    [TestCase(Command.Reroute, "reroute")]
    [TestCase(Command.Sever, "sever")]
    public void Calls_commands_by_their_names_in_addresses(Command command, string name) => Assert.That(command.Name(), Is.EqualTo(name));

    [Test]
    public void Names_every_command() =>
        Assert.That(Enum.GetValues<Command>(), Has.Length.EqualTo(23), "A new command needs its name in the test above and its rows in Semantics.");

    private static void Refuses(Outcome<Transition> decided, string code, Handoff handoff, Side side, IEnumerable<string> allowed)
    {
        Assert.That(decided.Ok, Is.False, $"{decided.Value?.Command} was let through");
        Assert.That(decided.Fault!.Code, Is.EqualTo(code), decided.Fault.Detail);
        Assert.That(decided.Fault.Detail, Is.Not.Empty);
        var truth = decided.Fault.Truth;
        Assert.That(truth, Is.Not.Null, "a refusal tells what is true");
        Assert.That(Semantics.Named<HandoffState>(truth!.State), Is.EqualTo(handoff.State));
        Assert.That(truth.Version, Is.EqualTo(handoff.Version));
        Assert.That(truth.Allowed, Is.EquivalentTo(allowed), $"allowed for the {side}");
    }
}
