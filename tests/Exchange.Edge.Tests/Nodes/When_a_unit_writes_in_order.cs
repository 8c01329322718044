using System.Text;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>Statements that a unit keeps back go out before whatever its context asks, so that the order of a deed is the order of the server.</summary>
[TestFixtureSource(typeof(Servers))]
public sealed class When_a_unit_writes_in_order(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private HandoffId _handoff;
    private TicketId _own;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _handoff = await _world.Running(_ada, _bob, await _world.Link(_ada, _bob));
        _own = (await _world.Get<HandoffViews>().One(_ada, _handoff, CancellationToken.None))!.TicketId!.Value;
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_comment_and_its_retraction_in_one_batch_of_the_relay_leave_it_retracted()
    {
        var said = (await _world.Say(_ada, _handoff, "too much")).Must().Id;
        (await _world.Ask<RetractComment, Said>(new RetractComment(said), _ada)).Must();
        await _world.Carry();
        var item = _world.Read().Items[(_handoff.Value, 2)].Single(i => i.Id == said);
        Assert.That((item.Retracted, item.Body), Is.EqualTo((true, "")));
    }

    [Test]
    public async Task Files_come_with_the_comment_that_names_them()
    {
        var file = (await _world.Upload(_ada, _own, "internal", null, "plan.txt", Encoding.UTF8.GetBytes("a plan"))).Must();
        var said = (await _world.Ask<CommentOnHandoff, Said>(new CommentOnHandoff(_handoff, "the plan", [file], null, null), _ada)).Must().Id;
        await _world.Carry();
        await _world.CheckFiles();
        foreach (var caller in (Caller[])[_ada, _bob])
        {
            var page = (await _world.Get<ConversationViews>().OfHandoff(caller, _handoff, new PageAsk(50, null), CancellationToken.None))!;
            Assert.That(page.Items.Single(c => c.Id == said).Files.Select(f => f.Name), Is.EqualTo((string[])["plan.txt"]), caller.AccountName);
        }
    }

    [Test]
    public async Task A_command_moves_its_handoff_and_its_own_ticket_together()
    {
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(_handoff, "which?", null), _bob)).Must();
        var rows = _world.Read();
        var mirror = rows.Bonds.Single(b => b.Side == 2).Ticket;
        Assert.That((rows.Handoffs.Single().State, rows.Tickets.Single(t => t.Id == mirror).Status, rows.Items[(_handoff.Value, 2)].Last().Kind), Is.EqualTo(("waiting_placer", "waiting", "question")));
    }
}
