using Exchange.Core.Handoffs;
using Exchange.Core.Quality;

namespace Exchange.Core.Tests.Quality;

/// <summary>The figures, by hand.</summary>
public sealed class A_scorecard
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Of_nothing_says_nothing()
    {
        var figures = Of();
        Assert.That((figures.Offered, figures.AcceptanceRate, figures.ReworkShare, figures.AcceptTime.Median, figures.Ratings.Mean),
            Is.EqualTo((0, (double?)null, (double?)null, (double?)null, (double?)null)));
    }

    [Test]
    public void Counts_what_became_of_offers()
    {
        var figures = Of(
            Row(HandoffState.Closed, accepted: 1, resolved: 2, over: 3), Row(HandoffState.InProgress, accepted: 1), Row(HandoffState.Declined, over: 1),
            Row(HandoffState.Expired, over: 9), Row(HandoffState.Recalled, over: 1), Row(HandoffState.Returned, accepted: 1, over: 5), Row(HandoffState.Offered));
        Assert.That((figures.Offered, figures.Accepted, figures.Declined, figures.Expired, figures.Returned, figures.Recalled), Is.EqualTo((7, 3, 1, 1, 1, 1)));
        Assert.That(figures.AcceptanceRate, Is.EqualTo(0.6), "of five that were answered or left to expire");
    }

    [Test]
    public void Takes_nearest_ranks_of_times()
    {
        var figures = Of([.. Enumerable.Range(1, 10).Reverse().Select(hours => Row(HandoffState.Closed, accepted: hours, resolved: hours * 2, over: 99))]);
        Assert.That(figures.AcceptTime, Is.EqualTo(new TimeFigures(10, 5 * 3600, 9 * 3600)));
        Assert.That(figures.ResolveTime, Is.EqualTo(new TimeFigures(10, 5 * 3600, 9 * 3600)), "from accepted until resolved");
        var one = Of(Row(HandoffState.Accepted, accepted: 3));
        Assert.That(one.AcceptTime, Is.EqualTo(new TimeFigures(1, 3 * 3600, 3 * 3600)));
    }

    [Test]
    public void Holds_answers_against_respond_by()
    {
        var figures = Of(
            Row(HandoffState.Accepted, accepted: 2, respondBy: 2), Row(HandoffState.Accepted, accepted: 3, respondBy: 2),
            Row(HandoffState.Declined, over: 1, respondBy: 2), Row(HandoffState.Declined, over: 3, respondBy: 2), Row(HandoffState.Expired, over: 9, respondBy: 2),
            Row(HandoffState.Recalled, over: 1, respondBy: 2), Row(HandoffState.Offered, respondBy: 200), Row(HandoffState.Offered, respondBy: 2), Row(HandoffState.Accepted, accepted: 1));
        Assert.That(figures.RespondBy, Is.EqualTo(new ClockFigures(Kept: 2, Missed: 4, Running: 1, Without: 1)));
    }

    [Test]
    public void Holds_solutions_against_resolve_by()
    {
        var figures = Of(
            Row(HandoffState.Closed, accepted: 1, resolved: 5, over: 30, resolveBy: 5), Row(HandoffState.InProgress, accepted: 1, resolved: 4, resolveBy: 5),
            Row(HandoffState.Closed, accepted: 1, resolved: 6, over: 30, resolveBy: 5), Row(HandoffState.InProgress, accepted: 1, resolveBy: 5),
            Row(HandoffState.InProgress, accepted: 1, resolveBy: 500), Row(HandoffState.Returned, accepted: 1, over: 3, resolveBy: 5),
            Row(HandoffState.Closed, accepted: 1, resolved: 2, over: 3), Row(HandoffState.Declined, over: 1, resolveBy: 5), Row(HandoffState.Offered, resolveBy: 5));
        Assert.That(figures.ResolveBy, Is.EqualTo(new ClockFigures(Kept: 2, Missed: 2, Running: 1, Without: 1)));
    }

    [Test]
    public void Adds_rework_and_labour()
    {
        var figures = Of(
            Row(HandoffState.Closed, accepted: 1, resolved: 2, over: 9, reworks: 3, minutes: 60), Row(HandoffState.Resolved, accepted: 1, resolved: 2, minutes: 30),
            Row(HandoffState.Resolved, accepted: 1, resolved: 2), Row(HandoffState.Resolved, accepted: 1, resolved: 2, reworks: 1), Row(HandoffState.InProgress, accepted: 1));
        Assert.That((figures.Resolved, figures.ReworkCount, figures.ReworkShare, figures.LabourMinutes), Is.EqualTo((4, 4, 0.5, 90)));
    }

    [Test]
    public void Hides_means_under_five_ratings()
    {
        var four = Of([.. Enumerable.Repeat(new Judgement(5, 5, 5, 5), 4).Select(Rated)]).Ratings;
        Assert.That((four.Count, four.Mean, four.Quality, four.Distribution), Is.EqualTo((4, (double?)null, (double?)null, (IReadOnlyList<int>?)null)));
    }

    [Test]
    public void Smooths_means_with_five_votes_of_three_and_a_half()
    {
        var five = Of([.. new[] { 5, 5, 5, 5, 1 }.Select(score => Rated(new Judgement(score, score, score == 1 ? null : 5, null)))]).Ratings;
        Assert.That((five.Count, five.Mean, five.Quality, five.Speed, five.Communication), Is.EqualTo((5, 3.85, 3.85, (double?)null, (double?)null)));
        Assert.That(five.Distribution, Is.EqualTo(new[] { 1, 0, 0, 0, 4 }));
        var many = Of([.. Enumerable.Repeat(Rated(new Judgement(5, null, null, null)), 45)]).Ratings;
        Assert.That(many.Mean, Is.EqualTo(4.85).Within(0.001), "(17.5 + 225) / 50");
    }

    private static Figures Of(params IReadOnlyList<ScoreRow> rows)
    {
        var card = new Scorecard(Noon.AddHours(100));
        foreach (var row in rows)
        {
            card.Add(row);
        }

        return card.Figures();
    }

    private static ScoreRow Rated(Judgement judgement) => Row(HandoffState.Closed, accepted: 1, resolved: 2, over: 3) with { Judgement = judgement };

    [Test]
    public void Leaves_out_the_time_that_a_suspension_lasts()
    {
        var open = Row(HandoffState.InProgress, accepted: 1, respondBy: 2, resolveBy: 5);
        Assert.That(Of(open).ResolveBy, Is.EqualTo(new ClockFigures(Kept: 0, Missed: 1, Running: 0, Without: 0)));
        var figures = Of(open with { SuspendedSince = At(4) });
        Assert.That((figures.RespondBy, figures.ResolveBy), Is.EqualTo((new ClockFigures(1, 0, 0, 0), new ClockFigures(0, 0, 1, 0))));
        Assert.That(Of(open with { SuspendedSince = At(6) }).ResolveBy.Missed, Is.EqualTo(1), "it had been missed before");
    }

    /// <summary>Times are hours after the offer.</summary>
    private static ScoreRow Row(
        HandoffState state, int? accepted = null, int? resolved = null, int? over = null, int? respondBy = null, int? resolveBy = null, int reworks = 0, int minutes = 0) => new(
        state, Noon, At(accepted), At(resolved), At(over), At(respondBy), At(resolveBy), reworks, minutes, null);

    private static DateTimeOffset? At(int? hours) => hours is { } h ? Noon.AddHours(h) : null;
}
