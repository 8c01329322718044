using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

public sealed class When_somebody_signs_in
{
    [Test]
    public async Task He_is_at_the_desk_of_his_company()
    {
        using var host = new ExchangeHost();
        using var lena = await Browser.Of(host, await host.SignUp("Nordwind"), "Lena Brandt", Roles.Agent);
        var home = await lena.Go("/");
        Assert.That((home.Status, home.Path), Is.EqualTo((200, "/at/nordwind/home")));
        Assert.That(home.Text, Does.Contain("Lena Brandt"));
    }
}
