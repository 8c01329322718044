using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>Every state x command x side, against semantics 3.</summary>
public sealed class The_state_table
{
    private const long Stale = 99;

    public static IEnumerable<Case> Cases() => Case.All;

    public static IEnumerable<TestCaseData> Cells() =>
        from now in Case.All
        from command in Enum.GetValues<Command>()
        from side in Enum.GetValues<Side>()
        select new TestCaseData(now, command, side);

    [TestCaseSource(nameof(Cells))]
    public void Decides_each_cell_as_the_semantics_say(Case now, Command command, Side side)
    {
        var handoff = now.Make();
        foreach (var link in Enum.GetValues<LinkState>())
        {
            foreach (var seen in (long?[])[null, handoff.Version])
            {
                var decided = handoff.Decide(command, side, link, seen, AHandoff.Noon);
                if (!Semantics.Has(side, command))
                {
                    Refuses(decided, "forbidden", now, handoff, side, link);
                }
                else if (!Semantics.Passes(side, command, link))
                {
                    Refuses(decided, "link-not-active", now, handoff, side, link);
                }
                else if (Semantics.Now(now, command, side) is { } cell)
                {
                    Assert.That(decided.Ok, Is.True, decided.Fault?.Detail);
                    Assert.That(decided.Value!.To, Is.EqualTo(cell.To));
                    Assert.That(decided.Value.Command, Is.EqualTo(command));
                }
                else
                {
                    Refuses(decided, "handoff-state-conflict", now, handoff, side, link);
                }
            }
        }
    }

    [TestCaseSource(nameof(Cells))]
    public void Asks_for_the_side_then_the_link_then_the_version_then_the_state(Case now, Command command, Side side)
    {
        var handoff = now.Make();
        foreach (var link in Enum.GetValues<LinkState>())
        {
            var code = !Semantics.Has(side, command) ? "forbidden" : !Semantics.Passes(side, command, link) ? "link-not-active" : "version-conflict";
            Refuses(handoff.Decide(command, side, link, Stale, AHandoff.Noon), code, now, handoff, side, link);
            Refuses(handoff.Decide(command, side, link, handoff.Version - 1, AHandoff.Noon), code, now, handoff, side, link);
        }
    }

    [Test]
    public void Names_in_allowed_what_side_link_state_and_time_permit([ValueSource(nameof(Cases))] Case now, [Values] Side side, [Values] LinkState link)
    {
        var handoff = now.Make();
        var through = Enum.GetValues<Command>().Where(command => handoff.Decide(command, side, link, null, AHandoff.Noon).Ok).Select(c => c.Name());
        Assert.That(handoff.Truth(side, link, AHandoff.Noon).Allowed, Is.EquivalentTo(Semantics.Allowed(now, side, link)).And.EquivalentTo(through));
    }

    [Test]
    public void Has_each_row_of_the_semantics_and_no_other()
    {
        var rows = HandoffTable.Rows.SelectMany(row => row.From, (row, from) => (from, row.Command, row.By, row.To));
        Assert.That(rows, Is.EquivalentTo(Semantics.Cells.Select(c => (c.From, c.Command, c.By, c.To))));
    }

    [Test]
    public void Lets_commands_under_way_pass_over_active_and_draining_links_alone([Values] LinkState link) =>
        Assert.That(HandoffTable.Carries(link), Is.EqualTo(link is LinkState.Active or LinkState.Draining));

    [Test]
    public void Knows_which_states_are_over([Values] HandoffState state) =>
        Assert.That(state.IsOver(), Is.EqualTo(Semantics.Over.Contains(state)));

    [Test]
    public void Lets_nothing_that_is_over_go_on([ValueSource(nameof(Cases))] Case now)
    {
        if (Semantics.Over.Contains(now.State))
        {
            // Another handoff may begin from it; this one stays as it is.
            var rows = Enum.GetValues<Side>().SelectMany(side => Enum.GetValues<Command>().Select(c => now.Make().Decide(c, side, LinkState.Active, null, AHandoff.Noon)));
            Assert.That(rows.Where(r => r.Ok).Select(r => r.Value!.Command), Is.SubsetOf(new[] { Command.Reopen, Command.Reroute }));
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

    private static void Refuses(Outcome<Transition> decided, string code, Case now, Handoff handoff, Side side, LinkState link)
    {
        Assert.That(decided.Ok, Is.False, $"{decided.Value?.Command} was let through");
        Assert.That(decided.Fault!.Code, Is.EqualTo(code), decided.Fault.Detail);
        Assert.That(decided.Fault.Detail, Is.Not.Empty);
        var truth = decided.Fault.Truth;
        Assert.That(truth, Is.Not.Null, "a refusal tells what is true");
        Assert.That(Semantics.Named<HandoffState>(truth!.State), Is.EqualTo(handoff.State));
        Assert.That(truth.Version, Is.EqualTo(handoff.Version));
        Assert.That(truth.Allowed, Is.EquivalentTo(Semantics.Allowed(now, side, link)), $"allowed for the {side}");
    }
}
