using Exchange.Core.Store;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_a_password_is_forgotten
{
    [Test]
    public async Task A_mailed_link_sets_a_new_one_once_and_tells_nobody_who_is_here()
    {
        using var mailbox = new Mailbox();
        using var host = new ExchangeHost(more: services => services.AddSingleton(mailbox.Settings));
        using var lena = await Browser.OfNobody(host, "Lena Brandt");
        using var lost = new Browser(host);
        await lost.Go("/reset");
        var unknown = await lost.Press("Ask for a link", ("email", "nobody@people.example"));
        await lost.Go("/reset");
        var known = await lost.Press("Ask for a link", ("email", lena.Email));
        Assert.That((known.Status, known.Text), Is.EqualTo((unknown.Status, unknown.Text)));

        var mail = await mailbox.Next();
        Assert.That(mail.Envelope, Does.Contain($"RCPT TO:<{lena.Email}>"), "and none went to the other");
        var code = App.Find(mail.Text, @"https://desk\.example/reset/(\S+)");
        Assert.That(code, Has.Length.GreaterThan(30));

        await lost.Go($"/reset/{code}");
        Assert.That((await lost.Press("Set it", ("password", "short"))).Status, Is.EqualTo(400), "a refused one does not use the link up");
        var set = await lost.Press("Set it", ("password", "remembered at last"));
        Assert.That(set.Text, Does.Contain("Your new password is set"));
        Assert.That((await lena.Go("/me")).Path, Does.StartWith("/sign-in"), "all sessions are over");
        await lost.Go($"/reset/{code}");
        Assert.That((await lost.Press("Set it", ("password", "another one again"))).Status, Is.EqualTo(404), "it works once");
        Assert.That((await lost.SignIn(lena.Email, "remembered at last")).Path, Is.EqualTo("/accounts"));
        Assert.That(mailbox.IsEmpty);
    }

    [Test]
    public async Task Without_a_mail_server_the_operator_finds_the_link_in_the_log()
    {
        using var log = new CapturedLog();
        using var host = new ExchangeHost(more: services => services.AddSingleton<ILoggerProvider>(log));
        using var lena = await Browser.OfNobody(host, "Lena Brandt");
        using var lost = new Browser(host);
        await lost.Go("/reset");
        Assert.That((await lost.Press("Ask for a link", ("email", lena.Email))).Text, Does.Contain("ask the operator"));
        await Eventually.True(() => Task.FromResult(log.Lines.Any(line => line.Contains("/reset/", StringComparison.Ordinal))));
        var code = App.Find(log.Lines.Single(line => line.Contains("/reset/", StringComparison.Ordinal)), @"/reset/(\S+)");
        await lost.Go($"/reset/{code}");
        Assert.That((await lost.Press("Set it", ("password", "remembered at last"))).Path, Is.EqualTo("/sign-in"));
    }

    [Test]
    public async Task A_mail_that_a_busy_server_turned_away_goes_out_a_little_later()
    {
        using var mailbox = new Mailbox(refuseFirst: 1);
        using var log = new CapturedLog();
        using var host = new ExchangeHost(more: services => services.AddSingleton(mailbox.Settings).AddSingleton<ILoggerProvider>(log));
        using var lena = await Browser.OfNobody(host, "Lena Brandt");
        using var lost = new Browser(host);
        await lost.Go("/reset");
        await lost.Press("Ask for a link", ("email", lena.Email));
        var code = App.Find((await mailbox.Next()).Text, @"/reset/(\S+)");
        Assert.That(log.Lines, Has.Some.Contains("it is tried again").And.None.Contains(code), "no code in the log where mails go out");
    }
}
