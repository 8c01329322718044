using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Microsoft.AspNetCore.Mvc.Testing;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_somebody_signs_in
{
    private ExchangeHost _host = null!;

    [OneTimeSetUp]
    public void Start() => _host = new ExchangeHost();

    [OneTimeTearDown]
    public void Stop() => _host.Dispose();

    [Test]
    public async Task He_is_at_the_desk_of_his_company()
    {
        using var lena = await Browser.Of(_host, await _host.SignUp("Homely"), "Lena Brandt", Roles.Agent);
        var home = await lena.Go("/");
        Assert.That((home.Status, home.Path), Is.EqualTo((200, "/at/homely/home")));
        Assert.That(home.Text, Does.Contain("Lena Brandt"));
    }

    [Test]
    public async Task An_e_mail_that_nobody_has_is_answered_as_a_wrong_password_to_the_end()
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        List<(int, string)> known = [], unknown = [];
        for (var attempt = 0; attempt < 6; attempt++)
        {
            known.Add(await Wrong(lena.Email));
            unknown.Add(await Wrong("nobody.at.all@people.example"));
        }

        Assert.That(unknown, Is.EqualTo(known), "who has an account here is nobody's business");
        Assert.That(known[3].Item2, Is.Not.EqualTo(known[5].Item2), "after five the lock is told");
    }

    [Test]
    public async Task Five_wrong_passwords_lock_out_the_right_one()
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.That((await Wrong(lena.Email)).Status, Is.EqualTo(401));
        }

        using var again = new Browser(_host);
        var refused = await again.SignIn(lena.Email, Browser.Password);
        Assert.That(refused.Status, Is.EqualTo(401));
        Assert.That(refused.Text, Does.Contain("Too many wrong attempts"));
        Assert.That((await lena.Go("/accounts")).Status, Is.EqualTo(200), "who is in stays in");
    }

    [Test]
    public async Task The_twenty_first_attempt_in_a_moment_has_to_wait_and_others_do_not()
    {
        using var browser = new Browser(_host);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.That((await browser.SignIn("hasty@people.example", "wrong")).Status, Is.EqualTo(401));
        }

        var refused = await browser.SignIn("hasty@people.example", "wrong");
        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That((await browser.SignIn("calm@people.example", "wrong")).Status, Is.EqualTo(401), "another e-mail has a count of its own");
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example/")]
    [TestCase("/\\elsewhere.example/")]
    [TestCase("javascript:alert(1)")]
    public async Task He_is_led_to_no_other_site(string then)
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        using var other = new Browser(_host);
        var seen = await other.SignIn(lena.Email, Browser.Password, then);
        Assert.That((seen.Status, seen.Path), Is.EqualTo((200, "/accounts")));
        var language = await other.Raw(HttpMethod.Get, $"/language?to=fr&then={Uri.EscapeDataString(then)}");
        Assert.That(language.Response.Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    [TestCase("http://localhost", false)]
    [TestCase("https://localhost", true)]
    public async Task His_cookie_is_kept_from_scripts_and_other_sites(string address, bool secure)
    {
        using var lena = await Browser.OfNobody(_host, "Lena Brandt");
        using var client = _host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(address) });
        var form = Markup.Forms(await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).First();
        using var content = new FormUrlEncodedContent(form.Fill(null, [("email", lena.Email), ("password", Browser.Password)]).Fields);
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("exchange=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.That(cookie, Does.Contain("; httponly").And.Contain("; samesite=lax"));
        Assert.That(cookie.Contains("; secure", StringComparison.Ordinal), Is.EqualTo(secure));
    }

    private async Task<(int Status, string Text)> Wrong(string email)
    {
        using var browser = new Browser(_host);
        var seen = await browser.SignIn(email, "not the password");
        return (seen.Status, seen.Text);
    }
}
