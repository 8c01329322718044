using Exchange.Core.Accounts;

namespace Exchange.Core.Tests.Accounts;

public sealed class A_line_of_hours
{
    [TestCase("08:00-12:00, 13:00-17:00", "08:00–12:00, 13:00–17:00")]
    [TestCase("  8:00 – 12:00 ;13:00—17:30,", "08:00–12:00, 13:00–17:30")]
    [TestCase("8-12 13-17", "08:00–12:00, 13:00–17:00")]
    [TestCase("00:00-24:00", "00:00–24:00")]
    [TestCase("08:00–12:00, 12:00–13:00", "08:00–12:00, 12:00–13:00")]
    [TestCase("0:01-0:02,0:03-0:04,23:59-24:00", "00:01–00:02, 00:03–00:04, 23:59–24:00")]
    [TestCase("", "")]
    [TestCase("   ", "")]
    [TestCase(null, "")]
    public void Is_read_as_people_write_it(string? line, string kept)
    {
        Assert.That(HoursText.Read(line, out var spans), Is.EqualTo(HoursFault.None));
        Assert.That(HoursText.Write(spans), Is.EqualTo(kept));
        Assert.That(HoursText.Read(kept, out var again), Is.EqualTo(HoursFault.None));
        Assert.That(again, Is.EqualTo(spans), "what is shown can be sent again");
    }

    [TestCase("morning", HoursFault.Unreadable)]
    [TestCase("08:00", HoursFault.Unreadable)]
    [TestCase("08:00-", HoursFault.Unreadable)]
    [TestCase(",", HoursFault.Unreadable)]
    [TestCase("08:00-12:0013:00-17:00", HoursFault.Unreadable)]
    [TestCase("08:60-12:00", HoursFault.Unreadable)]
    [TestCase("08:00-25:00", HoursFault.Unreadable)]
    [TestCase("08:00-24:01", HoursFault.Unreadable)]
    [TestCase("08:00-12:00 and 13:00-17:00", HoursFault.Unreadable)]
    [TestCase("٠٨:٠٠-١٢:٠٠", HoursFault.Unreadable)]
    [TestCase("1-2,3-4,5-6,7-8", HoursFault.TooMany)]
    [TestCase("12:00-08:00", HoursFault.Disorder)]
    [TestCase("08:00-08:00", HoursFault.Disorder)]
    [TestCase("22:00-00:00", HoursFault.Disorder)]
    [TestCase("08:00-12:00, 11:59-17:00", HoursFault.Disorder)]
    [TestCase("13:00-17:00, 08:00-12:00", HoursFault.Disorder)]
    public void Is_refused_with_its_reason(string line, HoursFault fault)
    {
        Assert.That(HoursText.Read(line, out var spans), Is.EqualTo(fault));
        Assert.That(spans, Is.Empty);
    }

    [Test]
    public void Is_refused_where_it_is_too_long() => Assert.That(HoursText.Read(new string(' ', HoursText.MaxLine + 1), out _), Is.EqualTo(HoursFault.Unreadable));
}

public sealed class Free_days
{
    [Test]
    public void Are_read_as_people_write_them_and_kept_in_order()
    {
        Assert.That(Read(["2026-12-26", "", " 2026-12-25 Christmas \r", "2027-01-01, New Year", "2026-05-01: 1 May"], out var days).Fault, Is.EqualTo(FreeDayFault.None));
        Assert.That(days, Is.EqualTo(new[] { "2026-05-01 1 May", "2026-12-25 Christmas", "2026-12-26", "2027-01-01 New Year" }));
        Assert.That(Read(days, out var again).Fault, Is.EqualTo(FreeDayFault.None));
        Assert.That(again, Is.EqualTo(days));
    }

    [TestCase("Christmas", FreeDayFault.NoDate)]
    [TestCase("2026-02-30 Nothing", FreeDayFault.NoDate)]
    [TestCase("25.12.2026", FreeDayFault.NoDate)]
    [TestCase("2026-12-251", FreeDayFault.NoDate)]
    [TestCase("2026-12-25Christmas", FreeDayFault.NoDate)]
    [TestCase("2026-1-1", FreeDayFault.NoDate)]
    [TestCase("2026-05-01 Again", FreeDayFault.Twice)]
    [TestCase("2026-12-25 Christ\u202emas", FreeDayFault.BadName)]
    [TestCase("2026-12-25 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", FreeDayFault.BadName)]
    public void Are_refused_by_the_number_of_the_line(string line, FreeDayFault fault)
    {
        Assert.That(Read(["2026-05-01", "", line, "also wrong"], out var days), Is.EqualTo((fault, 3)));
        Assert.That(days, Is.Empty);
    }

    [Test]
    public void Are_two_hundred_at_most()
    {
        string[] most = [.. Enumerable.Range(0, FreeDayText.Most).Select(day => FreeDayText.Write(new FreeDay(new DateOnly(2026, 1, 1).AddDays(day), null)))];
        Assert.That(Read(most, out var days).Fault, Is.EqualTo(FreeDayFault.None));
        Assert.That(days, Has.Count.EqualTo(200));
        Assert.That(Read([.. most, "2027-12-31"], out _), Is.EqualTo((FreeDayFault.TooMany, 201)));
    }

    private static (FreeDayFault Fault, int Line) Read(IReadOnlyList<string> lines, out IReadOnlyList<string> kept)
    {
        var found = FreeDayText.Read(lines, out var days);
        kept = [.. days.Select(FreeDayText.Write)];
        return found;
    }
}
