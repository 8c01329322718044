using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>Codes, links and passwords, sent once more by somebody who looked over a shoulder.</summary>
public sealed class When_a_secret_is_used_again
{
    private ExchangeHost _host = null!;

    private IPeople People => _host.Services.GetRequiredService<IPeople>();

    [OneTimeSetUp]
    public void Start() => _host = new ExchangeHost();

    [OneTimeTearDown]
    public void Stop() => _host.Dispose();

    [Test]
    public async Task A_code_of_the_app_opens_once()
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        await lena.Go("/me");
        var key = App.Find((await lena.Press("Set up an app")).Html, "name=\"key\" value=\"([^\"]+)\"");
        var now = DateTimeOffset.UtcNow;
        var (first, second, third) = (App.Code(key, now.AddSeconds(-30)), App.Code(key, now), App.Code(key, now.AddSeconds(30)));
        await lena.Press("Ask for it from now on", ("code", first));
        Assert.That(await With(lena.Email, first), Is.EqualTo(401), "it was shown once already, to set the app up");
        Assert.That(await With(lena.Email, second), Is.EqualTo(200));
        Assert.That(await With(lena.Email, third), Is.EqualTo(200), "the next one is another");
        Assert.That(await With(lena.Email, second), Is.EqualTo(401), "not the last one, and used");
        Assert.That(await With(lena.Email, third), Is.EqualTo(401));
    }

    [Test]
    public async Task A_new_password_ends_every_link_to_another()
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        var (one, other, late) = (await Code(lena), await Code(lena), "");
        Assert.That((await People.Reset(one, "remembered at last", default)).Ok, Is.True);
        Assert.That((await People.Reset(other, "somebody else's choice", default)).Ok, Is.False, "asked for before");
        late = await Code(lena);
        await lena.SignIn(lena.Email, "remembered at last");
        await lena.Go("/me");
        await lena.Press("Change the password", ("present", "remembered at last"), ("password", "and changed by herself"));
        Assert.That((await People.Reset(late, "somebody else's choice", default)).Ok, Is.False, "asked for before she changed it");
        Assert.That((await People.Reset(await Code(lena), "the newest of them all", default)).Ok, Is.True);
    }

    [Test]
    public async Task Who_sits_at_an_open_browser_does_not_guess_its_password()
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        await lena.Go("/me");
        var token = lena.Token();
        for (var attempt = 0; attempt < 18; attempt++)
        {
            var wrong = attempt % 2 == 0
                ? await lena.Raw(HttpMethod.Post, "/me?handler=Password", token, ("present", $"guess {attempt}"), ("password", "a wholly new sentence"))
                : await lena.Raw(HttpMethod.Post, "/me?handler=EndTwoFactor", token, ("password", $"guess {attempt}"));
            Assert.That(wrong.Status, Is.EqualTo(400));
        }

        List<int> after = [];
        for (var attempt = 0; attempt < 4; attempt++)
        {
            after.Add((await lena.Raw(HttpMethod.Post, "/me?handler=Password", token, ("present", Browser.Password), ("password", "x"))).Status);
        }

        Assert.That(after[^1], Is.EqualTo(429), "it waits, as at the sign-in");
    }

    [TestCase("Remove from {0}")]
    [TestCase("Save the roles")]
    public async Task An_admin_who_is_one_no_more_has_left_no_way_back(string button)
    {
        var name = button[0] == 'R' ? "Leaving" : "Demoting";
        var account = await _host.SignUp(name);
        using var lena = await Browser.Of(_host, account, "Lena Brandt", Roles.Admin);
        using var eve = await Browser.Of(_host, account, "Eve Former", Roles.Admin);
        var members = $"/at/{name.ToLowerInvariant()}/settings/members";
        await eve.Go(members);
        var way = App.Find((await eve.Press("Make an invitation", ("email", "eve.again@people.example"), ("roles", "Admin"))).Html, "<code class=\"key\">http://localhost([^<]+)</code>");
        await lena.Go(members);
        await lena.PressIn(eve.Person.ToString(), string.Format(System.Globalization.CultureInfo.InvariantCulture, button, name), button[0] == 'S' ? [("roles", "Agent")] : []);
        Assert.That((await eve.Go(way)).Status, Is.EqualTo(404), "what she had made for herself");
        Assert.That((await eve.Go(members)).Status, Is.EqualTo(button[0] == 'R' ? 404 : 403));
    }

    [Test]
    public async Task Who_changes_the_roles_of_others_ends_no_invitation()
    {
        var account = await _host.SignUp("Staying");
        using var lena = await Browser.Of(_host, account, "Lena Brandt", Roles.Admin);
        using var tom = await Browser.Of(_host, account, "Tom Ridley", Roles.Agent);
        await lena.Go("/at/staying/settings/members");
        var way = App.Find((await lena.Press("Make an invitation", ("email", "ann@people.example"), ("roles", "Agent"))).Html, "<code class=\"key\">http://localhost([^<]+)</code>");
        await lena.Go("/at/staying/settings/members");
        await lena.PressIn(tom.Person.ToString(), "Save the roles", ("roles", "Quality"));
        await lena.PressIn(tom.Person.ToString(), "Remove from Staying");
        Assert.That((await tom.Go(way)).Status, Is.EqualTo(200));
    }

    private async Task<string> Code(Browser of) => (await People.ResetCode(of.Email, default))!;

    private async Task<int> With(string email, string code)
    {
        using var browser = new Browser(_host);
        await browser.SignIn(email, Browser.Password);
        return (await browser.Press("Sign in", ("code", code))).Status;
    }
}
