using Exchange.Core.Handoffs;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Bus;

/// <summary>A broker is believed when its certificate comes from a known authority and bears its name.</summary>
[TestFixture]
internal sealed class When_the_broker_is_met_over_TLS
{
    private Site _site = null!;

    [SetUp]
    public async Task Open()
    {
        _site = await Site.Open(postgres: false, rabbit: true);
        _site.Settings["ConnectionStrings:RabbitMq"] = _site.Broker.At(new Uri(Servers.RabbitMqTls));
    }

    [TearDown]
    public async Task Close()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    [Test]
    public async Task One_that_the_settings_trust_carries()
    {
        var node = await _site.Node(api: true, settings: ("Bus:CaFile", Servers.Ca));
        await node.Connected();
        var story = await node.Begin();
        await node.Say(story.Placer, story.Handoff, "Sealed");
        await Soon.True("it is carried", () => node.Has(story.Handoff, Side.Fulfiller, "Sealed"));
        Secret(node);
    }

    [TestCase("nobody's")]
    [TestCase("another's")]
    [TestCase("by another name")]
    public async Task Any_other_is_refused(string how)
    {
        // Another name of this machine, which the certificate does not bear.
        var elsewhere = new UriBuilder(Servers.RabbitMqTls) { Host = System.Net.Dns.GetHostName() }.Uri;
        (string, string?)[] settings = how switch
        {
            "nobody's" => [],
            "another's" => [("Bus:CaFile", Servers.OtherCa)],
            _ => [("Bus:CaFile", Servers.Ca), ("ConnectionStrings:RabbitMq", _site.Broker.At(elsewhere))],
        };
        var node = await _site.Node(api: true, settings: settings);
        var story = await node.Begin();
        await node.Say(story.Placer, story.Handoff, "Not to a stranger");
        await Soon.True("a connection was tried and refused", () => node.Log.Say("Connection Failed"));
        Assert.That(node.Health.Trouble(), Is.Not.Null);
        Assert.That((await _site.Broker.Queues()).Count + (await _site.Broker.Exchanges()).Count, Is.Zero, "nobody came in");
        Assert.That(node.Log.Say("certificate"), Is.True, "the log says why");
        Secret(node);
    }

    [Test]
    public async Task A_wrong_password_is_told_without_it()
    {
        var node = await _site.Node(api: true, settings: ("ConnectionStrings:RabbitMq", new UriBuilder(_site.Broker.Address) { Password = "hunter2hunter2" }.Uri.AbsoluteUri));
        await Soon.True("a connection was tried and refused", () => node.Log.Say("Connection Failed"));
        Assert.That(node.Health.Trouble(), Is.Not.Null);
        Assert.That(node.Log.Say("hunter2"), Is.False);
        Secret(node);
    }

    /// <summary>Neither password nor user is in the log.</summary>
    private static void Secret(BusNode node)
    {
        var user = new Uri(Servers.RabbitMqTls).UserInfo.Split(':');
        Assert.That(node.Log.All.Where(line => line.Contains(user[1], StringComparison.Ordinal) || line.Contains($"{user[0]}@", StringComparison.Ordinal)), Is.Empty);
    }
}
