using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Desk;

/// <summary>Semantics 5, row by row.</summary>
public sealed class The_status_of_a_mirror
{
    [TestCase(HandoffState.Accepted, TicketStatus.New)]
    [TestCase(HandoffState.InProgress, TicketStatus.Open)]
    [TestCase(HandoffState.WaitingPlacer, TicketStatus.Waiting)]
    [TestCase(HandoffState.OnHold, TicketStatus.Waiting)]
    [TestCase(HandoffState.RecallRequested, TicketStatus.Open)]
    [TestCase(HandoffState.Resolved, TicketStatus.Resolved)]
    [TestCase(HandoffState.Closed, TicketStatus.Closed)]
    [TestCase(HandoffState.Declined, TicketStatus.Closed)]
    [TestCase(HandoffState.Expired, TicketStatus.Closed)]
    [TestCase(HandoffState.Recalled, TicketStatus.Closed)]
    [TestCase(HandoffState.Returned, TicketStatus.Closed)]
    public void Follows_its_incoming_handoff(HandoffState incoming, TicketStatus status) =>
        Assert.That(StatusRules.OfMirror(incoming), Is.EqualTo(status));

    [Test]
    public void Is_followed_while_the_incoming_handoff_is_open([Values] HandoffState incoming, [Values] bool ownHandoffsOpen)
    {
        if (!incoming.IsOver())
        {
            Assert.That(StatusRules.StaysMirror(incoming, ownHandoffsOpen), Is.True);
        }
    }

    [TestCase(HandoffState.Closed)]
    [TestCase(HandoffState.Declined)]
    [TestCase(HandoffState.Expired)]
    [TestCase(HandoffState.Recalled)]
    [TestCase(HandoffState.Returned)]
    public void Stays_after_the_end_unless_handoffs_of_its_own_are_open(HandoffState incoming)
    {
        Assert.That(StatusRules.StaysMirror(incoming, ownHandoffsOpen: false), Is.True);
        Assert.That(StatusRules.StaysMirror(incoming, ownHandoffsOpen: true), Is.False);
    }

    [Test]
    public void Is_ones_own_after_the_handoff_was_severed([Values] bool ownHandoffsOpen) =>
        Assert.That(StatusRules.StaysMirror(HandoffState.Severed, ownHandoffsOpen), Is.False);
}

/// <summary>Setting the status of a mirror is a shorthand for the command; all else is a conflict.</summary>
public sealed class Setting_the_status_of_a_mirror
{
    private static readonly Dictionary<(TicketStatus Wanted, HandoffState Incoming), Command> Shorthands = new()
    {
        [(TicketStatus.Open, HandoffState.Accepted)] = Command.Start,
        [(TicketStatus.Open, HandoffState.WaitingPlacer)] = Command.Resume,
        [(TicketStatus.Open, HandoffState.OnHold)] = Command.Unhold,
        [(TicketStatus.Waiting, HandoffState.InProgress)] = Command.Ask,
        [(TicketStatus.Resolved, HandoffState.InProgress)] = Command.Resolve,
        [(TicketStatus.Resolved, HandoffState.RecallRequested)] = Command.Resolve,
    };

    [Test]
    public void Stands_for_this_command_or_for_none([Values] TicketStatus wanted, [Values] HandoffState incoming) =>
        Assert.That(
            StatusRules.CommandFor(incoming, wanted),
            Is.EqualTo(Shorthands.TryGetValue((wanted, incoming), out var command) ? command : (Command?)null));

    [Test]
    public void Stands_for_commands_of_the_fulfiller_that_the_state_permits()
    {
        foreach (var ((_, incoming), command) in Shorthands)
        {
            Assert.That(HandoffTable.Find(new Standing(incoming, LinkState.Active), command, Side.Fulfiller), Is.Not.Null, $"{command} from {incoming}");
        }
    }

    [Test]
    public void Leads_to_the_status_that_was_set()
    {
        foreach (var ((wanted, incoming), command) in Shorthands)
        {
            var to = HandoffTable.Find(new Standing(incoming, LinkState.Active), command, Side.Fulfiller)!.To!.Value;
            Assert.That(StatusRules.OfMirror(to), Is.EqualTo(wanted), $"{command} from {incoming}");
        }
    }
}

