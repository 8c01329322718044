using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Notices;

/// <summary>A mail to the customer: that there is an answer, and a link. It opens his page, and those that he has still do.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_a_customer_is_answered(Engine engine)
{
    private World _world = null!;
    private Caller _nordwind = null!;
    private Caller _jonas = null!;
    private RequesterInvited _asked = null!;

    [SetUp]
    public async Task Begin()
    {
        _world = World.Open(engine);
        _nordwind = await _world.Join("Nordwind");
        _jonas = await _world.Member(_nordwind, "Jonas", Roles.Agent);
        await Form(mails: true);
        _asked = (await _world.Ask<OpenByCustomer, RequesterInvited>(
            new OpenByCustomer("Claire Dubois", "claire@parc.example", null, "Till 4 is dark", "It stays dark", null, null, null, null, Language: "fr"),
            Requester.As(_nordwind.Account, "Nordwind", "Claire Dubois"))).Must();
        Assert.That(await Sent(), Is.Null, "what he writes himself is no news to him");
    }

    [TearDown]
    public ValueTask End() => _world.DisposeAsync();

    [Test]
    public async Task A_mail_says_so_and_brings_a_link()
    {
        await Answer("CANARY");
        var mail = await Sent();
        Assert.That((mail!.Email, mail.Language, mail.Company, mail.Number, mail.News), Is.EqualTo(("claire@parc.example", "fr", "Nordwind", _asked.Number, CustomerNews.Answered)));
        foreach (var token in (string[])[mail.Token, _asked.Token])
        {
            Assert.That((await _world.Get<CustomerViews>().One(token, CancellationToken.None))?.Items.Select(i => i.Body), Is.EqualTo(new[] { "It stays dark", "CANARY" }), "the new link and the old one");
        }

        Assert.That(await Sent(), Is.Null, "once");
        Assert.That(_world.Log.Lines, Has.None.Contains(mail.Token).And.None.Contains("CANARY"));
    }

    [Test]
    public async Task Ten_minutes_lie_between_two()
    {
        await Answer("one");
        Assert.That(await Sent(), Is.Not.Null);
        await Answer("two");
        await Answer("three");
        Assert.That(await Sent(), Is.Null);
        Assert.That(await Due(), Is.Empty, "it is not looked at again and again");
        _world.Clock.Advance(TakeNoticeMailDeed.Between + TimeSpan.FromSeconds(1));
        Assert.That((await Sent())?.News, Is.EqualTo(CustomerNews.Answered));
        Assert.That(await Due(), Is.Empty);
    }

    [TestCase("resolved", CustomerNews.Resolved)]
    [TestCase("closed", CustomerNews.Closed)]
    public async Task That_it_is_done_is_told_too(string status, CustomerNews news)
    {
        await Set(status);
        Assert.That((await Sent())?.News, Is.EqualTo(news));
    }

    [Test]
    public async Task What_was_taken_back_before_it_went_is_not_told()
    {
        await Set("resolved");
        await Set("open");
        Assert.That(await Sent(), Is.Null, "it is open again");
        var said = await Answer("a slip");
        (await _world.Ask<RetractComment, Said>(new RetractComment(said), _jonas)).Must();
        Assert.That(await Sent(), Is.Null);
        Assert.That(await Due(), Is.Empty);
    }

    [Test]
    public async Task Nothing_else_is_told()
    {
        (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(_asked.Ticket, "inside", null, null, null, null, null), _jonas)).Must();
        await Set("waiting");
        (await _world.Ask<ReplyByCustomer, Done>(new ReplyByCustomer(_asked.Token, "I am there", null), Requester.As(_nordwind.Account, "Nordwind", "Claire Dubois"))).Must();
        Assert.That(await Sent(), Is.Null);

        // A ticket with a contact that nobody has given a link.
        var own = (await _world.Ask<OpenTicket, TicketId>(new OpenTicket("Own", null, null, new Contact("Somebody", "somebody@x.example", null), null, null), _jonas)).Must();
        (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(own, "hello", "customer", null, null, null, null), _jonas)).Must();
        Assert.That(await Sent(own), Is.Null);
    }

    [Test]
    public async Task The_company_may_switch_it_off()
    {
        await Form(mails: false);
        await Answer("one");
        Assert.That(await Sent(), Is.Null);
        Assert.That(await Due(), Is.Empty);
    }

    [Test]
    public async Task A_new_link_by_hand_ends_those_of_mails()
    {
        await Answer("one");
        var mail = (await Sent())!;
        var invited = (await _world.Ask<InviteRequester, RequesterInvited>(new InviteRequester(_asked.Ticket, "Paul Dubois", "paul@parc.example", "en"), _jonas)).Must();
        Assert.That(await _world.Get<CustomerViews>().One(mail.Token, CancellationToken.None), Is.Null);
        Assert.That((await _world.Get<CustomerViews>().One(invited.Token, CancellationToken.None))?.Name, Is.EqualTo("Paul Dubois"));
        _world.Clock.Advance(TakeNoticeMailDeed.Between);
        await Answer("two");
        Assert.That((await Sent())?.Email, Is.EqualTo("paul@parc.example"));
    }

    private async Task Form(bool mails) => (await _world.Ask<ChangeCustomerForm, AccountId>(
        new ChangeCustomerForm(true, null, "shown", "shown", "shown", "shown", "shown", true, mails), _nordwind)).Must();

    private async Task<Guid> Answer(string body) => (await _world.Ask<CommentOnTicket, Said>(new CommentOnTicket(_asked.Ticket, body, "customer", null, null, null, null), _jonas)).Must().Id;

    private async Task Set(string status) => (await _world.Ask<ChangeTicket, TicketId>(new ChangeTicket(_asked.Ticket, status, null, null, null, null, null), _jonas)).Must();

    private Task<IReadOnlyList<TicketId>> Due() => _world.Get<NoticeViews>().MailsToCustomers(100, CancellationToken.None);

    /// <summary>What the round of mails would send now.</summary>
    private async Task<CustomerMail?> Sent(TicketId? ticket = null)
    {
        var of = ticket ?? _asked.Ticket;
        return (await Due()).Contains(of) ? (await _world.Ask<TakeCustomerMail, CustomerMailTaken>(new TakeCustomerMail(of), Caller.Exchange)).Must().Mail : null;
    }
}
