using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Properties;

/// <summary>I8, told as stories: one's own desk knows one's own acts at once, and the partner's only when the relay brings them.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_news_cross(Engine engine)
{
    private World _world = null!;
    private Caller _ada = null!;
    private Caller _bob = null!;
    private LinkId _link;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_ada, _bob) = (await _world.Join("Ada"), await _world.Join("Bob"));
        _link = await _world.Link(_ada, _bob);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_recall_stays_when_the_accept_before_it_comes_late()
    {
        var handoff = await _world.Offer(_ada, await _world.OpenTicket(_ada), _link);
        (await _world.Ask<AcceptHandoff, HandoffId>(new AcceptHandoff(handoff, null, null), _bob)).Must();
        (await _world.Ask<RecallHandoff, HandoffId>(new RecallHandoff(handoff, "changed", null, null), _ada)).Must();
        await _world.Carry();
        var view = await Ticket(_ada, handoff);
        Assert.That((view.Handoffs.Single().State, view.Handoffs.Single().PartnerTicketNumber), Is.EqualTo(("recalled", "1")));
        Assert.That(view.Status, Is.EqualTo("open"));
    }

    [Test]
    public async Task A_mirror_that_was_returned_is_not_opened_by_an_answer_that_comes_late()
    {
        var handoff = await _world.Running(_ada, _bob, _link);
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(handoff, "which?", null), _bob)).Must();
        (await _world.Ask<AnswerHandoff, HandoffId>(new AnswerHandoff(handoff, "the red one", null), _ada)).Must();
        (await _world.Ask<ReturnHandoff, HandoffId>(new ReturnHandoff(handoff, "not_ours", null, null), _bob)).Must();
        await _world.Carry();
        var view = await Ticket(_bob, handoff);
        Assert.That((view.Status, view.Handoffs.Single().State), Is.EqualTo(("closed", "returned")));
    }

    [Test]
    public async Task A_closed_ticket_is_not_opened_by_a_solution_that_comes_late()
    {
        var handoff = await _world.Running(_ada, _bob, _link);
        (await _world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(handoff, "replaced", null, null, null), _bob)).Must();
        (await _world.Ask<ConfirmHandoff, HandoffId>(new ConfirmHandoff(handoff, null), _ada)).Must();
        (await Set(_ada, handoff, "closed")).Must();
        await _world.Carry();
        Assert.That((await Ticket(_ada, handoff)).Status, Is.EqualTo("closed"));
    }

    [Test]
    public async Task A_status_that_a_person_has_set_is_not_changed_by_old_news()
    {
        var handoff = await _world.Running(_ada, _bob, _link);
        (await _world.Ask<ResolveHandoff, HandoffId>(new ResolveHandoff(handoff, "replaced", null, null, null), _bob)).Must();
        (await _world.Ask<ConfirmHandoff, HandoffId>(new ConfirmHandoff(handoff, null), _ada)).Must();
        (await Set(_ada, handoff, "with_partner")).Must();
        await _world.Carry();
        Assert.That((await Ticket(_ada, handoff)).Status, Is.EqualTo("with_partner"));
    }

    [Test]
    public async Task A_second_question_is_not_dealt_with_because_the_first_one_was([Values] bool apart)
    {
        var handoff = await _world.Running(_ada, _bob, _link);
        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(handoff, "which?", null), _bob)).Must();
        await _world.Carry();
        (await Set(_ada, handoff, "open")).Must();
        (await _world.Ask<ResumeHandoff, HandoffId>(new ResumeHandoff(handoff, "by telephone", null), _bob)).Must();
        if (apart)
        {
            await _world.Carry();
        }

        (await _world.Ask<AskHandoff, HandoffId>(new AskHandoff(handoff, "and when?", null), _bob)).Must();
        await _world.Carry();
        Assert.That((await Ticket(_ada, handoff)).Status, Is.EqualTo("check"));
    }

    private async Task<TicketView> Ticket(Caller caller, HandoffId handoff)
    {
        var id = (await _world.Get<HandoffViews>().One(caller, handoff, CancellationToken.None))!.TicketId!.Value;
        return (await _world.Get<TicketViews>().One(caller, id, CancellationToken.None))!;
    }

    private async Task<Outcome<TicketId>> Set(Caller caller, HandoffId handoff, string status) =>
        await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket((await Ticket(caller, handoff)).Id, status, null, null, null, null, null), caller);
}
