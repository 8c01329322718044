using Exchange.Core.Handoffs;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>Aliases, and who has to act so that the whole goes on.</summary>
public sealed class ChainPictureTests
{
    private const Disclosed Alias = Disclosed.Alias;

    [Test]
    public void Aliases_follow_the_order_of_offers_and_stay()
    {
        var chain = new AChain().With("AB", null, Alias).With("BC", "AB", Alias).With("CD", "BC", Alias);
        var before = Aliases(chain.SeenBy('A', "AB"));
        chain.With("BE", "AB", Alias);
        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo((string?[])[null, "Partner A", "Partner B"]));
            Assert.That(Aliases(chain.SeenBy('A', "AB")), Is.EqualTo((string?[])[null, "Partner A", "Partner B", "Partner C"]));
        });
    }

    /// <summary>D asks, under C; that B has another partner, offered earlier, moves no letter.</summary>
    [Test]
    public void A_hidden_sibling_leaves_no_gap()
    {
        var chain = new AChain().With("AB", null, Alias, true).With("BX", "AB", Alias).With("BC", "AB", Alias, true).With("XY", "BX", Alias).With("CD", "BC", Alias, true);
        Assert.That(Aliases(chain.SeenBy('D', "CD")), Is.EqualTo((string?[])["Partner A", "Partner B", null]));
    }

    [Test]
    public void An_alias_is_the_same_from_each_of_ones_own_handoffs()
    {
        var chain = new AChain().With("AB", null).With("BC", "AB", Alias).With("BD", "AB", Alias).With("CE", "BC").With("DF", "BD");
        Assert.Multiple(() =>
        {
            Assert.That(Aliases(chain.SeenBy('B', "AB")).OfType<string>(), Is.EqualTo((string[])["Partner A", "Partner B"]));
            Assert.That(Aliases(chain.SeenBy('B', "BD")).OfType<string>(), Is.EqualTo((string[])["Partner B"]), "F, as before");
        });
    }

    /// <summary>X is named under C and stands under an alias below D: the two are not to be known as one.</summary>
    [Test]
    public void A_company_that_is_named_at_one_place_is_not_known_by_its_alias_at_another()
    {
        var chain = new AChain().With("BC", null, Disclosed.Name).With("CX", "BC").With("CD", "BC", Alias).With("DX", "CD");
        var hops = AChain.Flat(chain.SeenBy('B', "BC").Top).ToList();
        var named = hops.Single(h => h.Account?.Name == "CanaryX");
        var hidden = hops.Single(h => h is { Id: null, Account: null });
        Assert.That(named.Alias, Is.Not.EqualTo(hidden.Alias));
    }

    [Test]
    public void A_company_that_stands_twice_under_an_alias_has_one()
    {
        var chain = new AChain().With("BC", null, Alias).With("CX", "BC").With("CD", "BC").With("DX", "CD");
        Assert.That(Aliases(chain.SeenBy('B', "BC")), Is.EquivalentTo((string?[])[null, "Partner A", "Partner B", null]), "what is only counted has none");
        chain = new AChain().With("BC", null, Alias).With("CX", "BC", Alias).With("CD", "BC", Alias).With("DX", "CD", Alias);
        Assert.That(Aliases(chain.SeenBy('B', "BC")), Is.EquivalentTo((string?[])[null, "Partner A", "Partner B", "Partner A"]));
    }

    [Test]
    public void The_deepest_hop_that_is_open_holds_the_ball_of_the_whole()
    {
        var chain = new AChain().With("AB", null, Disclosed.Name).With("BC", "AB", Disclosed.Name).With("CD", "BC", Disclosed.Name, false, HandoffState.Offered);
        var ball = chain.SeenBy('A', "AB").Ball.Single();
        Assert.That((ball.Who, ball.Account?.Name, ball.Why, ball.Since), Is.EqualTo(("CanaryD", "CanaryD", "decide on the offer", chain["CD"].Ball!.Since)));
    }

    [Test]
    public void A_question_from_below_stops_at_the_one_who_has_to_answer_it()
    {
        var chain = new AChain().With("AB", null, Alias).With("BC", "AB", Alias).With("CD", "BC", Alias, false, HandoffState.WaitingPlacer);
        Assert.Multiple(() =>
        {
            var seen = chain.SeenBy('A', "AB");
            Assert.That(seen.Ball.Select(b => (b.Who, b.Why)), Is.EqualTo(((string?, string)[])[("Partner A", "answer the question")]));
            Assert.That(seen.Top.Children[0].Alias, Is.EqualTo("Partner A"), "C is the one of this name");
            Assert.That(chain.SeenBy('C', "BC").Ball.Single().Who, Is.EqualTo("you"));
            Assert.That(chain.SeenBy('B', "AB").Ball.Single().Who, Is.EqualTo("CanaryC"), "B's own partner");
        });
    }

    [Test]
    public void Several_hold_the_ball_where_it_was_handed_on_to_several()
    {
        var chain = new AChain().With("AB", null).With("BC", "AB").With("BD", "AB", Disclosed.Count, false, HandoffState.Resolved).With("BE", "AB", Disclosed.Count, false, HandoffState.Declined);
        Assert.Multiple(() =>
        {
            Assert.That(chain.SeenBy('B', "AB").Ball.Select(b => (b.Who, b.Why)), Is.EqualTo(((string?, string)[])[("CanaryC", "work"), ("you", "confirm or send back")]));
            Assert.That(chain.SeenBy('C', "BC").Ball.Select(b => b.Who), Is.EqualTo((string[])["you"]), "C knows of no other");
        });
    }

    [Test]
    public void Once_all_below_is_over_it_is_ones_own_again_and_then_nobodys()
    {
        var chain = new AChain().With("AB", null).With("BC", "AB", Disclosed.Count, false, HandoffState.Closed);
        Assert.That(chain.SeenBy('A', "AB").Ball.Single().Who, Is.EqualTo("CanaryB"));
        Assert.That(new AChain().With("AB", null, Disclosed.Count, false, HandoffState.Closed).SeenBy('A', "AB").Ball, Is.Empty);
    }

    /// <summary>Count and state: an open counter-offer is no state.</summary>
    [Test]
    public void Where_only_state_is_shown_the_ball_tells_no_more_than_the_state()
    {
        var chain = new AChain().With("AB", null).With("BC", "AB", Disclosed.Count, false, HandoffState.Offered, Side.Placer);
        var ball = chain.SeenBy('A', "AB").Ball.Single();
        Assert.That((ball.Who, ball.Account, ball.Since, ball.Why), Is.EqualTo(((string?)null, (object?)null, (DateTimeOffset?)null, "decide on the offer")));
    }

    private static List<string?> Aliases(ChainView view) => [.. AChain.Flat(view.Top).Select(h => h.Alias)];
}
