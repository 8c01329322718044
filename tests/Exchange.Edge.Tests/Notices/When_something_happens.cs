using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Notices;
using Exchange.Core.Relay;
using Exchange.Edge.Tests.Handoffs;
using Exchange.Edge.Tests.TestKit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Notices;

/// <summary>Each kind of notice arises once, for the right people, and for nobody else.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_something_happens(Engine engine)
{
    private World _world = null!;
    private Caller _nordwind = null!;
    private Caller _brightfix = null!;
    private Caller _lena = null!;
    private Caller _jonas = null!;
    private Caller _ada = null!;
    private Caller _boss = null!;
    private Caller _tom = null!;
    private Caller _bea = null!;
    private LinkId _link;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_nordwind, _brightfix) = (await _world.Join("Nordwind"), await _world.Join("Brightfix"));
        _lena = await _world.Member(_nordwind, "Lena", Roles.Dispatcher);
        _jonas = await _world.Member(_nordwind, "Jonas", Roles.Agent);
        _ada = await _world.Member(_nordwind, "Ada", Roles.LinkAdmin);
        _boss = await _world.Member(_nordwind, "Boss", Roles.Admin);
        _tom = await _world.Member(_brightfix, "Tom", Roles.Dispatcher);
        _bea = await _world.Member(_brightfix, "Bea", Roles.LinkAdmin);
        _link = await _world.Link(_ada, _bea);
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task Each_is_told_once_and_to_the_right_people()
    {
        var ticket = await Open(_lena, "Jonas");
        var handoff = await _world.Offer(_jonas, ticket, _link);
        await _world.Tell();
        await _world.Do(new AcceptHandoff(handoff, null, null), _tom);
        await _world.Do(new StartHandoff(handoff, null), _tom);
        (await _world.Say(_tom, handoff, "On site at ten")).Must();
        await _world.Tell();
        await _world.Do(new AskHandoff(handoff, "Which floor?", null), _tom);
        await _world.Do(new AnswerHandoff(handoff, "The third.", null), _jonas);
        await _world.Do(new ResolveHandoff(handoff, "Fuse changed", null, null, null), _tom);
        await _world.Do(new ConfirmHandoff(handoff, null), _jonas);
        await _world.Tell();
        await _world.Tell();
        Assert.That(await _world.Told(_jonas), Is.EqualTo(new[]
        {
            "assigned", "partner-moved:accepted", "partner-said:commented", "partner-said:asked", "partner-moved:resolved",
        }));
        Assert.That(await _world.Told(_tom), Is.EqualTo(new[] { "offer-came", "partner-said:answered" }));
        Assert.That(await _world.Told(_ada), Is.EqualTo(new[] { "link-changed:active" }));
        Assert.That(await _world.Told(_bea), Is.Empty, "she accepted it herself");
        Assert.That(await _world.Told(_lena), Is.Empty, "it is Jonas’ ticket");
        Assert.That(await _world.Told(_boss), Is.Empty, "an admin sees nobody else’s");
        var said = (await _world.Notices(_jonas)).Single(n => n.Code == "commented");
        Assert.That((said.Who, said.Partner, said.Subject, said.Unread), Is.EqualTo(("Tom", "Brightfix", "Pump stands still", true)));
    }

    [Test]
    public async Task Nobody_is_told_of_what_he_did_himself()
    {
        // Pia works for both companies.
        var pia = await _world.Member(_nordwind, "Pia", Roles.Dispatcher);
        var piaThere = await _world.Member(_brightfix, "Pia", Roles.Dispatcher, PersonId.Of(pia));
        var ticket = await Open(pia, "Pia");
        var handoff = await _world.Offer(_lena, ticket, _link);
        await _world.Do(new AcceptHandoff(handoff, null, null), piaThere);
        (await _world.Say(piaThere, handoff, "To myself")).Must();
        (await _world.Say(_tom, handoff, "To you")).Must();
        await _world.Carry();
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _ada)).Must();
        await _world.Tell();
        Assert.That(await _world.Told(pia), Is.EqualTo(new[] { "partner-said:commented" }));
        Assert.That((await _world.Notices(pia)).Single().Who, Is.EqualTo("Tom"));
        Assert.That(await _world.Told(_ada), Has.None.EqualTo("link-changed:suspended"));
        Assert.That(await _world.Told(_bea), Has.One.EqualTo("link-changed:suspended"));
    }

    [Test]
    public async Task Of_a_ticket_that_nobody_has_the_dispatchers_are_told_and_whoever_has_left_is_not()
    {
        var handoff = await _world.Offer(_lena, await Open(_lena, "Jonas"), _link);
        (await _world.Ask<RemoveMember, PersonId>(new RemoveMember(PersonId.Of(_jonas)!.Value), _nordwind)).Must();
        (await _world.Ask<ChangeMember, PersonId>(new ChangeMember(PersonId.Of(_tom)!.Value, Roles.Auditor), _brightfix)).Must();
        var uma = await _world.Member(_brightfix, "Uma", Roles.Dispatcher);
        await _world.Do(new AcceptHandoff(handoff, null, null), uma);
        await _world.Tell();
        Assert.That(await _world.Told(_lena), Is.EqualTo(new[] { "partner-moved:accepted" }));
        Assert.That(await _world.Told(_jonas), Is.Empty);
        Assert.That(await _world.Told(_tom), Is.Empty, "he was a dispatcher");
        Assert.That(await _world.Told(uma), Is.EqualTo(new[] { "offer-came" }));
    }

    [Test]
    public async Task What_happened_before_somebody_came_is_not_told_to_him_and_old_news_to_nobody()
    {
        await _world.Offer(_lena, await Open(_lena, null), _link);
        await _world.Number();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await _world.Member(_brightfix, "Late", Roles.Dispatcher);
        await _world.Tell();
        Assert.That((await _world.Told(_tom), await _world.Told(late)), Is.EqualTo((new[] { "offer-came" }, Array.Empty<string>())));

        await _world.Offer(_lena, await Open(_lena, null), _link);
        await _world.Number();
        await _world.Ask<MarkEvents, Done>(new MarkEvents(), Caller.Exchange);
        _world.Clock.Advance(NoticeKinds.News + TimeSpan.FromMinutes(1));
        await _world.Tell();
        Assert.That(await _world.Told(late), Is.Empty);
    }

    [Test]
    public async Task What_was_kept_while_a_link_stood_still_is_news_when_it_comes()
    {
        await _world.Choose(_jonas, NoticeKind.PartnerSaid, app: true, mail: true);
        var handoff = await _world.Offer(_lena, await Open(_lena, "Jonas"), _link);
        await _world.Do(new AcceptHandoff(handoff, null, null), _tom);
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _ada)).Must();
        (await _world.Say(_tom, handoff, "Kept")).Must();
        await _world.Tell();
        await _world.Ask<MarkEvents, Done>(new MarkEvents(), Caller.Exchange);
        _world.Clock.Advance(2 * NoticeKinds.News);
        Assert.That(await _world.Told(_jonas), Has.None.StartsWith("partner-said"), "he does not have it yet");
        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(_link, null), _ada)).Must();
        await _world.Heal();
        await _world.Tell();
        Assert.That(await _world.Told(_jonas), Has.One.StartsWith("partner-said"));
        Assert.That((await _world.Send()).Select(s => s.Mail.Kind), Has.One.EqualTo(NoticeKind.PartnerSaid));
    }

    [Test]
    public async Task Picks_of_an_offer_come_with_it()
    {
        var ticket = await Open(_lena, null);
        var note = (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(ticket, "For the customer", "customer", null, null, null, null), _lena)).Must();
        await _world.Do(new OfferHandoff(ticket, _link, null, new ShareAsk(null, null, [note.Id], null), null, null, null), _lena);
        await _world.Tell();
        Assert.That(await _world.Told(_tom), Is.EqualTo(new[] { "offer-came" }));
    }

    [Test]
    public async Task A_crash_between_notice_and_cursor_neither_loses_nor_doubles_one()
    {
        await _world.Offer(_lena, await Open(_lena, null), _link);
        await _world.Number();
        for (var crash = 0; crash < 2; crash++)
        {
            await _world.Dialect.Do<Told>(
                async unit =>
                {
                    Assert.That((await _world.Get<TellNoticesDeed>().Do(new TellNotices(_brightfix.Account), Caller.Exchange, unit)).Ok, Is.True);
                    return new Fault(Codes.NotReady, "The power failed before the commit.");
                },
                CancellationToken.None);
            Assert.That(await _world.Told(_tom), Is.Empty);
            await _world.Crash();
        }

        await _world.Tell();
        Assert.That(await _world.Told(_tom), Is.EqualTo(new[] { "offer-came" }));

        // As after a restored backup of the cursor alone: nothing is told twice, whatever the cursor says.
        await Change(db => db.NoticeCursors.ExecuteUpdateAsync(set => set.SetProperty(c => c.Number, 0)));
        await _world.Crash();
        await _world.Offer(_lena, await Open(_lena, null), _link);
        await _world.Tell();
        Assert.That(await _world.Told(_tom), Is.EqualTo(new[] { "offer-came", "offer-came" }), "the second is new");
    }

    [Test]
    public async Task A_second_worker_at_the_same_time_doubles_nothing()
    {
        await using var other = engine.IsServer ? _world.Node() : null;
        for (var i = 0; i < 5; i++)
        {
            await _world.Offer(_lena, await Open(_lena, null), _link);
        }

        await _world.Number();
        await Task.WhenAll(_world.Get<Teller>().Tell(CancellationToken.None), (other ?? _world).Get<Teller>().Tell(CancellationToken.None));
        await _world.Tell();
        Assert.That(await _world.Told(_tom), Is.EqualTo(Enumerable.Repeat("offer-came", 5)));
    }

    [Test]
    public async Task A_time_that_went_by_is_told_once_to_both_and_not_while_the_link_stands_still()
    {
        var due = _world.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        var handoff = await _world.Do(new OfferHandoff(await Open(_lena, "Jonas"), _link, null, null, null, null, due), _jonas);
        await _world.Do(new AcceptHandoff(handoff, null, null), _tom);
        await Over(TimeSpan.FromMinutes(30));
        Assert.That(await Late(_jonas), Is.Zero);
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _ada)).Must();
        await Over(TimeSpan.FromHours(2));
        Assert.That(await Late(_jonas), Is.Zero, "the clock stands still");
        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(_link, null), _ada)).Must();
        await Over(TimeSpan.FromMinutes(29));
        Assert.That(await Late(_jonas), Is.Zero);
        await Over(TimeSpan.FromMinutes(2));
        await Over(TimeSpan.FromMinutes(2));
        Assert.That((await Late(_jonas), await Late(_tom), await Late(_lena)), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task A_parked_entry_is_told_to_those_who_look_after_links()
    {
        var handoff = await _world.Running(_nordwind, _brightfix, _link);
        (await _world.Say(_brightfix, handoff, "stuck")).Must();
        await _world.Ask<HoldBond, HandoffId>(new HoldBond(handoff, Side.Placer, "No mapping.", Park: true), Caller.Exchange);
        await _world.Tell();
        Assert.That(await _world.Told(_ada), Is.EquivalentTo(new[] { "link-changed:active", "parked" }));
        Assert.That(await _world.Told(_bea), Has.None.EqualTo("parked"), "it is Nordwind’s desk");
    }

    [Test]
    public async Task A_link_tells_its_life()
    {
        (await _world.Ask<ProposeTerms, TermsId>(new ProposeTerms(_link, Scenes.Terms(confirmAfterDays: 9), null), _ada)).Must();
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _bea)).Must();
        (await _world.Ask<ResumeLink, LinkId>(new ResumeLink(_link, null), _bea)).Must();
        (await _world.Ask<DrainLink, LinkId>(new DrainLink(_link, null, null), _ada)).Must();
        (await _world.Ask<TerminateLink, LinkId>(new TerminateLink(_link, null, null), _bea)).Must();
        await _world.Tell();
        Assert.That(await _world.Told(_ada), Is.EquivalentTo(new[] { "link-changed:active", "link-changed:suspended", "link-changed:resumed", "link-changed:terminated" }));
        Assert.That(await _world.Told(_bea), Is.EquivalentTo(new[] { "link-changed:terms_proposed", "link-changed:draining" }));
        Assert.That(await _world.Told(_jonas), Is.Empty);
    }

    [Test]
    public async Task Everybody_reads_and_marks_his_own_alone()
    {
        var ticket = await Open(_lena, "Jonas");
        await _world.Tell();
        foreach (var other in (Caller[])[_lena, _boss, _tom, _nordwind, _brightfix])
        {
            Assert.That(await _world.Told(other), Is.Empty, other.Actor.Name);
            await _world.Ask<ReadNotices, Done>(new ReadNotices(UpTo: long.MaxValue), other);
            await _world.Ask<ReadNotices, Done>(new ReadNotices(Ticket: ticket), other);
        }

        var views = _world.Get<NoticeViews>();
        Assert.That((await views.Unread(_jonas, 50, CancellationToken.None), await views.Unread(_lena, 50, CancellationToken.None)), Is.EqualTo((1, 0)));
        Assert.That(await views.UnreadOf(_jonas, [ticket], CancellationToken.None), Is.EqualTo(new[] { ticket }));
        Assert.That(await views.UnreadOf(_lena, [ticket], CancellationToken.None), Is.Empty);
        (await _world.Ask<ReadNotices, Done>(new ReadNotices(Ticket: ticket), _jonas)).Must();
        Assert.That(await views.Unread(_jonas, 50, CancellationToken.None), Is.Zero);
        Assert.That((await _world.Notices(_jonas)).Single().Unread, Is.False);
    }

    [Test]
    public async Task What_came_after_the_look_stays_unread()
    {
        await Open(_lena, "Jonas");
        await _world.Tell();
        var seen = (await _world.Notices(_jonas))[0].Number;
        await Open(_lena, "Jonas");
        await _world.Tell();
        (await _world.Ask<ReadNotices, Done>(new ReadNotices(UpTo: seen), _jonas)).Must();
        Assert.That((await _world.Notices(_jonas)).Select(n => n.Unread), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task Who_wants_to_hear_nothing_of_a_kind_does_not_and_the_others_still_do()
    {
        await _world.Choose(_jonas, NoticeKind.Assigned, app: false, mail: false);
        await Open(_lena, "Jonas");
        var handoff = await _world.Offer(_lena, await Open(_lena, "Jonas"), _link);
        await _world.Do(new AcceptHandoff(handoff, null, null), _tom);
        await _world.Tell();
        Assert.That(await _world.Told(_jonas), Is.EqualTo(new[] { "partner-moved:accepted" }));
        Assert.That((await _world.Get<NoticeViews>().Rules(_lena, CancellationToken.None)).Single(r => r.Kind == NoticeKind.Assigned).InApp, Is.True, "it was his choice, for himself");
    }

    [Test]
    public async Task A_ticket_given_to_oneself_or_kept_is_nothing_new()
    {
        var ticket = await Open(_jonas, "Jonas");
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(ticket, null, null, "high", null, "Jonas", null), _lena)).Must();
        await _world.Tell();
        Assert.That(await _world.Told(_jonas), Is.Empty);
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(ticket, null, null, null, null, "Lena", null), _jonas)).Must();
        (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(ticket, null, null, null, null, "Jonas", null), _nordwind)).Must();
        await _world.Tell();
        Assert.That((await _world.Told(_jonas), await _world.Told(_lena)), Is.EqualTo((new[] { "assigned" }, new[] { "assigned" })), "each was given it once by somebody else");
    }

    private async Task<TicketId> Open(Caller by, string? assignee) =>
        (await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Pump stands still", null, null, null, null, assignee), by)).Must();

    private async Task Over(TimeSpan passes)
    {
        _world.Clock.Advance(passes);
        await _world.Get<Teller>().NoteOverTime(CancellationToken.None);
        await _world.Tell();
    }

    private async Task<int> Late(Caller reader) => (await _world.Told(reader)).Count(kind => kind == "over-time");

    private async Task Change(Func<Core.Store.ExchangeDb, Task<int>> change) => (await _world.Dialect.Do<Done>(
        async unit =>
        {
            await change(unit.Db);
            return default(Done);
        },
        CancellationToken.None)).Must();
}
