using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_a_person_settles_his_own_things
{
    private ExchangeHost _host = null!;

    [OneTimeSetUp]
    public void Start() => _host = new ExchangeHost();

    [OneTimeTearDown]
    public void Stop() => _host.Dispose();

    [Test]
    public async Task He_is_called_by_his_new_name_in_his_company_and_read_to_in_his_language()
    {
        using var lena = await Browser.Of(_host, await _host.SignUp("Renamed"), "Lena Brandt", Roles.Admin);
        await lena.Go("/me");
        var saved = await lena.Press("Save", ("name", "Léna <b>Brandt</b>"), ("language", "fr"), ("zone", "Europe/Paris"));
        Assert.That(saved.Text, Does.Contain("Enregistré.").And.Contain("Nom et langue"));
        var members = await lena.Go("/at/renamed/settings/members");
        Assert.That(members.Text, Does.Contain("Léna <b>Brandt</b>"));
        Assert.That(members.Html, Does.Not.Contain("<b>Brandt</b>"), "what is typed is shown as text");

        await lena.Go("/me");
        var refused = await lena.Press("Enregistrer", ("name", "Léna"), ("zone", "Nowhere/At all"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("Le fuseau horaire est un nom IANA"));
        Assert.That(refused.Html, Does.Contain("value=\"Nowhere/At all\""), "what was typed stays");
    }

    [Test]
    public async Task A_new_password_ends_all_other_sessions_at_once()
    {
        using var here = await Browser.OfNobody(_host, "Lena Brandt");
        using var there = new Browser(_host);
        await there.SignIn(here.Email, Browser.Password);
        Assert.That((await there.Go("/me")).Path, Is.EqualTo("/me"));

        await here.Go("/me");
        var wrong = await here.Press("Change the password", ("present", "something else"), ("password", "a wholly new sentence"));
        Assert.That(wrong.Status, Is.EqualTo(400));
        Assert.That(wrong.Text, Does.Contain("This is not your password."));
        var weak = await here.Press("Change the password", ("present", Browser.Password), ("password", "short"));
        Assert.That(weak.Text, Does.Contain("A password has 10 characters or more."));

        var changed = await here.Press("Change the password", ("present", Browser.Password), ("password", "a wholly new sentence"));
        Assert.That(changed.Text, Does.Contain("Your password is changed."));
        Assert.That((await there.Go("/me")).Path, Does.StartWith("/sign-in"), "out at once");
        Assert.That((await there.SignIn(here.Email, Browser.Password)).Status, Is.EqualTo(401));
        Assert.That((await there.SignIn(here.Email, "a wholly new sentence")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task He_ends_one_session_of_several_and_nobody_elses()
    {
        using var here = await Browser.OfNobody(_host, "Lena Brandt");
        using var there = new Browser(_host);
        await there.SignIn(here.Email, Browser.Password);
        using var stranger = await Browser.OfNobody(_host, "Somebody Else");

        var page = await here.Go("/me");
        Assert.That(page.Text, Does.Contain("This one"));
        var id = App.Find(page.Html, "name=\"session\" value=\"([^\"]+)\"");
        await stranger.Go("/me");
        await stranger.Raw(HttpMethod.Post, "/me?handler=EndSession", stranger.Token(), ("session", id));
        Assert.That((await there.Go("/me")).Path, Is.EqualTo("/me"), "a session is its owner's alone");

        var ended = await here.Press("Sign out there");
        Assert.That(ended.Text, Does.Contain("That browser is signed out.").And.Not.Contain("Sign out there"));
        Assert.That((await there.Go("/me")).Path, Does.StartWith("/sign-in"));
        Assert.That((await here.Go("/me")).Path, Is.EqualTo("/me"));
    }

    [Test]
    public async Task The_second_factor_is_asked_for_once_its_app_has_shown_a_code()
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        await lena.Go("/me");
        var setUp = await lena.Press("Set up an app");
        Assert.That(setUp.Html, Does.Contain("<svg class=\"qr\"").And.Not.Contain("style="));
        var key = App.Find(setUp.Html, "name=\"key\" value=\"([^\"]+)\"");

        var wrong = await lena.Press("Ask for it from now on", ("code", "000000"));
        Assert.That(wrong.Text, Does.Contain("This is not the code that the app shows now."));
        Assert.That(wrong.Html, Does.Contain("<svg class=\"qr\""), "the picture stays until it worked");
        var codes = await lena.Press("Ask for it from now on", ("code", App.Code(key, DateTimeOffset.UtcNow)));
        var recovery = App.Find(codes.Html, "<code>([^<]+)</code>");
        Assert.That(recovery, Is.Not.Empty);
        Assert.That((await lena.Go("/me")).Html, Does.Not.Contain(recovery), "shown once");

        using var other = new Browser(_host);
        Assert.That((await other.SignIn(lena.Email, Browser.Password)).Text, Does.Contain("Code of your authenticator app"));
        Assert.That((await other.Go("/me")).Path, Does.StartWith("/sign-in"), "the password alone opens nothing");
        await other.SignIn(lena.Email, Browser.Password);
        Assert.That((await other.Press("Sign in", ("code", "000000"))).Status, Is.EqualTo(401));
        Assert.That((await other.Press("Sign in", ("code", App.Code(key, DateTimeOffset.UtcNow.AddSeconds(30))))).Path, Is.EqualTo("/accounts"), "the next one: each opens once");

        using var lost = new Browser(_host);
        await lost.SignIn(lena.Email, Browser.Password);
        Assert.That((await lost.Press("Sign in", ("code", recovery))).Path, Is.EqualTo("/accounts"));
        using var twice = new Browser(_host);
        await twice.SignIn(lena.Email, Browser.Password);
        Assert.That((await twice.Press("Sign in", ("code", recovery))).Status, Is.EqualTo(401), "a recovery code works once");

        await lost.Go("/me");
        Assert.That((await lost.Press("Ask for the password alone", ("password", "not it"))).Status, Is.EqualTo(400));
        Assert.That((await lost.Press("Ask for the password alone", ("password", Browser.Password))).Text, Does.Contain("Your password alone opens the desk now."));
    }

    [Test]
    public async Task Single_letters_can_be_turned_off()
    {
        using var lena = await Browser.Of(_host, await _host.SignUp("Letters"), "Lena Brandt", Roles.Agent);
        Assert.That((await lena.Go("/at/letters/home")).Html, Does.Not.Contain("data-keys=\"off\""));
        await lena.Go("/me");
        await lena.Press("Turn the letters off in this browser");
        Assert.That((await lena.Go("/at/letters/home")).Html, Does.Contain("data-keys=\"off\""));
        await lena.Go("/me");
        await lena.Press("Turn the letters on");
        Assert.That((await lena.Go("/at/letters/home")).Html, Does.Not.Contain("data-keys=\"off\""));
    }
}
