using System.Globalization;
using Exchange.Core.Accounts;

namespace Exchange.Core.Tests.Accounts;

public sealed class Working_time
{
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";
    private const string Weekdays = "08:00-12:00, 13:00-17:00";

    /// <summary>Where and when clocks are turned: by an hour and by half of one, at night and at midnight, back into the day before, and over a whole day.</summary>
    private static readonly (string Zone, string At)[] Turns =
    [
        (Berlin, "2026-03-29T01:00Z"), (Berlin, "2026-10-25T01:00Z"), (NewYork, "2026-03-08T07:00Z"), (NewYork, "2026-11-01T06:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:00Z"), ("Australia/Lord_Howe", "2026-10-03T15:30Z"), ("America/Santiago", "2026-04-05T03:00Z"), ("America/Santiago", "2026-09-06T04:00Z"),
        ("America/St_Johns", "2010-11-07T02:31Z"), ("Atlantic/Azores", "2026-10-25T01:00Z"), ("Pacific/Apia", "2011-12-30T10:00Z"), ("Asia/Kathmandu", "2026-06-01T00:00Z"), ("Etc/UTC", "2026-06-01T00:00Z"),
    ];

    [Test]
    public void Is_what_a_walk_minute_by_minute_finds([Range(0, 9)] int seed)
    {
        const int Cases = 40;
        var chance = new Random(seed);
        for (var i = 0; i < Cases; i++)
        {
            var (zone, turn) = Turns[chance.Next(Turns.Length)];
            var any = new Any(chance, zone, At(turn));
            var from = At(turn).AddMinutes(chance.Next(-2 * 24 * 60, 24 * 60));
            var walked = Enumerable.Range(0, chance.Next(1, 3 * 24 * 60)).Select(minute => any.IsOpen(from.AddMinutes(minute))).ToArray();
            var (works, why, end) = (any.Works, $"seed {seed}, case {i}: {any} from {from:u}, {walked.Length} minutes", from.AddMinutes(walked.Length));

            Assert.That(works.Between(from, end), Is.EqualTo(TimeSpan.FromMinutes(walked.Count(open => open))), why);
            Assert.That(works.IsOpen(from), Is.EqualTo(walked[0]), why);
            Found(works.NextOpen(from), Array.IndexOf(walked, true), from, end, why);
            Found(works.OpenUntil(from), Array.IndexOf(walked, false), from, end, why);
        }
    }

    [TestCase(Berlin, "2026-03-29T00:00+01:00", "01:00-04:00", 2)]
    [TestCase(Berlin, "2026-03-29T00:00+01:00", "02:00-03:00", 0)]
    [TestCase(Berlin, "2026-03-29T00:00+01:00", "02:30-03:30", 0.5)]
    [TestCase(Berlin, "2026-03-29T00:00+01:00", "00:00-24:00", 23)]
    [TestCase(Berlin, "2026-10-25T00:00+02:00", "01:00-04:00", 4)]
    [TestCase(Berlin, "2026-10-25T00:00+02:00", "02:00-03:00", 2)]
    [TestCase(Berlin, "2026-10-25T00:00+02:00", "02:30-03:30", 1.5)]
    [TestCase(Berlin, "2026-10-25T00:00+02:00", "00:00-24:00", 25)]
    [TestCase(NewYork, "2026-03-08T00:00-05:00", "01:30-03:30", 1)]
    [TestCase(NewYork, "2026-11-01T00:00-04:00", "01:30-03:30", 2.5)]
    [TestCase(NewYork, "2026-06-07T00:00-04:00", "01:30-03:30", 2)]
    public void Is_the_time_that_really_passes_where_clocks_are_turned(string zone, string sunday, string hours, double worked) =>
        Assert.That(Of(zone, ["", "", "", "", "", "", hours]).Between(At(sunday), At(sunday).AddHours(26)), Is.EqualTo(TimeSpan.FromHours(worked)));

    [Test]
    public void Comes_twice_where_the_wall_shows_an_hour_twice()
    {
        var works = Of(Berlin, ["", "", "", "", "", "", "02:00-02:30"]);
        Assert.That(new[] { "00:15", "00:30", "01:15", "01:30" }.Select(time => works.IsOpen(At($"2026-10-25T{time}Z"))), Is.EqualTo(new[] { true, false, true, false }));
        Assert.That(works.OpenUntil(At("2026-10-25T00:15Z")), Is.EqualTo(At("2026-10-25T00:30Z")));
        Assert.That(works.NextOpen(At("2026-10-25T00:45Z")), Is.EqualTo(At("2026-10-25T01:00Z")));
    }

