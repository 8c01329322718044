using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>What an index alone can decide: one has it, and the others are told so as if they had come later.</summary>
[TestFixtureSource(typeof(Servers))]
public sealed class When_two_want_the_same(Engine engine)
{
    private static readonly int Rounds = Effort.Of(6, 100);

    private World _world = null!;
    private World _other = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        _other = _world.Node();
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
    }

    [TearDown]
    public async Task End()
    {
        await _other.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task One_slug_goes_to_one_company()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var outcomes = await Together(node => node.Ask<SignUp, SignedUp>(new SignUp("Acme", $"acme-{round}", null), Caller.Stranger));
            Assert.That(outcomes.Count(o => o.Ok), Is.EqualTo(1));
            Assert.That(outcomes.Where(o => !o.Ok).Select(o => (o.Fault!.Code, o.Fault.Errors?.ContainsKey("slug"))), Is.All.EqualTo((Codes.Validation, (bool?)true)));
        }
    }

    [Test]
    public async Task Two_companies_are_linked_once_though_each_accepts_the_other()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (one, two) = (await _world.Join("One"), await _world.Join("Two"));
            var (from, back) = ((await _world.Ask<InvitePartner, Invited>(new InvitePartner(null), one)).Must(), (await _world.Ask<InvitePartner, Invited>(new InvitePartner(null), two)).Must());
            var outcomes = await Task.WhenAll(
                Task.Run(() => _world.Ask<AcceptInvitation, LinkId>(new AcceptInvitation(from.InviteCode), two)),
                Task.Run(() => _other.Ask<AcceptInvitation, LinkId>(new AcceptInvitation(back.InviteCode), one)));
            Assert.That(outcomes.Count(o => o.Ok), Is.EqualTo(1));
            Assert.That(outcomes.Single(o => !o.Ok).Fault!.Code, Is.EqualTo(Codes.AlreadyLinked));
        }
    }

    [Test]
    public async Task A_ticket_goes_over_a_link_once()
    {
        var link = await _world.Link(_ada, _bob);
        for (var round = 0; round < Rounds; round++)
        {
            var ticket = await _world.OpenTicket(_ada);
            var outcomes = await Together(node => node.Ask<OfferHandoff, HandoffId>(new OfferHandoff(ticket, link, null, null, null, null, null), _ada));
            Assert.That(outcomes.Count(o => o.Ok), Is.EqualTo(1));
            Assert.That(outcomes.Where(o => !o.Ok).Select(o => o.Fault!.Code), Is.All.EqualTo(Codes.AlreadyHandedOver));
        }
    }

    [Test]
    public async Task Tickets_that_are_opened_together_have_numbers_of_their_own()
    {
        // Ten at once, again and again: who waits for hundreds before him is answered 503 after a while, and rightly so.
        for (var round = 0; round < Rounds; round++)
        {
            var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
                Task.Run(() => (i % 2 == 0 ? _world : _other).Ask<OpenTicket, TicketId>(new OpenTicket($"Pump {i}", null, null, null, null, null), _ada))));
            Assert.That(opened.Select(o => o.Fault?.Detail), Is.All.Null);
        }

        using var tables = _world.Tables();
        Assert.That(Rows.Each(tables, "SELECT number FROM ticket", r => r.GetInt64(0)).Order(), Is.EqualTo(Enumerable.Range(1, 10 * Rounds).Select(i => (long)i)));
    }

    [Test]
    public async Task An_invitation_is_accepted_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var guests = new List<Caller> { await _world.Join("One"), await _world.Join("Two") };
            var invited = (await _world.Ask<InvitePartner, Invited>(new InvitePartner(null), _ada)).Must();
            var outcomes = await Task.WhenAll(guests.Select((guest, i) =>
                Task.Run(() => (i == 0 ? _world : _other).Ask<AcceptInvitation, LinkId>(new AcceptInvitation(invited.InviteCode), guest))));
            Assert.That(outcomes.Count(o => o.Ok), Is.EqualTo(1));
            Assert.That(outcomes.Single(o => !o.Ok).Fault!.Code, Is.EqualTo(Codes.AlreadyAnswered));
        }
    }

    private Task<T[]> Together<T>(Func<World, Task<T>> ask) => Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => ask(i % 2 == 0 ? _world : _other))));
}
