using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Quality;
using Exchange.Core.Tests.Handoffs;

namespace Exchange.Core.Tests.Quality;

/// <summary>What may be rated, and until when (semantics 10).</summary>
public sealed class A_rating
{
    private static readonly DateTimeOffset Noon = AHandoff.Noon;

    [TestCase(HandoffState.Closed, true)]
    [TestCase(HandoffState.Returned, true)]
    [TestCase(HandoffState.Recalled, false)]
    [TestCase(HandoffState.Declined, false)]
    [TestCase(HandoffState.Expired, false)]
    [TestCase(HandoffState.Severed, false)]
    [TestCase(HandoffState.Offered, false)]
    [TestCase(HandoffState.InProgress, false)]
    [TestCase(HandoffState.Resolved, false)]
    public void Is_of_work_that_ended(HandoffState state, bool possible)
    {
        var handoff = AHandoff.In(state);
        Assert.That(Rating.NothingToRate(handoff) is null, Is.EqualTo(possible));
    }

    [Test]
    public void Is_of_a_recalled_handoff_once_the_work_had_begun()
    {
        var handoff = AHandoff.In(HandoffState.RecallRequested);
        handoff.Move(HandoffTable.Rows.First(r => r.Command == Command.AgreeRecall), Noon);
        Assert.That((handoff.State, Rating.NothingToRate(handoff)), Is.EqualTo((HandoffState.Recalled, (string?)null)));
    }

    [Test]
    public void Is_given_within_fourteen_days()
    {
        var handoff = AHandoff.In(HandoffState.Closed);
        Assert.That(Rating.TooLateToRate(handoff, Noon.AddDays(14)), Is.Null);
        Assert.That(Rating.TooLateToRate(handoff, Noon.AddDays(14).AddMicroseconds(1)), Does.Contain("14 days"));
    }

    [Test]
    public void Is_changed_within_seventy_two_hours()
    {
        var rating = new Rating { Handoff = AHandoff.Offered().Id, Score = 4, RatedAt = Noon, FirstSeq = 9, Seq = 9 };
        Assert.That(rating.TooLateToChange(Noon.AddHours(72)), Is.Null);
        Assert.That(rating.TooLateToChange(Noon.AddHours(72).AddMicroseconds(1)), Does.Contain("72 hours"));
    }

    public static IEnumerable<TestCaseData> Items() =>
    [
        new(new RatedData(4, 5, null, 3, "Quick and clean"), "Rated 4 of 5: Quick and clean"),
        new(new RatedData(4, null, null, null, null), "Rated 4 of 5"),
        new(new RatingChangedData(2, null, null, null, "It drips again"), "Rating changed to 2 of 5: It drips again"),
        new(new RatingRepliedData("We will come again"), "Reply to the rating: We will come again"),
    ];

    [TestCaseSource(nameof(Items))]
    public void Stands_in_the_conversation(IEntryData data, string body)
    {
        var item = Item.Of(Chain.Of(data)[0]);
        Assert.That((item?.Kind, item?.Body), Is.EqualTo(("system", body)));
        Assert.That(Item.Types, Does.Contain(EntryCodec.TypeOf(data)));
    }

    [TestCase(0, false)]
    [TestCase(1, true)]
    [TestCase(5, true)]
    [TestCase(6, false)]
    [TestCase(null, false)]
    public void Is_from_one_to_five(int? score, bool valid)
    {
        var id = AHandoff.Offered().Id;
        Assert.That(new RateHandoffRules().Validate(new RateHandoff(id, score, null, null, null, null, null, null)).IsValid, Is.EqualTo(valid));
        Assert.That(new ChangeRatingRules().Validate(new ChangeRating(id, score, null, null, null, null, null, null)).IsValid, Is.EqualTo(valid || score is null));
        if (score is not null)
        {
            Assert.That(new RateHandoffRules().Validate(new RateHandoff(id, 3, score, null, null, null, null, null)).IsValid, Is.EqualTo(valid));
            Assert.That(new RateHandoffRules().Validate(new RateHandoff(id, 3, null, score, null, null, null, null)).IsValid, Is.EqualTo(valid));
            Assert.That(new RateHandoffRules().Validate(new RateHandoff(id, 3, null, null, score, null, null, null)).IsValid, Is.EqualTo(valid));
        }
    }
}
