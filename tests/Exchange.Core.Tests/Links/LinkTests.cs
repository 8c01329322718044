using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Tests.Links;

public sealed class An_invitation
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Noon + TimeSpan.FromDays(7);
    private static readonly AccountId Nordwind = new(Guid.Parse("0195569e-3a00-7000-8000-000000000003"));
    private static readonly AccountId Brightfix = new(Guid.Parse("0195569e-3a00-7000-8000-000000000004"));

    [Test]
    public void Is_valid_for_seven_days() => Assert.That(Link.Validity, Is.EqualTo(TimeSpan.FromDays(7)));

    [Test]
    public void Makes_an_active_link_when_it_is_accepted()
    {
        var link = Invited();
        Assert.That(link.Accept(Brightfix, Noon), Is.Null);
        Assert.That((link.State, link.Invitee, link.ActiveSince, link.EndedAt, link.Version), Is.EqualTo((LinkState.Active, (AccountId?)Brightfix, (DateTimeOffset?)Noon, (DateTimeOffset?)null, 2L)));
        Assert.That(link.Pair, Is.EqualTo(Link.PairOf(Nordwind, Brightfix)));
    }

    [Test]
    public void Ends_when_it_is_declined()
    {
        var link = Invited();
        Assert.That(link.Decline(Brightfix, Noon), Is.Null);
        Assert.That((link.State, link.EndedAt, link.Pair, link.ActiveSince, link.Version), Is.EqualTo((LinkState.Declined, (DateTimeOffset?)Noon, (string?)null, (DateTimeOffset?)null, 2L)));
    }

    [Test]
    public void Ends_when_it_is_withdrawn()
    {
        var link = Invited();
        Assert.That(link.Withdraw(Noon), Is.Null);
        Assert.That((link.State, link.EndedAt, link.Invitee, link.Version), Is.EqualTo((LinkState.Withdrawn, (DateTimeOffset?)Noon, (AccountId?)null, 2L)));
    }

    [Test]
    public void Expires_when_its_time_is_up_and_not_before()
    {
        var link = Invited();
        link.Expire(End.AddTicks(-10));
        Assert.That((link.State, link.Version), Is.EqualTo((LinkState.Invited, 1L)));
        link.Expire(End);
        Assert.That((link.State, link.EndedAt, link.Version), Is.EqualTo((LinkState.Expired, (DateTimeOffset?)End, 2L)));
    }

    [Test]
    public void Is_of_no_use_from_its_end_on_even_before_the_timer_came()
    {
        Assert.That(Invited().Accept(Brightfix, End.AddTicks(-10)), Is.Null);
        foreach (var late in (DateTimeOffset[])[End, End.AddTicks(10), End.AddYears(1)])
        {
            var link = Invited();
            Refused(link.Accept(Brightfix, late), "already-answered", "expired");
            Refused(link.Decline(Brightfix, late), "already-answered", "expired");
            Assert.That((link.State, link.Invitee, link.Version), Is.EqualTo((LinkState.Invited, (AccountId?)null, 1L)));
        }
    }

    [Test]
    public void Cannot_be_taken_by_the_company_that_sent_it()
    {
        var link = Invited();
        foreach (var fault in (Fault?[])[link.Accept(Nordwind, Noon), link.Decline(Nordwind, Noon)])
        {
            Refused(fault, "validation", "own invitation");
            Assert.That(fault!.Errors!.Keys, Is.EqualTo(new[] { "inviteCode" }));
        }

        Assert.That((link.State, link.Version), Is.EqualTo((LinkState.Invited, 1L)));
    }

    [Test]
    public void Works_once()
    {
        foreach (var answered in (Link[])[Accepted(), Declined(), Withdrawn(), Expired()])
        {
            var before = (answered.State, answered.Version, answered.Invitee, answered.EndedAt);
            Refused(answered.Accept(Brightfix, Noon), "already-answered", answered.State.ToString().ToLowerInvariant());
            Refused(answered.Decline(Brightfix, Noon), "already-answered", answered.State.ToString().ToLowerInvariant());
            Refused(answered.Withdraw(Noon), "already-answered", answered.State.ToString().ToLowerInvariant());
            answered.Expire(End.AddDays(1));
            Assert.That((answered.State, answered.Version, answered.Invitee, answered.EndedAt), Is.EqualTo(before));
        }
    }

    [Test]
    public void Has_a_code_that_is_easy_to_read_out()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => Link.NewCode()).ToList();
        Assert.That(codes, Is.All.Match(@"\A[A-HJ-NP-Z2-9]{8}(-[A-HJ-NP-Z2-9]{8}){3}\z"));
        Assert.That(codes, Is.Unique);
        Assert.That(codes.SelectMany(c => c.Replace("-", "", StringComparison.Ordinal)).Distinct().Count(), Is.EqualTo(32), "five bits in each of 32 characters");
    }

    [Test]
    public void Is_found_by_its_code_however_it_was_typed()
    {
        var code = Link.NewCode();
        Assert.That(Link.HashOf($"  {code.ToLowerInvariant()}\n"), Is.EqualTo(Link.HashOf(code)));
        Assert.That(Link.HashOf(Link.NewCode()), Is.Not.EqualTo(Link.HashOf(code)));
        Assert.That(Link.HashOf(code), Has.Length.EqualTo(32));
    }

    [Test]
    public void Makes_one_pair_of_two_companies_whoever_invites()
    {
        Assert.That(Link.PairOf(Nordwind, Brightfix), Is.EqualTo(Link.PairOf(Brightfix, Nordwind)));
        Assert.That(Link.PairOf(Nordwind, Brightfix), Is.Not.EqualTo(Link.PairOf(Nordwind, Nordwind)));
    }

    private static Link Invited() => new()
    {
        Id = new LinkId(Guid.Parse("0195569e-3a00-7000-8000-000000000002")), Inviter = Nordwind, InviteHash = new byte[32], ExpiresAt = End, CreatedAt = Noon, TermsVersion = 1,
    };

    private static Link Accepted() => After(link => Assert.That(link.Accept(Brightfix, Noon), Is.Null));

    private static Link Declined() => After(link => Assert.That(link.Decline(Brightfix, Noon), Is.Null));

    private static Link Withdrawn() => After(link => Assert.That(link.Withdraw(Noon), Is.Null));

    private static Link Expired() => After(link => link.Expire(End));

    private static Link After(Action<Link> step)
    {
        var link = Invited();
        step(link);
        return link;
    }

    private static void Refused(Fault? fault, string code, string because)
    {
        Assert.That(fault?.Code, Is.EqualTo(code));
        Assert.That(fault!.Detail, Does.Contain(because));
    }
}
