using System.Text.Json;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>Semantics 8: nobody sees more of a chain than the lowest disclosure on the path of links between him and it.</summary>
public sealed class DisclosureTests
{
    private static readonly Disclosed[] Levels = [Disclosed.None, Disclosed.Count, Disclosed.Alias, Disclosed.Name];

    private static readonly HandoffState[] States = Enum.GetValues<HandoffState>();

    [Test]
    public void A_chain_of_five_companies_is_shown_by_the_rule_whatever_its_four_terms_say()
    {
        for (var terms = 0; terms < 256; terms++)
        {
            foreach (var ancestors in (int[])[0b0000, 0b1111, 0b1011, 0b0110])
            {
                var chain = new AChain();
                string? under = null;
                foreach (var (hop, i) in ((string[])["AB", "BC", "CD", "DE"]).Select((hop, i) => (hop, i)))
                {
                    chain.With(hop, under, Levels[(terms >> (2 * i)) & 3], (ancestors >> i & 1) > 0);
                    under = hop;
                }

                foreach (var (viewer, asked) in chain.Seats)
                {
                    Check(chain, viewer, asked, $"terms {terms}, ancestors {ancestors}");
                }
            }
        }
    }

    [Test]
    public void Siblings_are_never_shown_whatever_is_shown_of_the_rest([Values(Disclosed.None, Disclosed.Count, Disclosed.Alias, Disclosed.Name)] Disclosed shows, [Values] bool ancestors)
    {
        var chain = Tree(shows, ancestors);
        foreach (var (viewer, asked) in chain.Seats)
        {
            Check(chain, viewer, asked, $"{viewer} asks for {AChain.NameOf(asked)}");
        }

        // C and F work for B beside one another.
        var seen = JsonSerializer.Serialize(chain.SeenBy('C', "BC"));
        Assert.That(seen, Does.Not.Contain("CanaryF").And.Not.Contain("CanaryG"));
    }

    [Test]
    public void Who_began_the_chain_sees_of_every_hop_at_least_that_it_is_there_its_state_and_its_clock()
    {
        var top = Tree(Disclosed.None, false).SeenBy('A', "AB").Top;
        Assert.Multiple(() =>
        {
            Assert.That(AChain.Flat(top).Count(), Is.EqualTo(6));
            Assert.That(AChain.Flat(top).Skip(1), Is.All.Matches<HopView>(h => h is { Id: null, Account: null, Alias: null, Ball: null, Times: null, Contribution: null, Clocks.ResolveBy: not null, State: "in_progress" }));
        });
    }

    [Test]
    public void A_partner_in_the_middle_sees_nothing_where_the_terms_show_nothing()
    {
        var top = Tree(Disclosed.None, true).SeenBy('B', "BC").Top;
        Assert.That(AChain.Flat(top).Select(h => h.Id is not null), Is.EqualTo((bool[])[true, true]));
    }

    [Test]
    public void Random_trees_are_shown_by_the_rule([Range(1, 200)] int seed)
    {
        var chain = Grow(new Random(seed));
        foreach (var (viewer, asked) in chain.Seats)
        {
            Check(chain, viewer, asked, $"seed {seed}, {viewer} asks for {AChain.NameOf(asked)}");
        }
    }

    private static AChain Tree(Disclosed shows, bool ancestors) => new AChain()
        .With("AB", null, shows, ancestors).With("BC", "AB", shows, ancestors).With("BF", "AB", shows, ancestors)
        .With("CD", "BC", shows, ancestors).With("CE", "BC", shows, ancestors).With("FG", "BF", shows, ancestors);

    /// <summary>Companies hand on to companies that are not above them; one may stand in two branches.</summary>
    private static AChain Grow(Random random)
    {
        var chain = new AChain().With("AB", null, Levels[random.Next(4)], random.Next(2) == 0, States[random.Next(States.Length)]);
        for (var i = random.Next(1, 14); i > 0; i--)
        {
            var parent = chain.Hops[random.Next(chain.Hops.Count)];
            var line = new HashSet<AccountId>();
            for (Hop? hop = parent; hop is not null; hop = chain.Hops.SingleOrDefault(h => h.Id == hop.Parent))
            {
                line.UnionWith([hop.Placer, hop.Fulfiller]);
            }

            var partner = (char)('A' + random.Next(10));
            var name = $"{AChain.Letter(parent.Fulfiller)}{partner}";
            if (line.Count < 6 && !line.Contains(AChain.Company(partner)) && chain.Hops.TrueForAll(h => AChain.NameOf(h) != name))
            {
                chain.With(name, AChain.NameOf(parent), Levels[random.Next(4)], random.Next(2) == 0, States[random.Next(States.Length)]);
            }
        }

        return chain;
    }

