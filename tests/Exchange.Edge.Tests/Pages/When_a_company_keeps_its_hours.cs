using System.Globalization;
using System.Text.Json.Nodes;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Exchange.Web.Shell;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>The page of the calendars, without script.</summary>
public sealed class When_a_company_keeps_its_hours
{
    private const string Page = "/at/nordwind/settings/calendars";

    private ExchangeHost _host = null!;
    private JsonNode _nordwind = null!;
    private Browser _lena = null!;

    [SetUp]
    public async Task Begin()
    {
        _host = new ExchangeHost();
        _nordwind = await _host.SignUp("Nordwind");
        _lena = await Browser.Of(_host, _nordwind, "Lena Brandt", Roles.Admin);
    }

    [TearDown]
    public void End()
    {
        _lena.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task They_are_added_changed_and_removed_on_one_page()
    {
        Assert.That((await _lena.Go(Page)).Text, Does.Contain("No calendar yet.").And.Contain("Calendars"));
        Assert.That(_lena.Now.Html, Does.Contain("value=\"Etc/UTC\"").And.Not.Contain("name=\"Usual\""), "the company's zone is proposed, and the first one is the usual one");
        await Add("Office <b>x</b>", ("Tuesday", "8 - 12, 13:00–17:30"), ("Days", "2026-12-25 Christmas\r\n\r\n2026-05-01\r\n"));
        Assert.That(_lena.Now.Text, Does.Contain("The calendar is added.").And.Contain("Office <b>x</b>").And.Contain("the usual one · 16 h 30 min a week · Europe/Berlin"));
        Assert.That(_lena.Now.Text, Does.Contain("Monday, 08:00–12:00, 13:00–17:00").And.Contain("Tuesday, 08:00–12:00, 13:00–17:30").And.Contain("2 free days"));
        Assert.That(_lena.Now.Html, Does.Not.Contain("<b>x</b>"));
        Assert.That(Markup.TextOf(Days("Save Office <b>x</b>")), Is.EqualTo("2026-05-01 2026-12-25 Christmas"), "as it is kept");

        await _lena.Press("Save Office <b>x</b>", ("Name", "Office"), ("Tuesday", "08:00-12:00, 13:00-17:00"), ("Wednesday", "08:00-12:00, 13:00-17:00"), ("Sunday", "0-24"), ("Days", ""));
        Assert.That(_lena.Now.Text, Does.Contain("Saved.").And.Contain("Monday – Wednesday, 08:00–12:00, 13:00–17:00").And.Contain("Sunday, around the clock").And.Contain("48 h a week").And.Contain("0 free days"));
        await _lena.Press("Remove Office");
        Assert.That(_lena.Now.Text, Does.Contain("The calendar is removed.").And.Contain("No calendar yet."));
    }

    [Test]
    public async Task What_is_wrong_is_named_by_its_line_and_nothing_typed_is_lost()
    {
        await _lena.Go(Page);
        var refused = await Add(" ", ("Zone", "Berlin time"), ("Tuesday", "mornings"), ("Wednesday", "1-2,3-4,5-6,7-8"), ("Thursday", "12-8"), ("Days", "2026-12-25\n\nChristmas\n"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("A calendar has a name of up to 60 characters.").And.Contain("“Berlin time” is no time zone"));
        Assert.That(refused.Text, Does.Contain("Tuesday: “mornings” are no hours.").And.Contain("Wednesday: “1-2,3-4,5-6,7-8” are too many.").And.Contain("Thursday: “12-8” are in disorder."));
        Assert.That(refused.Text, Does.Contain("Free days, line 3: “Christmas” does not begin with a date").And.Not.Contain("Monday:"));
        Assert.That(Typed("Add the calendar"), Is.SupersetOf(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Zone"] = "Berlin time", ["Monday"] = "08:00-12:00, 13:00-17:00", ["Tuesday"] = "mornings", ["Wednesday"] = "1-2,3-4,5-6,7-8", ["Days"] = "2026-12-25\n\nChristmas",
        }));

        await Add("Office", ("Zone", "Europe/Berlin"), ("Tuesday", ""), ("Wednesday", ""), ("Thursday", ""), ("Days", ""));
        var wrong = await _lena.Press("Save Office", ("Saturday", "late"), ("Days", "2026-12-25\n2026-12-25 again"));
        Assert.That(wrong.Status, Is.EqualTo(400));
        Assert.That(wrong.Text, Does.Contain("Saturday: “late” are no hours.").And.Contain("line 2: “2026-12-25 again” has a date that stands there already"));
        Assert.That(Typed("Save Office")["Saturday"], Is.EqualTo("late"));
        Assert.That(wrong.Text, Does.Contain("0 free days"), "nothing is half done");
        await _lena.Press("Save Office", ("Saturday", "9-12"), ("Days", "2026-12-25"));
        Assert.That(_lena.Now.Text, Does.Contain("Saturday, 09:00–12:00").And.Contain("1 free day"));
    }

    [Test]
    public async Task Whoever_is_later_sees_what_the_other_did()
    {
        await _lena.Go(Page);
        await Add("Office");
        using var jonas = await Browser.Of(_host, _nordwind, "Jonas Weber", Roles.Admin);
        await jonas.Go(Page);
        await _lena.Press("Save Office", ("Friday", "8-12"));

        // A mistake on the way does not make what he has not seen a thing that he saw.
        Assert.That((await jonas.Press("Save Office", ("Saturday", "late"))).Status, Is.EqualTo(400));
        var stale = await jonas.Press("Save Office", ("Saturday", "9-12"));
        Assert.That(stale.Status, Is.EqualTo(412));
        Assert.That(stale.Text, Does.Contain("Somebody was faster").And.Contain("What stands in the list is true now").And.Contain("Friday, 08:00–12:00").And.Not.Contain("Saturday, 09:00"));
        Assert.That(Typed(jonas, "Save Office"), Is.SupersetOf(new Dictionary<string, string>(StringComparer.Ordinal) { ["Saturday"] = "9-12", ["Friday"] = "" }));
        await jonas.Press("Save Office", ("Friday", "8-12"));
        Assert.That(jonas.Now.Text, Does.Contain("Saved.").And.Contain("Friday, 08:00–12:00").And.Contain("Saturday, 09:00–12:00"));
        Assert.That((await _lena.Press("Remove Office")).Status, Is.EqualTo(412), "she has not seen his Saturday");
        Assert.That(_lena.Now.Text, Does.Contain("Saturday, 09:00–12:00"));
    }

    [Test]
    public async Task The_usual_one_goes_last()
    {
        await _lena.Go(Page);
        await Add("Office");
        await Add("Hall");
        Assert.That(_lena.Now.Text, Does.Contain("make another one the usual one first, then remove it."));
        var (office, version) = (Typed("Save Office")["calendar"], Typed("Save Office")["version"]);
        var refused = await _lena.Raw(HttpMethod.Post, $"{Page}?handler=Remove", _lena.Token(), ("calendar", office), ("version", version));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("Office"));
        Assert.That(refused.Html, Does.Match("id=\"problems\"[^§]*?This is the usual calendar: make another one the usual one first[^§]*</div>"), "it says what to do");
        await _lena.Press("Save Hall", ("Usual", "true"));
        await _lena.Press("Remove Office");
        Assert.That(_lena.Now.Text, Does.Contain("The calendar is removed.").And.Contain("the usual one").And.Not.Contain("Office"));
    }

