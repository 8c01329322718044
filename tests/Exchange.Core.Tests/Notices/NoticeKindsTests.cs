using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;

namespace Exchange.Core.Tests.Notices;

/// <summary>Who is told of what: the rule, without a database.</summary>
public sealed class Of_something_that_happened
{
    private static readonly NoticeKind[] OnTickets = [NoticeKind.CustomerReplied, NoticeKind.PartnerSaid, NoticeKind.PartnerMoved, NoticeKind.OverTime];

    private readonly Member _lena = Somebody("Lena", Roles.Dispatcher);
    private readonly Member _mia = Somebody("Mia", Roles.Dispatcher | Roles.Quality);
    private readonly Member _jonas = Somebody("Jonas", Roles.Agent);
    private readonly Member _ada = Somebody("Ada", Roles.LinkAdmin);
    private readonly Member _rolf = Somebody("Rolf", Roles.Auditor);
    private readonly Member _boss = Somebody("Boss", Roles.Admin);

    private Member[] All => [_lena, _mia, _jonas, _ada, _rolf, _boss];

    [TestCaseSource(nameof(OnTickets))]
    public void On_a_ticket_its_assignee_is_told(NoticeKind kind) => Assert.That(NoticeKinds.For(kind, All, null, "Jonas"), Is.EqualTo(new[] { _jonas }));

    [TestCaseSource(nameof(OnTickets))]
    public void On_a_ticket_that_nobody_has_every_dispatcher_is_told(NoticeKind kind)
    {
        Assert.That(NoticeKinds.For(kind, All, null, null), Is.EqualTo(new[] { _lena, _mia }));
        Assert.That(NoticeKinds.For(kind, All, null, "Somebody who has left"), Is.EqualTo(new[] { _lena, _mia }));
        Assert.That(NoticeKinds.For(kind, All, null, "Rolf"), Is.EqualTo(new[] { _lena, _mia }), "he does no work (any more)");
    }

    [Test]
    public void An_offer_is_for_dispatchers_whoever_is_called_what() => Assert.That(NoticeKinds.For(NoticeKind.OfferCame, All, null, "Jonas"), Is.EqualTo(new[] { _lena, _mia }));

    [TestCase(NoticeKind.Parked)]
    [TestCase(NoticeKind.LinkChanged)]
    public void Links_are_for_those_who_look_after_them(NoticeKind kind) => Assert.That(NoticeKinds.For(kind, All, null, "Jonas"), Is.EqualTo(new[] { _ada }));

    [Test]
    public void An_assignment_is_told_to_the_one_person()
    {
        Assert.That(NoticeKinds.For(NoticeKind.Assigned, All, _rolf.Person, "Jonas"), Is.EqualTo(new[] { _rolf }), "as it was when it happened");
        Assert.That(NoticeKinds.For(NoticeKind.Assigned, All, new PersonId(Guid.NewGuid()), "Jonas"), Is.Empty, "he has left");
    }

    [Test]
    public void Where_nobody_has_the_role_the_admins_are_told()
    {
        Assert.That(NoticeKinds.For(NoticeKind.OfferCame, [_boss, _jonas], null, null), Is.EqualTo(new[] { _boss }));
        Assert.That(NoticeKinds.For(NoticeKind.Parked, [_boss, _jonas], null, null), Is.EqualTo(new[] { _boss }));
        Assert.That(NoticeKinds.For(NoticeKind.Parked, [_jonas], null, null), Is.Empty);
    }

    [Test]
    public void Mail_is_on_for_four_kinds_and_the_desk_for_all()
    {
        Assert.That(NoticeKinds.All.Select(NoticeKinds.Default).Select(d => d.InApp), Is.All.True);
        Assert.That(NoticeKinds.All.Where(k => NoticeKinds.Default(k).Mail).Select(k => k.Name()), Is.EqualTo(new[] { "assigned", "customer-replied", "offer-came", "parked" }));
    }

    [Test]
    public void What_goes_on_as_agreed_is_not_told() =>
        Assert.That(((string[])[EntryTypes.Started, EntryTypes.Held, EntryTypes.Unheld, EntryTypes.Confirmed, EntryTypes.FileAdded, EntryTypes.Retracted, EntryTypes.Revealed]).Select(NoticeKinds.OfEntry), Is.All.Null);

    private static Member Somebody(string name, Roles roles) => new()
    {
        Account = default, Person = new PersonId(Guid.NewGuid()), Name = name, Email = $"{name}@people.example", Roles = roles, JoinedAt = DateTimeOffset.UnixEpoch,
    };
}