    /// <summary>The answer has what the rule says, at the level that it says, and is the same whatever else there is.</summary>
    private static void Check(AChain chain, char viewer, Hop asked, string when)
    {
        var company = AChain.Company(viewer);
        var rule = RuleOfDisclosure.Says(chain, viewer, asked);
        var view = ChainPicture.Draw(company, asked.Id, chain.Hops, AChain.Names);
        var hops = AChain.Flat(view.Top).ToList();
        var text = JsonSerializer.Serialize(view);
        var began = chain.Hops[0].Placer == company;
        Assert.That(hops.Select(LevelOf).Order(), Is.EqualTo(rule.Values.Order()), when);
        foreach (var hop in chain.Hops)
        {
            var level = rule.GetValueOrDefault(AChain.NameOf(hop));
            if (text.Contains(hop.Id.ToString(), StringComparison.Ordinal) != (level == Disclosed.Own))
            {
                Assert.Fail($"{when}: the id of {AChain.NameOf(hop)}, shown as {level}");
            }

            // Times are each hop's own here, so they tell which it was.
            var clocks = hops.Where(h => h.Clocks is not null).Select(h => h.Clocks!.ResolveBy!.Value.AddHours(-1));
            Assert.That(hops.Exists(h => h.Times?.OfferedAt == hop.Times.OfferedAt), Is.EqualTo(level >= Disclosed.Alias), $"{when}: the times of {AChain.NameOf(hop)}");
            Assert.That(clocks.Contains(hop.Times.OfferedAt), Is.EqualTo(level >= Disclosed.Alias || (began && level == Disclosed.Count)), $"{when}: the clocks of {AChain.NameOf(hop)}");
            Assert.That(hops.Exists(h => h.Contribution is not null && h.Contribution == hop.Contribution), Is.EqualTo(level >= Disclosed.Alias), $"{when}: the contribution of {AChain.NameOf(hop)}");
            Assert.That(ChainPicture.Contributing(company, asked.Id, chain.Hops).Contains(hop.Id), Is.EqualTo(level >= Disclosed.Alias), $"{when}: whether {AChain.NameOf(hop)} is read");
            Assert.That(hops.Exists(h => h.Ball?.Since is { } since && since == hop.Ball?.Since), Is.EqualTo(level >= Disclosed.Alias && hop.Ball is not null), $"{when}: the ball of {AChain.NameOf(hop)}");
        }

        var mayName = chain.Hops.Where(h => rule.GetValueOrDefault(AChain.NameOf(h)) == Disclosed.Own).SelectMany(h => (AccountId[])[h.Placer, h.Fulfiller])
            .Concat(chain.Hops.Where(h => rule.GetValueOrDefault(AChain.NameOf(h)) == Disclosed.Name).Select(h => IsAbove(chain, h, asked) ? h.Placer : h.Fulfiller)).ToHashSet();
        foreach (var (other, name) in AChain.Names.Where(n => !mayName.Contains(n.Key) || n.Key == company))
        {
            Assert.That(text, Does.Not.Contain(name).And.Not.Contain(other.ToString()), when);
        }

        // What is hidden leaves no trace: without it the answer is the same, to the letter of its aliases.
        var place = asked.Placer == company && asked.Parent is not null ? chain.Hops.Single(h => h.Id == asked.Parent) : asked;
        var visible = chain.Hops.Where(h => RuleOfDisclosure.Says(chain, viewer, place).ContainsKey(AChain.NameOf(h))).ToList();
        Assert.That(JsonSerializer.Serialize(ChainPicture.Draw(company, asked.Id, visible, AChain.Names)), Is.EqualTo(text), when);
    }

    private static bool IsAbove(AChain chain, Hop hop, Hop asked)
    {
        for (var up = asked; up.Parent is { } id; up = chain.Hops.Single(h => h.Id == id))
        {
            if (id == hop.Id)
            {
                return true;
            }
        }

        return false;
    }

    private static Disclosed LevelOf(HopView hop) => hop.Id is not null ? Disclosed.Own
        : hop.Account is not null ? Disclosed.Name
        : hop.Alias is not null ? Disclosed.Alias
        : Disclosed.Count;
}
