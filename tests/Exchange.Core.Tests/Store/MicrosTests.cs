using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Tests.Store;

public sealed class Times_in_microseconds
{
    [TestCase("1970-01-01T00:00:00Z", 0)]
    [TestCase("1970-01-01T00:00:00.000001Z", 1)]
    [TestCase("1970-01-01T00:00:01Z", 1_000_000)]
    [TestCase("2026-03-02T12:00:00.123456Z", 1_772_452_800_123_456)]
    [TestCase("2026-03-02T14:00:00.123456+02:00", 1_772_452_800_123_456)]
    [TestCase("1969-12-31T23:59:59.999999Z", -1)]
    [TestCase("1969-12-31T23:59:59Z", -1_000_000)]
    [TestCase("0001-01-01T00:00:00Z", -62_135_596_800_000_000)]
    [TestCase("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999)]
    public void Count_from_1970_in_utc(string time, long micros)
    {
        var parsed = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(Micros.Of(parsed), Is.EqualTo(micros));
        Assert.That(Micros.ToTime(micros), Is.EqualTo(parsed));
        Assert.That(Micros.ToTime(micros).Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Property]
    public bool Come_back_as_they_were(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - (time.UtcTicks % 10);
        var whole = new DateTimeOffset(ticks, TimeSpan.Zero);
        return Micros.ToTime(Micros.Of(whole)) == whole;
    }

    [Property]
    public bool Keep_their_order(DateTimeOffset one, DateTimeOffset other) =>
        Math.Sign(Micros.Of(one).CompareTo(Micros.Of(other))) * Math.Sign(one.CompareTo(other)) >= 0;
}

public sealed class The_present
{
    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(9, 0)]
    [TestCase(10, 10)]
    [TestCase(1_234_567, 1_234_560)]
    [TestCase(9_999_999, 9_999_990)]
    public void Is_cut_to_microseconds_and_never_rounded_up(long ticks, long kept)
    {
        var second = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        Assert.That(new Fixed(second.AddTicks(ticks)).Present(), Is.EqualTo(second.AddTicks(kept)));
    }

    [Property]
    public bool Is_what_a_database_gives_back(DateTimeOffset time)
    {
        var present = new Fixed(time).Present();
        return present.Offset == TimeSpan.Zero && Micros.ToTime(Micros.Of(present)) == present && time - present < TimeSpan.FromMicroseconds(1) && present <= time;
    }

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }
}