    [Test]
    public void Begins_with_its_span_and_ends_before_its_end()
    {
        var works = Of(Berlin, [Weekdays, "", "", "", "", "", ""]);
        var (opens, closes, tick) = (At("2026-06-01T08:00+02:00"), At("2026-06-01T12:00+02:00"), TimeSpan.FromTicks(1));
        Assert.That(new[] { opens - tick, opens, closes - tick, closes }.Select(works.IsOpen), Is.EqualTo(new[] { false, true, true, false }));
        Assert.That(works.NextOpen(opens - tick), Is.EqualTo(opens));
        Assert.That(works.NextOpen(opens), Is.EqualTo(opens));
        Assert.That(works.NextOpen(closes), Is.EqualTo(closes.AddHours(1)));
        Assert.That(works.OpenUntil(closes - tick), Is.EqualTo(closes));
        Assert.That(works.OpenUntil(closes), Is.EqualTo(closes), "nothing is open");
        Assert.That(works.Between(closes.AddSeconds(-30), closes.AddMinutes(61)), Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(works.Between(closes, opens), Is.EqualTo(TimeSpan.Zero));
        Assert.That(works.Between(opens, opens), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Goes_on_over_midnight_and_where_spans_touch()
    {
        var works = Of(NewYork, ["20:00-22:00, 22:00-24:00", "00:00-02:00", "", "", "", "", ""]);
        Assert.That(works.OpenUntil(At("2026-06-01T21:00-04:00")), Is.EqualTo(At("2026-06-02T02:00-04:00")));
        Assert.That(works.Between(At("2026-06-01T00:00-04:00"), At("2026-06-03T00:00-04:00")), Is.EqualTo(TimeSpan.FromHours(6)));
    }

    [Test]
    public void Is_not_on_a_free_day_nor_on_a_day_without_hours()
    {
        var works = Of(Berlin, [Weekdays, Weekdays, Weekdays, Weekdays, Weekdays, "", ""], "2026-12-25", "2026-12-28");
        Assert.That(works.IsOpen(At("2026-12-25T10:00+01:00")), Is.False);
        Assert.That(works.NextOpen(At("2026-12-24T17:00+01:00")), Is.EqualTo(At("2026-12-29T08:00+01:00")), "two free days and the weekend between them");
        Assert.That(works.Between(At("2026-12-21T00:00+01:00"), At("2027-01-04T00:00+01:00")), Is.EqualTo(TimeSpan.FromHours(64)));
        Assert.That(works.UsualWeek, Is.EqualTo(TimeSpan.FromHours(40)), "free days are no part of a usual week");
    }

    [Test]
    public void Is_never_where_no_day_has_hours_and_always_where_all_have_all()
    {
        var (never, always) = (Of(Berlin, ["", "", "", "", "", "", ""]), Of(Berlin, [.. Enumerable.Repeat("00:00-24:00", 7)]));
        var now = At("2026-06-01T12:34Z");
        Assert.That((never.NextOpen(now), never.UsualWeek), Is.EqualTo(((DateTimeOffset?)null, TimeSpan.Zero)));
        Assert.That((always.OpenUntil(now), always.NextOpen(now), always.UsualWeek), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)now, TimeSpan.FromDays(7))));
        Assert.That(always.Between(now, now.AddDays(365)), Is.EqualTo(TimeSpan.FromDays(365)));
    }

    [Test]
    public void Is_looked_for_a_year_ahead()
    {
        var all = Enumerable.Range(0, 364).Select(day => new DateOnly(2026, 6, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).ToArray();
        var works = Of(Berlin, [Weekdays, "", "", "", "", "", ""], all);
        Assert.That(works.NextOpen(At("2026-06-01T00:00+02:00")), Is.EqualTo(At("2027-05-31T08:00+02:00")));
        Assert.That(works.NextOpen(At("2026-05-31T00:00+02:00")), Is.Null, "the next Monday is a year and some hours away");
    }

    private static void Found(DateTimeOffset? found, int walked, DateTimeOffset from, DateTimeOffset end, string why)
    {
        if (walked >= 0)
        {
            Assert.That(found, Is.EqualTo(from.AddMinutes(walked)), why);
        }
        else
        {
            Assert.That(found, Is.Null.Or.GreaterThanOrEqualTo(end), why);
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static WorkTime Of(string zone, string[] week, params string[] free) => new(
        TimeZoneInfo.FindSystemTimeZoneById(zone),
        [.. week.Select(line => HoursText.Read(line, out var spans) == HoursFault.None ? spans : throw new AssertionException($"{line} are no hours"))],
        free.Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>A calendar of chance, and what it says of one minute: read off the wall, without anything that the product has.</summary>
    private sealed class Any
    {
        private readonly TimeZoneInfo _zone;
        private readonly List<(int From, int To)>[] _week;
        private readonly HashSet<DateOnly> _free;

        public Any(Random chance, string zone, DateTimeOffset near)
        {
            _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
            _week = [.. Enumerable.Range(0, 7).Select(_ => Day(chance))];
            _free = chance.Next(3) == 0 ? [DateOnly.FromDateTime(near.UtcDateTime).AddDays(chance.Next(-2, 3))] : [];
            Works = new WorkTime(_zone, [.. _week.Select(day => (IReadOnlyList<WorkSpan>)day.ConvertAll(span => new WorkSpan(TimeSpan.FromMinutes(span.From), TimeSpan.FromMinutes(span.To))))], _free);
        }

        public WorkTime Works { get; }

        public bool IsOpen(DateTimeOffset at)
        {
            var wall = TimeZoneInfo.ConvertTime(at, _zone).DateTime;
            var minute = (wall.Hour * 60) + wall.Minute;
            var place = wall.DayOfWeek == DayOfWeek.Sunday ? 6 : (int)wall.DayOfWeek - 1;
            return !_free.Contains(DateOnly.FromDateTime(wall)) && _week[place].Exists(span => span.From <= minute && minute < span.To);
        }

        public override string ToString() => $"{_zone.Id}, {string.Join(" | ", _week.Select(day => string.Join(' ', day)))}, free {string.Join(' ', _free)}";

        private static List<(int From, int To)> Day(Random chance)
        {
            switch (chance.Next(6))
            {
                case 0:
                    return [];
                case 1:
                    return [(0, 24 * 60)];
                default:
                    // Often in the small hours, where clocks are turned, and often up to midnight.
                    var most = chance.Next(2) == 0 ? 5 * 60 : 24 * 60;
                    var ends = Enumerable.Range(0, 2 * chance.Next(1, 4)).Select(_ => chance.Next(most + 1)).Distinct().Order().ToList();
                    return [.. Enumerable.Range(0, ends.Count / 2).Select(i => (ends[2 * i], ends[(2 * i) + 1]))];
            }
        }
    }
}
