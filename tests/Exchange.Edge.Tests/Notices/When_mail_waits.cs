using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Edge.Tests.Handoffs;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Notices;

/// <summary>Mails to people of the desk: few, gathered, and once; whatever a partner does.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_mail_waits(Engine engine)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private World _world = null!;
    private Caller _nordwind = null!;
    private Caller _brightfix = null!;
    private Caller _jonas = null!;
    private Caller _tom = null!;
    private LinkId _link;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        (_nordwind, _brightfix) = (await _world.Join("Nordwind"), await _world.Join("Brightfix"));
        _jonas = await _world.Member(_nordwind, "Jonas", Roles.Agent);
        _tom = await _world.Member(_brightfix, "Tom", Roles.Dispatcher);
        _link = await _world.Link(_nordwind, _brightfix);
        await _world.Tell();
        await _world.Send();
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task It_names_the_kind_the_number_and_the_partner_and_goes_once()
    {
        await Offered();
        await _world.Tell();
        var (to, mail) = (await _world.Send()).Single();
        Assert.That((to, mail.Kind, mail.Company, mail.Partner, mail.TicketNumber, mail.Path, mail.More), Is.EqualTo((PersonId.Of(_tom)!.Value, NoticeKind.OfferCame, "Brightfix", "Nordwind", (string?)null, "offers", 0)));
        await _world.Tell();
        await _world.Crash();
        _world.Clock.Advance(TimeSpan.FromMinutes(11));
        await _world.Tell();
        Assert.That(await _world.Send(), Is.Empty);
    }

    [Test]
    public async Task About_one_ticket_it_goes_once_in_ten_minutes_and_gathers_what_came_meanwhile()
    {
        await _world.Choose(_jonas, NoticeKind.PartnerSaid, app: true, mail: true);
        var (handoff, number) = await Working();
        await Say(handoff, 1);
        var first = (await _world.Send()).Single().Mail;
        Assert.That((first.Kind, first.Code, first.TicketNumber, first.Path, first.More), Is.EqualTo((NoticeKind.PartnerSaid, "commented", number, $"tickets/{number}", 0)));
        for (var i = 0; i < 4; i++)
        {
            _world.Clock.Advance(Second);
            await Say(handoff, 1);
            Assert.That(await _world.Send(), Is.Empty);
        }

        _world.Clock.Advance(TakeNoticeMailDeed.Between - (10 * Second));
        Assert.That(await _world.Mails(), Is.Empty, "it is not looked at again and again");
        _world.Clock.Advance(10 * Second);
        Assert.That((await _world.Send()).Single().Mail.More, Is.EqualTo(3));
        _world.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.That(await _world.Send(), Is.Empty);
    }

    [Test]
    public async Task A_flood_of_a_partner_makes_thirty_an_hour()
    {
        for (var i = 0; i < TakeNoticeMailDeed.MostInAnHour + 5; i++)
        {
            await Offered();
        }

        await _world.Tell();
        Assert.That(await _world.Send(), Has.Count.EqualTo(TakeNoticeMailDeed.MostInAnHour));
        Assert.That(await _world.Mails(), Is.Empty, "the rest is in the desk alone");
        Assert.That(await _world.Told(_tom), Has.Count.EqualTo(TakeNoticeMailDeed.MostInAnHour + 5));
        _world.Clock.Advance(TimeSpan.FromMinutes(61));
        await Offered();
        await _world.Tell();
        Assert.That(await _world.Send(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_flood_on_one_ticket_is_one_mail()
    {
        await _world.Choose(_jonas, NoticeKind.PartnerSaid, app: true, mail: true);
        var (handoff, _) = await Working();
        await Say(handoff, TellNoticesDeed.Batch + 50);
        Assert.That(await _world.Told(_jonas), Has.Count.EqualTo(TellNoticesDeed.MostUnread), "nor does it fill the table");
        Assert.That((await _world.Send()).Single().Mail.More, Is.EqualTo(TellNoticesDeed.MostUnread - 2), "beside the first one, and that it was accepted");
        await _world.Ask<ReadNotices, Done>(new ReadNotices(UpTo: long.MaxValue), _jonas);
        await Say(handoff, 1);
        Assert.That(await _world.Told(_jonas), Has.Count.EqualTo(TellNoticesDeed.MostUnread + 1));
    }

    [Test]
    public async Task What_was_read_or_is_wanted_no_more_is_not_mailed()
    {
        await Offered();
        await _world.Tell();
        await _world.Ask<ReadNotices, Done>(new ReadNotices(UpTo: long.MaxValue), _tom);
        Assert.That(await _world.Send(), Is.Empty, "read");

        await Offered();
        await _world.Tell();
        await _world.Choose(_tom, NoticeKind.OfferCame, app: true, mail: false);
        Assert.That(await _world.Send(), Is.Empty, "switched off meanwhile");
        await Offered();
        await _world.Tell();
        Assert.That(await _world.Send(), Is.Empty, "switched off");

        await _world.Choose(_tom, NoticeKind.OfferCame, app: false, mail: true);
        await Offered();
        await _world.Tell();
        Assert.That(await _world.Send(), Has.Count.EqualTo(1), "by mail alone");
        Assert.That(await _world.Told(_tom), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Whoever_has_left_gets_none_and_old_ones_are_not_sent()
    {
        await Offered();
        await _world.Tell();
        var due = (await _world.Mails()).Single();
        (await _world.Ask<RemoveMember, PersonId>(new RemoveMember(PersonId.Of(_tom)!.Value), _brightfix)).Must();
        Assert.That((await _world.Ask<TakeNoticeMail, NoticeMailTaken>(new TakeNoticeMail(due.Account, due.Person, due.Topic), Caller.Exchange)).Must().Mail, Is.Null);

        var uma = await _world.Member(_brightfix, "Uma", Roles.Dispatcher);
        await Offered();
        await _world.Tell();
        _world.Clock.Advance(NoticeKinds.MailNews + Second);
        Assert.That(await _world.Send(), Is.Empty, "no server took mail for an hour: the desk has it");
        Assert.That(await _world.Told(uma), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Two_nodes_send_it_once()
    {
        await using var other = engine.IsServer ? _world.Node() : null;
        await Offered();
        await _world.Tell();
        var sent = await Task.WhenAll(_world.Send(), (other ?? _world).Send());
        Assert.That(sent.Sum(s => s.Count), Is.EqualTo(1));
    }

    private async Task<HandoffId> Offered() => await _world.Offer(_nordwind, await _world.OpenTicket(_nordwind), _link);

    private async Task<(HandoffId Handoff, string Number)> Working()
    {
        var ticket = (await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Pump", null, null, null, null, "Jonas"), _jonas)).Must();
        var handoff = await _world.Offer(_jonas, ticket, _link);
        await _world.Do(new AcceptHandoff(handoff, null, null), _tom);
        await _world.Tell();
        await _world.Send();
        return (handoff, (await _world.Get<TicketViews>().One(_jonas, ticket, CancellationToken.None))!.Number);
    }

    private async Task Say(HandoffId handoff, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await _world.Say(_tom, handoff, "On the way")).Must();
        }

        await _world.Tell();
    }
}
