using Exchange.Core.Links;

namespace Exchange.Core.Tests.Links;

public sealed class Terms_of_a_link
{
    private static readonly TermsAsk Nothing = new(null, null, null, null, null, null, null, null, null, null);

    [Test]
    public void Are_by_default_as_the_semantics_say()
    {
        var d = Terms.Default;
        Assert.That((d.Version, d.Directions, d.Acceptance, d.Offers), Is.EqualTo((1, "both", "manual", "visible")));
        Assert.That(d.Share, Is.EqualTo(new Sharing(Contact: true, Asset: true, Files: true)));
        Assert.That(d.Onward, Is.EqualTo(new Sharing(Contact: false, Asset: false, Files: false)));
        Assert.That((d.Disclosure, d.ShowAncestors, d.MaxDepth), Is.EqualTo(("count", false, 5)));
        Assert.That((d.ConfirmAfterDays, d.ReopenWithinDays), Is.EqualTo((5, 30)));
    }

    [Test]
    public void Take_the_default_for_each_member_that_was_left_out() =>
        Assert.That(Nothing.Filled(3), Is.EqualTo(Terms.Default with { Version = 3 }));

    [Test]
    public void Take_what_was_asked_for()
    {
        var ask = new TermsAsk(
            "inviter-to-invitee", "automatic", "sealed", new SharingAsk(false, false, false), new SharingAsk(true, true, true), "name", true, 2, 9, 0);
        Assert.That(ask.Filled(2), Is.EqualTo(new Terms(
            2, "inviter-to-invitee", "automatic", "sealed", new Sharing(false, false, false), new Sharing(true, true, true), "name", true, 2, 9, 0)));
    }

    [Test]
    public void Take_the_default_for_a_part_of_sharing_that_was_left_out()
    {
        var terms = (Nothing with { Share = new SharingAsk(null, false, null), Onward = new SharingAsk(null, null, true) }).Filled(1);
        Assert.That(terms.Share, Is.EqualTo(new Sharing(true, false, true)));
        Assert.That(terms.Onward, Is.EqualTo(new Sharing(false, false, true)));
    }

    [TestCase("both", true, true)]
    [TestCase("inviter-to-invitee", true, false)]
    [TestCase("invitee-to-inviter", false, true)]
    public void Say_who_may_hand_over(string directions, bool inviter, bool invitee)
    {
        var terms = Terms.Default with { Directions = directions };
        Assert.That((terms.Allows(inviterPlaces: true), terms.Allows(inviterPlaces: false)), Is.EqualTo((inviter, invitee)));
    }

    [Test]
    public void Know_three_directions() => Assert.That(Terms.AllDirections, Is.EqualTo(new[] { "both", "inviter-to-invitee", "invitee-to-inviter" }));
}
