using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Tests.Desk;

public sealed class When_a_ticket_is_told_of_its_handoff
{
    [Test]
    public void It_is_open_until_the_handoff_is_over([Values] HandoffState state)
    {
        var tie = Tie(state == HandoffState.Offered ? HandoffState.Accepted : HandoffState.Offered);
        Assert.That(tie.Follow(state, 2), Is.True);
        Assert.That((tie.State, tie.IsOpen), Is.EqualTo((state, !state.IsOver())));
    }

    [Test]
    public void A_new_state_is_not_yet_dealt_with()
    {
        var tie = Tie(HandoffState.WaitingPlacer);
        tie.DealtWith = true;
        tie.Follow(HandoffState.InProgress, 2);
        Assert.That(tie.DealtWith, Is.False);
    }

    [Test]
    public void An_older_entry_that_comes_late_is_no_event([Values] HandoffState state)
    {
        var tie = Tie(HandoffState.Offered);
        tie.Follow(state, 7);
        tie.DealtWith = true;
        Assert.That(tie.Follow(HandoffState.InProgress, 6), Is.False);
        Assert.That(tie.Follow(HandoffState.InProgress, 7), Is.False);
        Assert.That((tie.State, tie.IsOpen, tie.DealtWith), Is.EqualTo((state, !state.IsOver(), true)));
    }

    [Test]
    public void The_same_state_reached_once_more_is_news()
    {
        var tie = Tie(HandoffState.Offered);
        tie.Follow(HandoffState.WaitingPlacer, 5);
        tie.DealtWith = true;
        Assert.That(tie.Follow(HandoffState.WaitingPlacer, 7), Is.True);
        Assert.That(tie.DealtWith, Is.False);
    }

    [Test]
    public void An_equal_state_beside_held_up_entries_is_no_event([Values] HandoffState state)
    {
        var tie = Tie(HandoffState.Offered);
        tie.Follow(state, 2);
        tie.DealtWith = true;
        Assert.That(tie.Jump(state), Is.False);
        Assert.That((tie.State, tie.IsOpen, tie.DealtWith), Is.EqualTo((state, !state.IsOver(), true)));
    }

    private static TicketHandoff Tie(HandoffState state) => new() { Ticket = default, Handoff = default, Side = Side.Placer, Partner = default, State = state };
}

public sealed class When_the_status_of_a_ticket_is_set
{
    [Test]
    public void Its_version_counts_a_change_and_no_equal_status([Values] TicketStatus one, [Values] TicketStatus other)
    {
        var ticket = new Ticket
        {
            Id = new TicketId(Guid.Parse("0195569e-3a00-7000-8000-000000000005")), Account = default, Number = 1, Subject = "Pump", CreatedAt = default, Status = one,
        };
        Assert.That(ticket.SetStatus(other), Is.EqualTo(one != other));
        Assert.That((ticket.Status, ticket.Version), Is.EqualTo((other, one == other ? 1L : 2L)));
    }
}

public sealed class Ticket_numbers
{
    [TestCase(1, "1")]
    [TestCase(1234567, "1234567")]
    [TestCase(long.MaxValue, "9223372036854775807")]
    [SetCulture("de-DE")]
    public void Are_shown_as_plain_digits_in_every_culture(long number, string shown) => Assert.That(Numbers.Show(number), Is.EqualTo(shown));

    [Test]
    [SetCulture("ar-SA")]
    public void Are_shown_in_the_same_digits_everywhere() => Assert.That(Numbers.Show(2026), Is.EqualTo("2026"));
}
