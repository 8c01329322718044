using System.Text;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Handoffs;

[TestFixtureSource(typeof(Engines))]
public sealed class When_an_offer_is_sealed(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;
    private HandoffId _handoff;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _link = await _world.Link(_ada, _bob, Scenes.Terms(offers: "sealed"));
        var ticket = (await _world.Ask<OpenTicket, TicketId>(
            new OpenTicket("Canary subject", "Canary description", "high", new Contact("Canary Eva", null, null), new Asset("Canary lift", null, null), null), _ada)).Must();
        var message = (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(ticket, "Canary said", "customer", null, null, null, null), _ada)).Must();
        var file = (await _world.Upload(_ada, ticket, null, null, "canary.txt", Encoding.UTF8.GetBytes("canary bytes"))).Must();
        await _world.CheckFiles();
        _handoff = await _world.Do(
            new OfferHandoff(ticket, _link, "Canary note", new ShareAsk(true, true, [message.Id], [file]), null, null, null, "Something in Lyon"), _ada);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task The_partner_sees_a_summary_and_nothing_else_before_it_accepts()
    {
        var offer = (await _world.See(_bob, _handoff)).Offer!;
        Assert.That((offer.Subject, offer.Priority, offer.Sealed, offer.Files.Count), Is.EqualTo(("Something in Lyon", "high", true, 0)));
        await NoCanary();
    }

    [Test]
    public async Task Accepting_reveals_it_whole_with_what_was_picked_and_the_hash_holds()
    {
        await _world.Do(new AcceptHandoff(_handoff, null, null), _bob);
        await _world.CheckFiles();
        var ticket = await _world.Ticket(_bob, _handoff);
        Assert.That((ticket.Subject, ticket.Description, ticket.Contact!.Name, ticket.Asset!.Name), Is.EqualTo(("Canary subject", "Canary description", "Canary Eva", "Canary lift")));
        var seen = await _world.See(_bob, _handoff);
        Assert.That((seen.Offer!.Subject, seen.Offer.Note, seen.Offer.Files.Single().Name), Is.EqualTo(("Canary subject", "Canary note", "canary.txt")));
        Assert.That((await _world.Talk(_bob, _handoff)).Select(c => c.Body), Is.EqualTo(new[] { "Canary said" }));
        var log = await _world.Log(_bob, _handoff);
        Assert.That(log.Select(e => (e.Type, e.Side)), Is.EqualTo(new[]
        {
            ("offered", "placer"), ("accepted", "fulfiller"), ("revealed", "exchange"), ("commented", "placer"), ("file_added", "placer"),
        }));
        Assert.That(SealedOffers.HashOf(log[2].Data!.Value.GetProperty("content").GetString()!), Is.EqualTo(log[0].Data!.Value.GetProperty("sealed").GetString()));

        // The placer's own desk has its own items from that same commit on, with what they were copied from.
        var own = (await _world.Talk(_ada, _handoff)).Single();
        Assert.That((own.Body, own.DerivedFrom is not null), Is.EqualTo(("Canary said", true)));
        var files = (await _world.Get<FileViews>().List(_bob, ticket.Id, new Core.Store.PageAsk(10, null), CancellationToken.None))!.Items;
        Assert.That(files.Select(f => (f.Name, f.State)), Is.EqualTo(new[] { ("canary.txt", "available") }));
        Assert.That(await Kept(), Is.Zero);
    }

    [Test]
    public async Task Declined_it_is_never_opened_and_what_was_kept_back_goes()
    {
        await _world.Do(new DeclineHandoff(_handoff, "wrong_region", null, null), _bob);
        await NoCanary();
        Assert.That(await Kept(), Is.Zero);
        Assert.That((await _world.Log(_ada, _handoff)).Select(e => e.Data.ToString()), Has.None.Contains("Canary"), "it never was in the log");
    }

    [Test]
    public async Task A_counter_offer_is_made_on_the_summary_and_its_acceptance_reveals()
    {
        await _world.Do(new CounterHandoff(_handoff, null, null, "Only by day", null, null), _bob);
        await NoCanary();
        await _world.Do(new AcceptCounter(_handoff, null), _ada);
        Assert.That((await _world.Ticket(_bob, _handoff)).Subject, Is.EqualTo("Canary subject"));
    }

    private async Task NoCanary()
    {
        var seen = System.Text.Json.JsonSerializer.Serialize(new
        {
            View = await _world.See(_bob, _handoff), Log = await _world.Log(_bob, _handoff), Talk = await _world.Talk(_bob, _handoff),
        });
        Assert.That(seen, Does.Not.Contain("anary"));
    }

    private async Task<int> Kept()
    {
        await using var db = _world.Dialect.Read();
        return await db.SealedOffers.CountAsync(s => s.Handoff == _handoff);
    }
}
