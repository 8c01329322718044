using System.Text;
using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

/// <summary>A canary sits in every field that the terms do not name, or that was taken out: it is looked for in all that a partner has.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_terms_name_fields(Engine engine)
{
    private readonly List<Envelope> _rung = [];
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;

    [SetUp]
    public async Task Begin()
    {
        _rung.Clear();
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        foreach (var (label, kind) in new[] { ("Site", "text"), ("Hours", "number"), ("Price of canaries", "text") })
        {
            (await _world.Ask<AddField, FieldId>(new AddField(label, kind, null, null, true), _ada)).Must();
        }
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task Nothing_crosses_where_they_name_none()
    {
        var handoff = await Accepted(await _world.Link(_ada, _bob), await Open("canary hall", "17.25", "canary price"));
        Assert.That((await _world.See(_bob, handoff)).Offer!.Fields, Is.Null);
        Assert.That((await _world.Ticket(_bob, handoff)).Received, Is.Null);
        await NoCanary(handoff, "canary", "17.25", "site");
    }

    [Test]
    public async Task What_they_name_stands_on_the_mirror_and_nothing_else_of_them()
    {
        var handoff = await Accepted(await Link("hours", "site"), await Open("Hall 3", "2.50", "canary price"));
        var mirror = await _world.Ticket(_bob, handoff);
        Assert.That(mirror.Received!.Select(f => (f.Key, f.Label, f.Kind, f.Value)), Is.EqualTo(new[] { ("site", "Site", "text", "Hall 3"), ("hours", "Hours", "number", "2.5") }));
        Assert.That(mirror.Fields, Is.Empty, "they are no fields of this desk");
        Assert.That((await _world.See(_bob, handoff)).Offer!.Fields!.Select(f => f.Value), Is.EqualTo(new[] { "Hall 3", "2.5" }));
        Assert.That(await _world.Get<FieldViews>().All(_bob, CancellationToken.None), Is.Empty);
        await NoCanary(handoff, "canary");
    }

    [Test]
    public async Task A_later_change_stays_at_home()
    {
        var ticket = await Open("Hall 3", null, null);
        var handoff = await Accepted(await Link("site"), ticket);
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(ticket, null, null, null, null, null, null, null, Given("canary hall", "17.25", null)), _ada)).Must();
        await _world.Carry();
        Assert.That((await _world.Ticket(_bob, handoff)).Received!.Select(f => f.Value), Is.EqualTo(new[] { "Hall 3" }));
        await NoCanary(handoff, "canary", "17.25");
    }

    [Test]
    public async Task What_was_taken_out_stays_and_what_they_do_not_name_cannot_be_picked()
    {
        var link = await Link("site", "hours");
        var ticket = await Open("canary hall", "2.5", "canary price");
        Assert.That(await _world.Refused(Offer(ticket, link, ["price-of-canaries"]), _ada), Is.EqualTo(Codes.ShareForbidden));
        var handoff = await Accepted(link, ticket, ["hours"]);
        Assert.That((await _world.Ticket(_bob, handoff)).Received!.Select(f => f.Key), Is.EqualTo(new[] { "hours" }));
        await NoCanary(handoff, "canary");
    }

    [Test]
    public async Task A_retired_one_goes_no_more()
    {
        var link = await Link("site", "hours");
        var ticket = await Open("canary hall", "2.5", null);
        (await _world.Ask<RetireField, Done>(new RetireField((await _world.Get<FieldViews>().All(_ada, CancellationToken.None))[0].Id), _ada)).Must();
        await NoCanary(await Accepted(link, ticket), "canary");
    }

    [Test]
    public async Task A_sealed_offer_keeps_them_apart_until_it_is_accepted()
    {
        var link = await _world.Link(_ada, _bob, Scenes.Terms(offers: "sealed") with { Fields = ["site"] });
        var handoff = await _world.Do(Offer(await Open("canary hall", null, null), link, null) with { Summary = "Something" }, _ada);
        await NoCanary(handoff, "canary", "site");
        await _world.Do(new AcceptHandoff(handoff, null, null), _bob);
        Assert.That((await _world.Ticket(_bob, handoff)).Received!.Select(f => f.Value), Is.EqualTo(new[] { "canary hall" }));
        Assert.That((await _world.See(_bob, handoff)).Offer!.Fields!.Select(f => f.Label), Is.EqualTo(new[] { "Site" }));
    }

    /// <summary>Even where the next link's terms name a field of that very key.</summary>
    [Test]
    public async Task They_go_to_no_next_hop()
    {
        var eve = await _world.Join("Eve");
        var down = await _world.Link(_bob, eve, Scenes.Terms() with { Fields = ["site"] });
        var parent = await Accepted(await Link("site"), await Open("canary hall", null, null));
        var mirror = (await _world.See(_bob, parent)).TicketId!.Value;
        var child = await _world.Do(Offer(mirror, down, null), _bob);
        await _world.Do(new AcceptHandoff(child, null, null), eve);
        Assert.That((await _world.Ticket(eve, child)).Received, Is.Null);
        var seen = await Seen(eve, child);
        Assert.That(seen, Does.Contain("Pump").And.Not.Contain("canary"));
    }

    [Test]
    public async Task A_rule_sends_none_since_nobody_looks()
    {
        var (eve, ticket) = (await _world.Join("Eve"), await Open("canary hall", null, null));
        var (first, second) = (await _world.Link(_ada, eve), await Link("site"));
        (await _world.Ask<MakeRoute, RouteId>(new MakeRoute("All", null, null, [first, second], true, null, null), _ada)).Must();
        var declined = await _world.Do(Offer(ticket, first, null), _ada);
        await _world.Do(new DeclineHandoff(declined, "no_capacity", null, null), eve);
        await _world.FireTimers();
        var next = (await _world.Get<HandoffViews>().List(_bob, new HandoffFilter(), new PageAsk(5, null), CancellationToken.None)).Items.Single();
        Assert.That(next.Offer!.Fields, Is.Null);
        await NoCanary(next.Id, "canary");
    }

    private Task<LinkId> Link(params string[] fields) => _world.Link(_ada, _bob, Scenes.Terms() with { Fields = fields });

    private static OfferHandoff Offer(TicketId ticket, LinkId link, IReadOnlyList<string>? fields) =>
        new(ticket, link, null, fields is null ? null : new ShareAsk(null, null, null, null, fields), null, null, null);

    private async Task<HandoffId> Accepted(LinkId link, TicketId ticket, IReadOnlyList<string>? fields = null)
    {
        var handoff = (await _world.Ask<OfferHandoff, HandoffId>(Offer(ticket, link, fields), _ada)).Must();
        (await _world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), _bob)).Must();
        while (_world.Rings() is { Count: > 0 } rung)
        {
            _rung.AddRange(rung);
            await _world.Relay.Bring([.. rung.Select(e => new HandoffId(e.Handoff))], CancellationToken.None);
        }

        return handoff;
    }

    private async Task<TicketId> Open(string? site, string? hours, string? price) =>
        (await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Pump", null, null, null, null, null, null, Given(site, hours, price)), _ada)).Must();

    private static Dictionary<string, FieldInput?> Given(string? site, string? hours, string? price) =>
        new (string Key, string? Value)[] { ("site", site), ("hours", hours), ("price-of-canaries", price) }.Where(f => f.Value is not null)
            .ToDictionary(f => f.Key, f => (FieldInput?)FieldInput.Typed(f.Value!), StringComparer.Ordinal);

    /// <summary>In no entry, on no mirror, in no answer or event of the partner, in no message of the bus.</summary>
    private async Task NoCanary(HandoffId handoff, params string[] planted)
    {
        var everywhere = await Seen(_bob, handoff) + JsonSerializer.Serialize(_rung) + Stored();
        foreach (var word in planted.Append("canaries"))
        {
            Assert.That(everywhere, Does.Not.Contain(word));
        }

        Assert.That(everywhere, Does.Contain("Pump"), "it looks where things are");
    }

    private async Task<string> Seen(Caller caller, HandoffId handoff)
    {
        await _world.Get<Sequencer>().Number([handoff], CancellationToken.None);
        await _world.Get<Sequencer>().NumberPending(CancellationToken.None);
        var ticket = (await _world.See(caller, handoff)).TicketId;
        return JsonSerializer.Serialize(new
        {
            View = await _world.See(caller, handoff),
            Log = await _world.Get<HandoffViews>().Entries(caller, handoff, new PageAsk(200, null), raw: false, CancellationToken.None),
            Talk = await _world.Talk(caller, handoff),
            Ticket = ticket is { } id ? await _world.Get<TicketViews>().One(caller, id, CancellationToken.None) : null,
            Tickets = (await _world.Get<TicketViews>().List(caller, new TicketFilter(), new PageAsk(50, null), CancellationToken.None)).Items,
            Events = await _world.Get<EventViews>().After(caller, 0, 500, CancellationToken.None),
        });
    }

    /// <summary>All rows but those that hold what stays at home: the values themselves, and what a sealed offer keeps apart.</summary>
    private string Stored()
    {
        using var moment = _world.Place.Moment();
        var text = new StringBuilder();
        foreach (var (table, row) in Rows.Everything(moment).Where(r => r.Table is not ("ticket_value" or "ticket_field" or "sealed" or "terms" or "sqlite_sequence")))
        {
            foreach (var value in row.Values)
            {
                text.Append(table).Append(' ').Append(value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value).Append('\n');
            }
        }

        return text.ToString();
    }
}
