using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Accounts;

[TestFixtureSource(typeof(Engines))]
public sealed class When_a_company_keeps_calendars(Engine engine)
{
    private static readonly string[] Week = ["8-12, 13-17", "8-12, 13-17", "8-12, 13-17", "8-12, 13-17", "8-12", "", ""];

    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task One_of_them_is_the_usual_one_and_each_is_kept_in_one_form()
    {
        var office = (await Add("Office", days: ["2026-12-26", "2026-12-25 Christmas"])).Must();
        var hall = (await Add("Hall")).Must();
        Assert.That(await Usual(), Is.EqualTo(new[] { ("Office", true), ("Hall", false) }), "the first one is");
        var kept = (await All())[0];
        Assert.That(kept.Hours, Is.EqualTo(new[] { "08:00–12:00, 13:00–17:00", "08:00–12:00, 13:00–17:00", "08:00–12:00, 13:00–17:00", "08:00–12:00, 13:00–17:00", "08:00–12:00", "", "" }));
        Assert.That(kept.Days, Is.EqualTo(new[] { "2026-12-25 Christmas", "2026-12-26" }));
        Assert.That((kept.TimeZone, kept.Works.Zone.Id, kept.Works.UsualWeek), Is.EqualTo(("Europe/Berlin", "Europe/Berlin", TimeSpan.FromHours(36))));

        (await _world.Ask<ChangeCalendar, CalendarId>(new ChangeCalendar(hall.Value, null, null, null, null, true, null), _ada)).Must();
        Assert.That(await Usual(), Is.EqualTo(new[] { ("Hall", true), ("Office", false) }));
        (await Add("Shop", usual: true)).Must();
        Assert.That(await Usual(), Is.EqualTo(new[] { ("Shop", true), ("Hall", false), ("Office", false) }));

        var shop = (await All())[0].Id;
        Assert.That((await Remove(shop)).Fault?.Detail, Is.EqualTo(RemoveCalendarDeed.IsUsual));
        (await Remove(hall.Value)).Must();
        (await Remove(office.Value)).Must();
        (await Remove(shop)).Must();
        Assert.That(await All(), Is.Empty, "the last one may go");
    }

    [Test]
    public async Task Many_who_change_one_at_once_do_not_write_over_each_other()
    {
        var office = (await Add("Office")).Must();
        var seen = (await All())[0].Version;
        const int AtOnce = 9;

        // On a server each has a connection by then: who has to open one comes too late to be in the way.
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => Change(Guid.Empty, "Nobody's", null, null))));
        var changes = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => Task.Run(() => Change(office.Value, $"By {n}", [$"0{n}:00-24:00", "", "", "", "", "", ""], seen))));
        Assert.That(changes.Where(c => !c.Ok).Select(c => c.Fault?.Code), Is.All.EqualTo(Codes.VersionConflict));
        Assert.That(changes.Count(c => c.Ok), Is.EqualTo(1));
        var (kept, first) = ((await All())[0], Array.FindIndex(changes, c => c.Ok));
        Assert.That((kept.Name, kept.Hours[0]), Is.EqualTo(($"By {first}", $"0{first}:00–24:00")), "nothing half done");
        Assert.That((await Remove(office.Value, seen)).Fault?.Code, Is.EqualTo(Codes.VersionConflict));
        (await Change(office.Value, "By both", null, kept.Version)).Must();
        Assert.That((await All())[0].Hours[0], Is.EqualTo(kept.Hours[0]), "what is left out stays");
    }

    [Test]
    public async Task Many_who_add_the_first_ones_at_once_have_one_usual_one()
    {
        const int AtOnce = 12;
        var added = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => Task.Run(() => Add($"Calendar {n}", usual: n % 2 == 0))));
        Assert.That(added.Select(a => a.Ok), Is.All.True);
        Assert.That((await Usual()).Select(c => c.Usual), Has.Exactly(1).True.And.Exactly(AtOnce - 1).False);
    }

    [Test]
    public async Task There_are_twenty_at_most()
    {
        for (var i = 0; i < AddCalendarRules.Most; i++)
        {
            (await Add($"Calendar {i}")).Must();
        }

        var refused = await Add("One more");
        Assert.That((refused.Fault?.Code, refused.Fault?.Detail), Is.EqualTo((Codes.Validation, AddCalendarRules.TooMany)));
        (await Remove((await All())[^1].Id)).Must();
        (await Add("One more")).Must();
    }

    [Test]
    public async Task Those_of_another_company_do_not_exist()
    {
        var office = (await Add("Office")).Must();
        Assert.That((await Change(office.Value, "Mine", null, null, _bob)).Fault?.Code, Is.EqualTo(Codes.NotFound));
        Assert.That((await Remove(office.Value, by: _bob)).Fault?.Code, Is.EqualTo(Codes.NotFound));
        Assert.That(await _world.Get<CalendarViews>().All(_bob, CancellationToken.None), Is.Empty);
        (await Add("Workshop", by: _bob)).Must();
        Assert.That(await Usual(), Is.EqualTo(new[] { ("Office", true) }));
        foreach (var roles in Rights.Each.Where(role => role != Roles.Admin))
        {
            Assert.That((await Remove(office.Value, by: _ada with { Roles = roles })).Fault?.Code, Is.EqualTo(Codes.Forbidden), roles.ToString());
        }
    }

    private Task<Outcome<CalendarId>> Add(string name, string[]? days = null, bool usual = false, Caller? by = null) =>
        _world.Ask<AddCalendar, CalendarId>(new AddCalendar(name, "Europe/Berlin", Week, days, usual), by ?? _ada);

    private Task<Outcome<CalendarId>> Change(Guid calendar, string name, string[]? hours, long? version, Caller? by = null) =>
        _world.Ask<ChangeCalendar, CalendarId>(new ChangeCalendar(calendar, name, null, hours, null, false, version), by ?? _ada);

    private Task<Outcome<Done>> Remove(Guid calendar, long? version = null, Caller? by = null) => _world.Ask<RemoveCalendar, Done>(new RemoveCalendar(calendar, version), by ?? _ada);

    private Task<IReadOnlyList<CalendarView>> All() => _world.Get<CalendarViews>().All(_ada, CancellationToken.None);

    private async Task<IEnumerable<(string Name, bool Usual)>> Usual() => (await All()).Select(c => (c.Name, c.Usual));
}
