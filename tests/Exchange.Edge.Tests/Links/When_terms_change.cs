using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Edge.Tests.TestKit;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Links;

/// <summary>Semantics 2: a change is a proposal that the other side counter-signs.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class When_terms_change(Engine engine)
{
    private static readonly TermsAsk Nothing = new(null, null, null, null, null, null, null, null, null, null);

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
    public async Task They_are_in_force_once_the_other_side_has_signed_and_older_proposals_are_superseded()
    {
        var before = (await LinkOf(_ada)).Version;
        await Propose(_ada, Nothing with { MaxDepth = 2 });
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await Propose(_bob, Nothing with { MaxDepth = 3 });
        await Propose(_bob, Nothing with { MaxDepth = 4 });
        var view = await LinkOf(_ada);
        Assert.That((view.Terms.MaxDepth, view.Version), Is.EqualTo((5, before + 3)));
        Assert.That(view.Proposals.Select(p => (p.Version, p.ProposedBy.Name, p.WaitingFor.Name)), Is.EqualTo(new[] { (4, "Bob", "Ada"), (3, "Bob", "Ada"), (2, "Ada", "Bob") }));

        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Sign(_ada, 3)).Must();
        Assert.That((await LinkOf(_bob)).Terms.MaxDepth, Is.EqualTo(3));
        Assert.That((await Versions(_bob)).Select(v => (v.Version, v.State, v.InForce)),
            Is.EqualTo(new[] { (4, "proposed", false), (3, "signed", true), (2, "superseded", false), (1, "signed", false) }));
        var signed = (await Versions(_bob))[1];
        Assert.That((signed.ProposedBy.Account.Name, signed.ProposedBy.Name, signed.AnsweredBy!.Account.Name, signed.AnsweredBy.Name, signed.AnsweredBy.At - signed.ProposedBy.At),
            Is.EqualTo(("Bob", "Agent of Bob", "Ada", "Agent of Ada", TimeSpan.FromMinutes(1))));
    }

    [Test]
    public async Task Only_the_other_side_signs_or_rejects_and_only_the_proposer_withdraws()
    {
        await Propose(_ada, Nothing);
        Assert.That(((await Sign(_ada, 2)).Fault?.Code, (await Reject(_ada, 2)).Fault?.Code, (await Withdraw(_bob, 2)).Fault?.Code),
            Is.EqualTo((Codes.Forbidden, Codes.Forbidden, Codes.Forbidden)));
        Assert.That(((await One(_ada, 2)).Allowed, (await One(_bob, 2)).Allowed), Is.EqualTo((new[] { "withdraw" }, new[] { "sign", "reject" })));
        var cid = await _world.Join("Cid");
        Assert.That(((await Sign(cid, 2)).Fault?.Code, (await Sign(_bob, 9)).Fault?.Code), Is.EqualTo((Codes.NotFound, Codes.NotFound)));
    }

    [TestCase("signed")]
    [TestCase("rejected")]
    [TestCase("withdrawn")]
    [TestCase("superseded")]
    public async Task What_was_answered_is_not_answered_again(string how)
    {
        await Propose(_ada, Nothing);
        await Propose(_ada, Nothing with { MaxDepth = 4 });
        (await (how switch { "signed" => Sign(_bob, 2), "rejected" => Reject(_bob, 2), "withdrawn" => Withdraw(_ada, 2), _ => Sign(_bob, 3) })).Must();
        Assert.That((await One(_ada, 2)).State, Is.EqualTo(how));
        Assert.That(((await Sign(_bob, 2)).Fault?.Code, (await Reject(_bob, 2)).Fault?.Code, (await Withdraw(_ada, 2)).Fault?.Code),
            Is.EqualTo((Codes.AlreadyAnswered, Codes.AlreadyAnswered, Codes.AlreadyAnswered)));
        Assert.That((await Sign(_ada, 2)).Fault?.Code, Is.EqualTo(Codes.Forbidden), "the wrong side is told so first");
    }

    [Test]
    public async Task A_handoff_stays_under_the_terms_it_was_offered_under()
    {
        var handoff = await _world.Running(_ada, _bob, _link);
        await Propose(_ada, Nothing with { Directions = "invitee-to-inviter", Share = new SharingAsk(null, null, false) });
        (await Sign(_bob, 2)).Must();
        Assert.That((await _world.Get<HandoffViews>().One(_bob, handoff, CancellationToken.None))!.TermsVersion, Is.EqualTo(1));
        var own = (await _world.Get<HandoffViews>().One(_ada, handoff, CancellationToken.None))!.TicketId!.Value;
        (await _world.Upload(_ada, own, "partner", handoff, "plan.txt", [1])).Must();
        var offer = await _world.Ask<OfferHandoff, HandoffId>(new OfferHandoff(await _world.OpenTicket(_ada), _link, null, null, null, null, null), _ada);
        Assert.That(offer.Fault?.Code, Is.EqualTo(Codes.Forbidden), "the direction is closed for new ones");
    }

    [Test]
    public async Task A_version_shows_in_what_it_differs_from_what_was_in_force_before()
    {
        await Propose(_ada, Nothing with { MaxDepth = 2 });
        await Propose(_ada, Nothing with { MaxDepth = 3, Climb = true });
        var (second, third) = (await One(_bob, 2), await One(_bob, 3));
        Assert.That((second.Against, third.Against), Is.EqualTo((1, 1)), "what is in force now");
        Assert.That(third.Differences!.Select(d => (d.Name, d.From, d.To)), Is.EqualTo(new[] { ("maxDepth", "5", "3"), ("climb", "false", "true") }));
        Assert.That((await _world.Get<TermsViews>().One(_bob, _link, 3, 2, CancellationToken.None)).Must().Differences!.Select(d => (d.Name, d.From, d.To)),
            Is.EqualTo(new[] { ("maxDepth", "2", "3"), ("climb", "false", "true") }));
        Assert.That((await _world.Get<TermsViews>().One(_bob, _link, 3, 8, CancellationToken.None)).Fault?.Code, Is.EqualTo(Codes.Validation));

        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Sign(_bob, 3)).Must();
        await Propose(_bob, Nothing);
        Assert.That(((await One(_ada, 2)).Against, (await One(_ada, 3)).Against, (await One(_ada, 4)).Against, (await One(_ada, 1)).Against), Is.EqualTo((1, 1, 3, (int?)null)));
    }

    [Test]
    public async Task They_are_talked_about_on_active_and_suspended_links_alone()
    {
        await Propose(_ada, Nothing);
        (await _world.Ask<SuspendLink, LinkId>(new SuspendLink(_link, null, null), _ada)).Must();
        await Propose(_ada, Nothing with { MaxDepth = 1 });
        (await Sign(_bob, 2)).Must();
        (await _world.Ask<DrainLink, LinkId>(new DrainLink(_link, null, null), _ada)).Must();
        Assert.That(((await Sign(_bob, 3)).Fault?.Code, (await TryPropose(_ada, Nothing)).Fault?.Code), Is.EqualTo((Codes.LinkNotActive, Codes.LinkNotActive)));
        Assert.That(((await LinkOf(_bob)).Proposals, (await One(_bob, 3)).Allowed), Is.EqualTo((Array.Empty<ProposalView>(), Array.Empty<string>())));
        var invited = (await _world.Ask<InvitePartner, Invited>(new InvitePartner(null), _ada)).Must();
        Assert.That((await _world.Ask<ProposeTerms, TermsId>(new ProposeTerms(invited.Id, Nothing, null), _ada)).Fault?.Code, Is.EqualTo(Codes.LinkNotActive));
    }

    [Test]
    public async Task A_stale_version_of_the_link_is_refused()
    {
        var seen = (await LinkOf(_ada)).Version;
        await Propose(_ada, Nothing);
        var late = await _world.Ask<ProposeTerms, TermsId>(new ProposeTerms(_link, Nothing, seen), _bob);
        var signed = await _world.Ask<SignTerms, TermsId>(new SignTerms(_link, 2, seen), _bob);
        Assert.That((late.Fault?.Code, signed.Fault?.Code, signed.Fault?.Truth?.Version), Is.EqualTo((Codes.VersionConflict, Codes.VersionConflict, (long?)(seen + 1))));
    }

    [Test]
    public async Task The_same_key_proposes_once_and_answers_the_same()
    {
        var once = new Once(_ada.Account.ToString(), "key-1");
        var first = (await _world.Ask<ProposeTerms, TermsId>(new ProposeTerms(_link, Nothing, null), _ada, once)).Must();
        var again = (await _world.Ask<ProposeTerms, TermsId>(new ProposeTerms(_link, Nothing, null), _ada, once)).Must();
        Assert.That((first.Version, again.Version, (await Versions(_ada)).Count), Is.EqualTo((2, 2, 2)));
    }

    [Test]
    public async Task The_same_terms_are_proposed_once_by_each_side_as_long_as_they_are_open()
    {
        var terms = Nothing with { MaxDepth = 3, Share = new SharingAsk(false, null, null) };
        await Propose(_ada, terms);
        await Propose(_ada, Nothing with { MaxDepth = 2 });
        var before = await LinkOf(_ada);
        var again = await TryPropose(_ada, terms with { Directions = "both" });
        Assert.That((again.Must().Version, (await LinkOf(_ada)).Version), Is.EqualTo((2, before.Version)), "it is the answer, and nothing has changed");
        Assert.That((await TryPropose(_bob, terms)).Must().Version, Is.EqualTo(4), "the other side's is another");
        (await Withdraw(_ada, 2)).Must();
        Assert.That((await TryPropose(_ada, terms)).Must().Version, Is.EqualTo(5), "what was answered can be proposed again");
        Assert.That((await LinkOf(_bob)).Proposals.Select(p => p.Version), Is.EqualTo(new[] { 5, 4, 3 }));
    }

    [Test]
    public async Task Of_two_answers_at_once_one_wins()
    {
        for (var round = 0; round < Effort.Of(10, 100); round++)
        {
            var version = (await TryPropose(_ada, Nothing)).Must().Version;
            var answers = await Task.WhenAll(Task.Run(() => Sign(_bob, version)), Task.Run(() => Reject(_bob, version)), Task.Run(() => Withdraw(_ada, version)));
            Assert.That(answers.Count(a => a.Ok), Is.EqualTo(1));
            Assert.That(answers.Where(a => !a.Ok).Select(a => a.Fault!.Code), Is.All.EqualTo(Codes.AlreadyAnswered));
        }
    }

    private Task<Outcome<TermsId>> TryPropose(Caller caller, TermsAsk terms) => _world.Ask<ProposeTerms, TermsId>(new ProposeTerms(_link, terms, null), caller);

    private async Task Propose(Caller caller, TermsAsk terms) => (await TryPropose(caller, terms)).Must();

    private Task<Outcome<TermsId>> Sign(Caller caller, int version) => _world.Ask<SignTerms, TermsId>(new SignTerms(_link, version, null), caller);

    private Task<Outcome<TermsId>> Reject(Caller caller, int version) => _world.Ask<RejectTerms, TermsId>(new RejectTerms(_link, version, null), caller);

    private Task<Outcome<TermsId>> Withdraw(Caller caller, int version) => _world.Ask<WithdrawTerms, TermsId>(new WithdrawTerms(_link, version, null), caller);

    private async Task<LinkView> LinkOf(Caller caller) => (await _world.Get<LinkViews>().One(caller, _link, CancellationToken.None))!;

    private async Task<TermsView> One(Caller caller, int version) => (await _world.Get<TermsViews>().One(caller, _link, version, null, CancellationToken.None)).Must();

    private async Task<IReadOnlyList<TermsView>> Versions(Caller caller) => (await _world.Get<TermsViews>().List(caller, _link, new PageAsk(50, null), CancellationToken.None))!.Items;
}
