using System.Text;
using System.Text.Json.Nodes;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Bus;

/// <summary>What exists on the broker, and what is in its messages.</summary>
[TestFixture]
internal sealed class When_nodes_meet_at_a_broker
{
    private const string Entries = "Exchange.Contracts.V1:EntriesAppended";
    private const string Changed = "Exchange.Contracts.V1:Changed";

    private Site _site = null!;
    private BusNode _one = null!;
    private BusNode _other = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _site = await Site.Open(postgres: true, rabbit: true);
        (_one, _other) = await _site.Crew();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_site is not null)
        {
            await _site.DisposeAsync();
        }
    }

    [Test, Order(1)]
    public async Task There_is_one_quorum_queue_and_a_temporary_one_for_each_API_node_and_nothing_else() => await NothingElse();

    [Test, Order(2)]
    public async Task Messages_that_nobody_understands_vanish_and_the_next_one_is_carried()
    {
        byte[][] strange =
        [
            [0, 255, 1, 254],
            "not json"u8.ToArray(),
            "{}"u8.ToArray(),
            Mass("""["urn:message:Nobody:Knows"]""", "{}"),
            Mass("""["urn:message:Exchange.Contracts.V1:EntriesAppended"]""", "null"),
            Mass("""["urn:message:Exchange.Contracts.V1:EntriesAppended"]""", "{}"),
            Mass("""["urn:message:Exchange.Contracts.V1:EntriesAppended"]""", """{"envelopes":[null]}"""),
            Mass("""["urn:message:Exchange.Contracts.V1:EntriesAppended"]""", """{"envelopes":[{"handoff":7}]}"""),
            Mass("""["urn:message:Exchange.Contracts.V1:EntriesAppended"]""", """{"envelopes":[{"handoff":"0195569e-3a00-7000-8000-000000000001","seq":1,"type":"sung","side":"moon","hash":""}]}"""),
            Mass("""["urn:message:Exchange.Contracts.V1:Probe"]""", "{}"),
            Mass("""["urn:message:Exchange.Contracts.V1:Changed"]""", """{"changes":null}"""),
        ];
        foreach (var exchange in (string[])["relay", Entries, Changed, _one.Bus.Live])
        {
            foreach (var body in strange)
            {
                foreach (var type in (string?[])["application/vnd.masstransit+json", null])
                {
                    await _site.Broker.Publish(exchange, body, type);
                }
            }
        }

        var story = await _one.Begin();
        await _one.Say(story.Placer, story.Handoff, "After the noise");
        await Soon.True("the next comment is carried", () => _other.Has(story.Handoff, Side.Fulfiller, "After the noise"));
        await Empty();
        await NothingElse();
        Assert.That(_site.Nodes.Select(node => node.Health.Trouble()), Is.All.Null);
    }

    [Test, Order(3)]
    public async Task No_text_goes_over_the_broker()
    {
        await _site.Broker.Tap("tap", Entries, Changed);
        var story = await _one.Begin("CANARY-subject");
        await _one.Say(story.Placer, story.Handoff, "CANARY-comment");
        BusNode.Must(await _one.Ask<CommentOnTicket, Said>(new CommentOnTicket(story.Ticket, "CANARY-note", null, null, null, null, null), story.Placer));
        var stored = BusNode.Must(await _one.Get<IBlobStore>().Store(new MemoryStream("CANARY-bytes"u8.ToArray()), 1 << 20, CancellationToken.None));
        BusNode.Must(await _one.Ask<AttachFile, FileId>(
            new AttachFile(story.Ticket, "partner", story.Handoff, "CANARY-name.txt", "text/plain", stored.Size, stored.Sha256, stored.Id), story.Placer));
        BusNode.Must(await _one.Ask<StartHandoff, HandoffId>(new StartHandoff(story.Handoff, null), story.Fulfiller));
        await _one.Settled(story.Handoff);

        var messages = new List<JsonNode>();
        await Soon.True("both kinds of message have come, of all entries", async () =>
        {
            messages.AddRange(await _site.Broker.Take("tap"));
            return Of(messages, Entries).Sum(m => m["envelopes"]!.AsArray().Count) >= 5 && Of(messages, Changed).Any();
        });
        var raw = messages.ConvertAll(m => m.ToJsonString() + Encoding.UTF8.GetString(Convert.FromBase64String((string)m["payload"]!)));
        foreach (var secret in (string[])["CANARY", "Agent of", "Pump", "placer-", story.Placer.Actor.Id])
        {
            Assert.That(raw.Where(m => m.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty, secret);
        }

        Assert.That(Of(messages, Entries).SelectMany(m => m.AsObject()).Select(p => p.Key).Distinct(StringComparer.Ordinal), Is.EquivalentTo(new[] { "envelopes" }));
        Assert.That(Of(messages, Entries).SelectMany(m => m["envelopes"]!.AsArray()).SelectMany(e => e!.AsObject()).Select(p => p.Key).Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(new[] { "handoff", "seq", "type", "side", "hash" }));
        Assert.That(Of(messages, Changed).SelectMany(m => m["changes"]!.AsArray()).SelectMany(c => c!.AsObject()).Select(p => p.Key).Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(new[] { "account", "kind", "id" }));
        await _site.Broker.DeleteQueue("tap");
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task Nodes_start_in_any_order(bool first, bool second)
    {
        await using var site = await Site.Open(postgres: true, rabbit: true);
        var one = await site.Node(api: first);
        await one.Connected();
        if (first)
        {
            // It says something before there is any queue: nothing waits for it, nobody is hurt.
            await one.Begin();
            await Soon.True("the exchange is there", () => site.Broker.HasExchanges(Entries));
        }

        var two = await site.Node(api: second);
        await two.Connected();
        var (api, worker) = first ? (one, two) : (two, one);
        var story = await api.Begin();
        await api.Say(story.Placer, story.Handoff, "Carried");
        await Soon.True("it is carried", () => api.Has(story.Handoff, Side.Fulfiller, "Carried"));
        foreach (var node in site.Nodes)
        {
            site.Clock.Ring(Worker.Bus.Watchdog.Every);
        }

        await Soon.True("probes come back", () => api.Pulse.Of(api.Bus.Live) > 0 && worker.Pulse.Of(Worker.Bus.Node.Relay) > 0);
        Assert.That(site.Nodes.Sum(node => node.Log.Count("PRECONDITION")), Is.Zero);
    }

    private static byte[] Mass(string types, string message) => Encoding.UTF8.GetBytes($$"""{"messageType":{{types}},"message":{{message}}}""");

    private static IEnumerable<JsonNode> Of(IEnumerable<JsonNode> messages, string exchange) => messages.Where(m => (string?)m["exchange"] == exchange)
        .Select(m => JsonNode.Parse(Convert.FromBase64String((string)m["payload"]!))!["message"]!);

    /// <summary>Everything that was put there has been taken.</summary>
    private Task<TimeSpan> Empty() => Soon.True("the queues are empty", async () =>
        (await _site.Broker.Queues()).All(q => (int?)q["messages"] == 0));

    private async Task NothingElse()
    {
        var lives = new[] { _one.Bus.Live, _other.Bus.Live };
        var queues = await _site.Broker.Queues();
        Assert.That(queues.Select(q => (string?)q["name"]), Is.EquivalentTo(lives.Append("relay")));
        foreach (var queue in queues)
        {
            var relay = (string?)queue["name"] == "relay";
            Assert.That(((string?)queue["type"], (bool)queue["durable"]!, (bool)queue["auto_delete"]!, (bool)queue["exclusive"]!),
                Is.EqualTo((relay ? "quorum" : "classic", relay, !relay, !relay)));
            Assert.That(queue["arguments"]!.ToJsonString(), Is.EqualTo(relay ? """{"x-queue-type":"quorum"}""" : "{}"));
        }

        var exchanges = (await _site.Broker.Exchanges()).ToDictionary(x => (string)x["name"]!, x => ((string?)x["type"], (bool)x["durable"]!, (bool)x["auto_delete"]!), StringComparer.Ordinal);
        Assert.That(exchanges.Keys, Is.EquivalentTo(lives.Concat(["relay", Entries, Changed])));
        Assert.That(exchanges.Where(x => !lives.Contains(x.Key, StringComparer.Ordinal)).Select(x => x.Value), Is.All.EqualTo(("fanout", true, false)));
        Assert.That(exchanges.Where(x => lives.Contains(x.Key, StringComparer.Ordinal)).Select(x => x.Value), Is.All.EqualTo(("fanout", false, true)));
    }
}