public sealed class The_status_of_a_ticket_of_ones_own
{
    private static readonly HandoffState[] Looks =
    [
        HandoffState.WaitingPlacer, HandoffState.Resolved, HandoffState.Returned, HandoffState.Declined, HandoffState.Expired, HandoffState.Severed,
    ];

    private static readonly HandoffState[] OfferedOrRunning =
    [
        HandoffState.Offered, HandoffState.Accepted, HandoffState.InProgress, HandoffState.WaitingPlacer, HandoffState.OnHold, HandoffState.RecallRequested,
    ];

    [Test]
    public void Is_as_it_was_without_handoffs([Values] TicketStatus present) =>
        Assert.That(StatusRules.OfOwn(present, []), Is.EqualTo(present == TicketStatus.WithPartner ? TicketStatus.Open : present));

    [TestCase(HandoffState.Offered, TicketStatus.WithPartner)]
    [TestCase(HandoffState.Accepted, TicketStatus.WithPartner)]
    [TestCase(HandoffState.InProgress, TicketStatus.WithPartner)]
    [TestCase(HandoffState.OnHold, TicketStatus.WithPartner)]
    [TestCase(HandoffState.RecallRequested, TicketStatus.WithPartner)]
    [TestCase(HandoffState.WaitingPlacer, TicketStatus.Check)]
    [TestCase(HandoffState.Resolved, TicketStatus.Check)]
    [TestCase(HandoffState.Returned, TicketStatus.Check)]
    [TestCase(HandoffState.Declined, TicketStatus.Check)]
    [TestCase(HandoffState.Expired, TicketStatus.Check)]
    [TestCase(HandoffState.Severed, TicketStatus.Check)]
    public void Follows_its_one_handoff(HandoffState state, TicketStatus status)
    {
        foreach (var present in Enum.GetValues<TicketStatus>())
        {
            Assert.That(StatusRules.OfOwn(present, [(state, false)]), Is.EqualTo(status), $"from {present}");
        }
    }

    [TestCase(HandoffState.Closed)]
    [TestCase(HandoffState.Recalled)]
    public void Goes_from_with_partner_back_to_open_when_all_is_over(HandoffState state)
    {
        foreach (var present in Enum.GetValues<TicketStatus>())
        {
            Assert.That(StatusRules.OfOwn(present, [(state, false)]), Is.EqualTo(present == TicketStatus.WithPartner ? TicketStatus.Open : present));
        }
    }

    [TestCase(HandoffState.Resolved)]
    [TestCase(HandoffState.Returned)]
    [TestCase(HandoffState.Declined)]
    [TestCase(HandoffState.Expired)]
    [TestCase(HandoffState.Severed)]
    public void Needs_no_check_where_it_was_dealt_with(HandoffState state)
    {
        Assert.That(StatusRules.OfOwn(TicketStatus.Waiting, [(state, true)]), Is.EqualTo(TicketStatus.Waiting));
        Assert.That(StatusRules.OfOwn(TicketStatus.WithPartner, [(state, true)]), Is.EqualTo(TicketStatus.Open));
    }

    [Test]
    public void Is_with_the_partner_while_a_question_is_dealt_with_and_not_answered() =>
        Assert.That(StatusRules.OfOwn(TicketStatus.Open, [(HandoffState.WaitingPlacer, true)]), Is.EqualTo(TicketStatus.WithPartner));

    [Test]
    public void Is_check_before_with_partner_when_it_has_several_handoffs() =>
        Assert.That(StatusRules.OfOwn(TicketStatus.WithPartner, [(HandoffState.InProgress, false), (HandoffState.Declined, false)]), Is.EqualTo(TicketStatus.Check));

    [Test]
    public void Follows_the_first_row_that_applies_for_any_two_handoffs([Values] HandoffState one, [Values] HandoffState other, [Values] TicketStatus present)
    {
        foreach (var (first, second) in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
        {
            var check = (!first && Looks.Contains(one)) || (!second && Looks.Contains(other));
            var running = OfferedOrRunning.Contains(one) || OfferedOrRunning.Contains(other);
            var expected = check ? TicketStatus.Check : running ? TicketStatus.WithPartner : present == TicketStatus.WithPartner ? TicketStatus.Open : present;
            Assert.That(StatusRules.OfOwn(present, [(one, first), (other, second)]), Is.EqualTo(expected), $"dealt with: {first}, {second}");
        }
    }
}
