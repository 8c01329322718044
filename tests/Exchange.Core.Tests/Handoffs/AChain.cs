using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>A chain of handoffs for tests: companies are named by letters, and a handoff by its two, as in <c>AB</c>.</summary>
internal sealed class AChain
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public List<Hop> Hops { get; } = [];

    public Hop this[string name] => Hops.Single(h => NameOf(h) == name);

    public static AccountId Company(char name) => new(Guid.Parse($"0195569e-3a00-7000-8000-c0000000{(int)name:x4}"));

    public static IReadOnlyDictionary<AccountId, string> Names { get; } = Enumerable.Range('A', 26).ToDictionary(c => Company((char)c), c => $"Canary{(char)c}");

    public static string NameOf(Hop hop) => $"{Letter(hop.Placer)}{Letter(hop.Fulfiller)}";

    public static char Letter(AccountId company) => Names[company][^1];

    /// <summary>Hands on: the next hop, offered a minute after the one before.</summary>
    /// <param name="hop">Placer and fulfiller.</param>
    /// <param name="under">The hop it grew from.</param>
    public AChain With(string hop, string? under, Disclosed shows = Disclosed.Count, bool ancestors = false, HandoffState state = HandoffState.InProgress, Side? ball = null)
    {
        var at = Noon.AddMinutes(Hops.Count);
        var holder = ball ?? Waiting.For(state, false);
        Hops.Add(new Hop(
            new HandoffId(Guid.Parse($"0195569e-3a00-7000-8000-ad000000{Hops.Count:x4}")), under is null ? null : this[under].Id, Company(hop[0]), Company(hop[1]),
            state, holder is { } side ? new Ball(side, at.AddSeconds(30), Waiting.Why(state, ball == Side.Placer && state == HandoffState.Offered, null)!) : null,
            new Times(at, null, null, null, null), new ClocksView(null, null, at.AddHours(1)), 0, shows, ancestors)
        {
            // Each hop's own, so that a test can tell whose it is.
            Contribution = new Contribution(1000 + Hops.Count, 2, 3, 4, 5, 6, 7),
        });
        return this;
    }

    public ChainView SeenBy(char viewer, string asked) => ChainPicture.Draw(Company(viewer), this[asked].Id, Hops, Names);

    /// <summary>Every handoff with each of its two companies as the viewer.</summary>
    public IEnumerable<(char Viewer, Hop Asked)> Seats => Hops.SelectMany(h => ((char, Hop)[])[(Letter(h.Placer), h), (Letter(h.Fulfiller), h)]);

    public static IEnumerable<HopView> Flat(HopView hop) => hop.Children.SelectMany(Flat).Prepend(hop);
}

/// <summary>
/// Semantics 8 said a second time, in terms of the line from the root down to a hop, and sharing nothing with the product:
/// what is shown, at which level, of the handoff asked for, what lies above it and what lies below.
/// </summary>
internal static class RuleOfDisclosure
{
    public static Dictionary<string, Disclosed> Says(AChain chain, char viewer, Hop asked)
    {
        var company = AChain.Company(viewer);
        var said = new Dictionary<string, Disclosed>(StringComparer.Ordinal);
        foreach (var hop in chain.Hops)
        {
            var below = LineTo(chain, hop).Contains(asked);
            var above = LineTo(chain, asked).Contains(hop);
            var level = hop.Has(company) && (below || above) ? Disclosed.Own : below ? Below(LineTo(chain, hop), company) : above ? Above(LineTo(chain, asked), hop, company) : Disclosed.None;
            if (level != Disclosed.None)
            {
                said[AChain.NameOf(hop)] = level;
            }
        }

        return said;
    }

    private static Disclosed Below(List<Hop> line, AccountId viewer)
    {
        // Everything from the hop that the viewer placed down to the one before the last.
        var links = line.SkipWhile(h => h.Placer != viewer).SkipLast(1);
        var lowest = links.Min(h => h.Shows);
        return line[0].Placer == viewer && lowest == Disclosed.None ? Disclosed.Count : lowest;
    }

    private static Disclosed Above(List<Hop> line, Hop hop, AccountId viewer)
    {
        // Everything under the hop, down to the one by which the ticket came to the viewer.
        var links = line.SkipWhile(h => h != hop).Skip(1).TakeWhile(h => h.Placer != viewer).ToList();
        return links.TrueForAll(h => h.ShowsAncestors) ? links.Min(h => h.Shows) : Disclosed.None;
    }

    private static List<Hop> LineTo(AChain chain, Hop hop)
    {
        var line = new List<Hop> { hop };
        while (line[0].Parent is { } up)
        {
            line.Insert(0, chain.Hops.Single(h => h.Id == up));
        }

        return line;
    }
}
