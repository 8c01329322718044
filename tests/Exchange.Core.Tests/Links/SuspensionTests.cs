using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Links;

public sealed class A_suspension
{
    private static readonly DateTimeOffset Third = new(2026, 5, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Us = new(Guid.Parse("0195569e-3a00-7000-8000-000000000003"));
    private static readonly AccountId Them = new(Guid.Parse("0195569e-3a00-7000-8000-000000000004"));

    /// <summary>Hours from the third of May: pairs of since and until, joined by a comma; an open end lasts.</summary>
    [TestCase("", 0, 10, 0)]
    [TestCase("2-5", 0, 10, 3)]
    [TestCase("2-", 0, 10, 8)]
    [TestCase("2-5,6-8", 0, 10, 5)]
    [TestCase("2-6,4-8", 0, 10, 6, Description = "both sides, overlapping")]
    [TestCase("2-8,4-6", 0, 10, 6, Description = "one inside the other")]
    [TestCase("2-,4-6", 0, 10, 8)]
    [TestCase("4-6,2-", 0, 10, 8, Description = "in any order")]
    [TestCase("2-6,2-6", 0, 10, 4, Description = "twice the same")]
    [TestCase("2-5,5-7", 0, 10, 5, Description = "one after the other")]
    [TestCase("0-20", 5, 10, 5, Description = "cut at both ends")]
    [TestCase("0-4", 5, 10, 0, Description = "over before")]
    [TestCase("12-14", 5, 10, 0, Description = "later")]
    public void Lasts_as_long_as_either_side_has_it(string spans, int from, int to, int hours) =>
        Assert.That(
            Suspension.Stretches(Spans(spans), Third.AddHours(from), Third.AddHours(to)).Sum(s => (s.Until - s.Since).TotalHours), Is.EqualTo(hours));

    [TestCase(null, 6, 10, 6)]
    [TestCase(2, 6, 5, 9)]
    [TestCase(2, 6, 10, 14, Description = "it moves with the time, so it never comes")]
    [TestCase(7, 6, 20, 6, Description = "it had come before")]
    [TestCase(6, 6, 20, 6, Description = "it came at that moment")]
    public void Moves_a_due_time_that_had_not_come(int? since, int due, int now, int moved) =>
        Assert.That(Suspension.Moved(Third.AddHours(due), since is { } hours ? Third.AddHours(hours) : null, Third.AddHours(now)), Is.EqualTo(Third.AddHours(moved)));

    /// <summary>A timer and a clock that are due at the same time stay so, whatever is suspended when.</summary>
    [TestCase("", 6, 20, 6)]
    [TestCase("2-5", 6, 20, 9)]
    [TestCase("2-5,7-8", 6, 20, 10, Description = "the first moved it behind the second")]
    [TestCase("7-8", 6, 20, 6, Description = "it had come before")]
    [TestCase("2-3,9-12", 6, 20, 7, Description = "it came between the two")]
    [TestCase("2-4,3-5", 6, 20, 9, Description = "both sides, without a break")]
    [TestCase("2-", 6, 20, 24, Description = "it lasts")]
    public void Moves_a_timer_as_it_moves_the_clock_that_is_shown(string spans, int due, int now, int moved)
    {
        var at = Third.AddHours(due);
        foreach (var (since, until) in Suspension.Stretches(Spans(spans), Third, Third.AddHours(now)))
        {
            at = Suspension.Moved(at, since, until)!.Value;
        }

        Assert.That((Suspension.Moved(Third.AddHours(due), Spans(spans), Third, Third.AddHours(now)), at), Is.EqualTo((Third.AddHours(moved), Third.AddHours(moved))));
    }

    [Test]
    public void Moves_nothing_where_nothing_is_due() => Assert.That(Suspension.Moved(null, Third, Third.AddHours(1)), Is.Null);

    [Test]
    public void Is_told_to_who_writes_meanwhile()
    {
        Assert.That(
            Suspension.Kept("Contoso", Us, [By(Them, 0, "audit")], "Your comment"),
            Is.EqualTo("Link to Contoso is suspended since 3 May by Contoso (reason: audit). Your comment is kept and will be delivered when they resume."));
        Assert.That(
            Suspension.Kept("Contoso", Us, [By(Us, 24, null)], "What you wrote"),
            Is.EqualTo("Link to Contoso is suspended since 4 May by you. What you wrote is kept and will be delivered when you resume."));
        Assert.That(
            Suspension.Kept("Contoso", Us, [By(Us, 24, "stocktaking"), By(Them, 0, "audit")], "Your comment"),
            Is.EqualTo("Link to Contoso is suspended since 3 May by Contoso (reason: audit) and since 4 May by you (reason: stocktaking). Your comment is kept and will be delivered when both of you resume."));
    }

    private static List<Suspension> Spans(string spans) => [.. spans.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(span =>
    {
        var ends = span.Split('-');
        var one = By(Us, int.Parse(ends[0], System.Globalization.CultureInfo.InvariantCulture), null);
        one.Until = ends[1].Length == 0 ? null : Third.AddHours(int.Parse(ends[1], System.Globalization.CultureInfo.InvariantCulture));
        return one;
    })];

    private static Suspension By(AccountId who, int hours, string? reason) => new()
    {
        Id = Guid.Parse("0195569e-3a00-7000-8000-000000000009"), Link = default, By = who, Actor = new Actor("person", "1", "Tom"), Reason = reason, Since = Third.AddHours(hours),
    };
}