    [Test]
    public async Task Others_neither_see_nor_change_them()
    {
        await _lena.Go(Page);
        await Add("Office");
        var (office, version) = (Typed("Save Office")["calendar"], Typed("Save Office")["version"]);
        using var jonas = await Browser.Of(_host, _nordwind, "Jonas Weber", Roles.Dispatcher | Roles.LinkAdmin);
        await jonas.Go("/me");
        Assert.That((await jonas.Raw(HttpMethod.Get, Page)).Status, Is.EqualTo(403));
        Assert.That((await jonas.Raw(HttpMethod.Post, $"{Page}?handler=Remove", jonas.Token(), ("calendar", office), ("version", version))).Status, Is.EqualTo(403));
        var brightfix = await _host.SignUp("Brightfix");
        using var tom = await Browser.Of(_host, brightfix, "Tom Ridley", Roles.Admin);
        await tom.Go("/at/brightfix/settings/calendars");
        Assert.That(tom.Now.Text, Does.Not.Contain("Office"));
        Assert.That((await tom.Raw(HttpMethod.Post, "/at/brightfix/settings/calendars?handler=Remove", tom.Token(), ("calendar", office), ("version", version))).Status, Is.EqualTo(404));
        Assert.That((await tom.Raw(HttpMethod.Post, "/at/brightfix/settings/calendars?handler=Change", tom.Token(), ("calendar", office), ("version", version), ("Name", "Mine"))).Status, Is.EqualTo(404));
        Assert.That((await tom.Raw(HttpMethod.Post, $"{Page}?handler=Remove", tom.Token(), ("calendar", office), ("version", version))).Status, Is.EqualTo(404));
        Assert.That((await _lena.Go(Page)).Text, Does.Contain("Office"));
    }

