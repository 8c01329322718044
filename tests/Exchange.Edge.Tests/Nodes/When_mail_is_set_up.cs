using Exchange.Core.Store;
using Exchange.Worker;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

public sealed class When_mail_is_set_up
{
    [TestCase("Mail:From=desk", "Mail:From")]
    [TestCase("Mail:From=desk@company.example", "Mail:Links")]
    [TestCase("Mail:From=desk@company.example;Mail:Links=desk.company.example", "Mail:Links")]
    [TestCase("Mail:From=desk@company.example;Mail:Links=https://desk.company.example;Mail:Port=0", "Mail:Port")]
    [TestCase("Mail:From=desk@company.example;Mail:Links=https://desk.company.example;Mail:User=desk", "Mail:Password")]
    [TestCase("Mail:From=desk@company.example;Mail:Links=https://desk.company.example;Mail:User=desk;Mail:Password=x;Mail:Tls=false", "in the clear")]
    public void What_cannot_be_is_refused_with_what_to_change(string settings, string named) =>
        Assert.That(() => Read($"Mail:Host=smtp.company.example;{settings}"), Throws.TypeOf<StartRefused>().With.Message.Contains(named));

    [TestCase("")]
    [TestCase("Mail:Host=smtp.company.example;Mail:From=desk@company.example;Mail:Links=https://desk.company.example;Mail:User=desk;Mail:Password=x")]
    public void What_can_be_is_taken(string settings) => Assert.That(Read(settings).Mail.Port, Is.EqualTo(587));

    private static Settings Read(string settings) => Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(
        settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build());
}