    private Task<Seen> Add(string name, params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] usual = [("Name", name), ("Zone", "Europe/Berlin"), ("Monday", "08:00-12:00, 13:00-17:00")];
        return _lena.Press("Add the calendar", [.. usual.Where(f => more.All(m => m.Name != f.Name)), .. more]);
    }

    private string Days(string button) => Typed(button)["Days"];

    private Dictionary<string, string> Typed(string button) => Typed(_lena, button);

    /// <summary>What stands in the form of this button.</summary>
    private static Dictionary<string, string> Typed(Browser browser, string button) =>
        Markup.Forms(browser.Now.Html).First(form => form.Has(button)).Fields().ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
}

/// <summary>What customers are told of a company's hours.</summary>
public sealed class When_customers_come_at_any_hour
{
    private const string Named = "canary";

    [Test]
    public async Task They_read_whether_the_company_works_now()
    {
        await using var scene = await CustomersScene.Begin();
        var request = (await scene.Send()).Path;
        await Both(scene, request, page => Assert.That(page.Text, Does.Not.Contain("Open now").And.Not.Contain("Closed now").And.Not.Contain("Times of"), "nothing stands there without a calendar"));

        // The hours are those of the calendar's zone, not of the company's, which is UTC here.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var monday = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(scene.Clock.GetUtcNow(), zone).DateTime).AddDays(1);
        while (monday.DayOfWeek != DayOfWeek.Monday)
        {
            monday = monday.AddDays(1);
        }

        await scene.Lena.Go("/at/nordwind/settings/calendars");
        (string, string?)[] week = [.. ((string[])["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]).Select(day => (day, (string?)"08:00-12:00, 13:00-17:00"))];
        var free = string.Join('\n', new[] { 1, 2 }.Select(day => $"{monday.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} Day {Named}"));
        await scene.Lena.Press("Add the calendar", [("Name", $"Office {Named}"), ("Zone", "America/New_York"), .. week, ("Days", free)]);
        Assert.That(scene.Lena.Now.Text, Does.Contain("The calendar is added."), scene.Lena.Now.Text);

        foreach (var (hour, says) in new[]
        {
            (7, "Closed now. Back today, 08:00."), (9, "Open now, until 12:00."), (12, "Closed now. Back today, 13:00."), (16, "Open now, until 17:00."), (18, "Closed now. Back on Thursday, 08:00."),
        })
        {
            var local = monday.ToDateTime(new TimeOnly(hour, 0));
            scene.Clock.Leap(new DateTimeOffset(local, zone.GetUtcOffset(local)) - scene.Clock.GetUtcNow());
            await Both(scene, request, page =>
            {
                Assert.That(page.Status, Is.EqualTo(200), page.Text);
                Assert.That(page.Text, Does.Contain(says).And.Contain("Monday – Friday, 08:00–12:00, 13:00–17:00").And.Contain("Times of America/New_York"));
                Assert.That(page.Html, Does.Not.Contain(Named), "names of calendars and of free days stay at home");
            });
        }
    }

    [TestCase("en", "2026-06-01T07:00Z", "Open now, until 17:00.")]
    [TestCase("en", "2026-06-01T16:00Z", "Closed now. Back on Tuesday, 08:00.")]
    [TestCase("en", "2026-06-05T12:00Z", "Closed now. Back today, 22:00.")]
    [TestCase("en", "2026-06-05T21:00Z", "Open now, until Saturday, 03:00.")]
    [TestCase("en", "2026-06-04T21:00Z", "Open now, until 24:00.")]
    [TestCase("en", "2026-12-19T12:00Z", "Closed until 4 January, 08:00.")]
    [TestCase("fr", "2026-06-01T07:00Z", "Ouvert en ce moment, jusqu’à 17:00.")]
    [TestCase("fr", "2026-06-01T16:00Z", "Fermé en ce moment. De retour mardi, 08:00.")]
    [TestCase("fr", "2026-12-19T12:00Z", "Fermé jusqu’au 4 janvier, 08:00.")]
    [TestCase("ru", "2026-06-01T07:00Z", "Сейчас открыто. Закроется: 17:00.")]
    [TestCase("ru", "2026-06-01T16:00Z", "Сейчас закрыто. Откроется: вторник, 08:00.")]
    [TestCase("ru", "2026-12-19T12:00Z", "Закрыто до 4 января, 08:00.")]
    public void They_read_it_in_their_language(string language, string at, string says)
    {
        var week = new[] { "8-17", "8-17", "8-17", "22-24", "22-24", "0-3", "" };
        var works = new WorkTime(
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            [.. week.Select(line => HoursText.Read(line, out var spans) == HoursFault.None ? spans : [])],
            Enumerable.Range(0, 16).Select(day => new DateOnly(2026, 12, 19).AddDays(day)));
        var now = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.That(Languages.In(language, () => WorkWords.Now(new Texts(), works, now)), Is.EqualTo(says));
    }

    [Test]
    public void They_read_the_week_in_their_language()
    {
        var week = new[] { "8-12, 13-17", "8-12, 13-17", "", "", "0-24", "", "" };
        var works = new WorkTime(TimeZoneInfo.Utc, [.. week.Select(line => HoursText.Read(line, out var spans) == HoursFault.None ? spans : [])], []);
        Assert.That(Languages.In("en", () => Words(works)), Is.EqualTo("Monday – Tuesday: 08:00–12:00, 13:00–17:00; Friday: around the clock; 40 h a week"));
        Assert.That(Languages.In("fr", () => Words(works)), Is.EqualTo("Lundi – mardi: 08:00–12:00, 13:00–17:00; Vendredi: jour et nuit; 40 h par semaine"));
        Assert.That(Languages.In("ru", () => Words(works)), Is.EqualTo("Понедельник – вторник: 08:00–12:00, 13:00–17:00; Пятница: круглосуточно; 40 ч в неделю"));
        Assert.That(Languages.In("en", () => WorkWords.Length(new Texts(), new TimeSpan(38, 30, 0))), Is.EqualTo("38 h 30 min a week"));
    }

    private static string Words(WorkTime works) =>
        $"{string.Join("; ", WorkWords.Week(new Texts(), works).Select(row => $"{row.Days}: {row.Hours}"))}; {WorkWords.Length(new Texts(), works.UsualWeek)}";

    private static async Task Both(CustomersScene scene, string request, Action<Seen> look)
    {
        look(await scene.Claire.Go("/for/nordwind"));
        look(await scene.Claire.Go(request));
    }
}
