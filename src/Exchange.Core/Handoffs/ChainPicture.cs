using Exchange.Core.Accounts;
using Exchange.Core.Kernel;

namespace Exchange.Core.Handoffs;

/// <summary>Who has to act, as far as the viewer may know.</summary>
/// <param name="Who"><c>you</c>, a company's name, or its alias; absent where only state is shown.</param>
/// <param name="Since">Absent where only state is shown.</param>
public sealed record HolderView(string? Who, AccountRef? Account, DateTimeOffset? Since, string Why);

/// <summary>One hop of a chain. What is absent is not shown to the viewer, or is not there.</summary>
/// <param name="Id">Of the viewer's own handoffs alone.</param>
/// <param name="Direction">Of the viewer's own: <c>out</c> where it placed it, <c>in</c> where it fulfils it.</param>
/// <param name="Account">The company that this hop brings in: of an own handoff the partner, further down its fulfiller, further up its placer.</param>
/// <param name="Alias">A name for that company which stays the same in this chain; of no own partner.</param>
/// <param name="Contribution">What its fulfiller put into it; of hops whose company is shown, by alias at least.</param>
/// <param name="Children">What its fulfiller handed on, in order of offer.</param>
public sealed record HopView(
    HandoffId? Id,
    string? Direction,
    AccountRef? Account,
    string? Alias,
    string State,
    ClocksView? Clocks,
    HolderView? Ball,
    Times? Times,
    int? ReworkCount,
    Contribution? Contribution,
    IReadOnlyList<HopView> Children);

/// <param name="Ball">Who has to act so that the whole goes on: the deepest holders, as far as the chain is shown. Nobody when all is over.</param>
/// <param name="Top">The highest hop that is shown.</param>
public sealed record ChainView(IReadOnlyList<HolderView> Ball, HopView Top);

/// <summary>Draws a chain as one company sees it. Pure; it looks at nothing but the hops that <see cref="Disclosure"/> lets through.</summary>
public sealed class ChainPicture
{
    private readonly AccountId _viewer;
    private readonly IReadOnlyDictionary<AccountId, string> _names;
    private readonly Disclosure _sight;
    private readonly Dictionary<(AccountId Company, Disclosed Level), string> _aliases = [];
    private readonly Dictionary<HandoffId, Hop> _shown;
    private readonly ILookup<HandoffId, Hop> _children;

    private ChainPicture(AccountId viewer, HandoffId asked, IReadOnlyCollection<Hop> chain, IReadOnlyDictionary<AccountId, string> names)
    {
        (_viewer, _names, _sight) = (viewer, names, Disclosure.For(viewer, asked, chain));
        var seen = chain.Where(h => _sight.Levels.ContainsKey(h.Id)).OrderBy(h => h.Times.OfferedAt).ThenBy(h => h.Id.Value).ToList();
        foreach (var hop in seen.Where(h => LevelOf(h) is Disclosed.Alias or Disclosed.Name))
        {
            // By level too: else a company that is named at one place would be known by its alias at another.
            _aliases.TryAdd((Beyond(hop), LevelOf(hop)), $"Partner {Letters(_aliases.Count)}");
        }

        _shown = Disclosure.Around(asked, seen).ToDictionary(h => h.Id);
        _children = seen.Where(h => _shown.ContainsKey(h.Id) && h.Parent is not null).ToLookup(h => h.Parent!.Value);
    }

    /// <param name="asked">A handoff of the viewer's own.</param>
    /// <param name="chain">All handoffs of the chain.</param>
    public static ChainView Draw(AccountId viewer, HandoffId asked, IReadOnlyCollection<Hop> chain, IReadOnlyDictionary<AccountId, string> names)
    {
        var picture = new ChainPicture(viewer, asked, chain, names);
        var top = picture._shown.Values.Single(h => h.Parent is not { } up || !picture._shown.ContainsKey(up));
        return new ChainView([.. picture.Holders(top)], picture.Show(top));
    }

    /// <summary>The hops whose contribution the viewer sees.</summary>
    public static IReadOnlySet<HandoffId> Contributing(AccountId viewer, HandoffId asked, IReadOnlyCollection<Hop> chain)
    {
        var levels = Disclosure.For(viewer, asked, chain).Levels;
        return Disclosure.Around(asked, [.. chain.Where(h => levels.ContainsKey(h.Id))]).Select(h => h.Id).Where(id => levels[id] >= Disclosed.Alias).ToHashSet();
    }

    private HopView Show(Hop hop)
    {
        var level = LevelOf(hop);
        var own = level == Disclosed.Own;
        var company = Beyond(hop);
        var known = level >= Disclosed.Alias;
        return new HopView(
            own ? hop.Id : null,
            own ? (hop.Placer == _viewer ? "out" : "in") : null,
            level >= Disclosed.Name ? Named(company) : null,
            own ? null : _aliases.GetValueOrDefault((company, level)),
            Store.Words<HandoffState>.Of(hop.State),
            known || _sight.BeganIt ? hop.Clocks : null,
            known && hop.Ball is not null ? Holder(hop) : null,
            known ? hop.Times : null,
            known ? hop.ReworkCount : null,
            known ? hop.Contribution : null,
            [.. _children[hop.Id].Select(Show)]);
    }

    /// <summary>Who handed the work on waits for those he gave it to, unless they wait for him.</summary>
    private IEnumerable<HolderView> Holders(Hop hop)
    {
        if (hop.Ball is not { } ball)
        {
            return [];
        }

        var at = ball.Side == Side.Fulfiller ? _children[hop.Id].Where(c => c.Ball is not null).ToList() : [];
        return at.Count == 0 ? [Holder(hop)] : at.SelectMany(Holders);
    }

    private HolderView Holder(Hop hop)
    {
        var ball = hop.Ball!;
        var holder = ball.Side == Side.Placer ? hop.Placer : hop.Fulfiller;
        if (holder == _viewer)
        {
            return new HolderView("you", null, ball.Since, ball.Why);
        }

        if (LevelOf(hop) < Disclosed.Alias)
        {
            // What the state says, and no more: a counter-offer is not shown here.
            return new HolderView(null, null, null, Waiting.Why(hop.State, false, null)!);
        }

        // Each company is shown as the hop that brings it in shows it.
        var introduced = holder == Beyond(hop) ? hop : Toward(hop);
        var account = LevelOf(introduced) >= Disclosed.Name ? Named(holder) : null;
        return new HolderView(account?.Name ?? _aliases[(holder, LevelOf(introduced))], account, ball.Since, ball.Why);
    }

    /// <summary>The company that a hop brings into the picture: the one farther from the viewer.</summary>
    private AccountId Beyond(Hop hop) => hop.Placer == _viewer ? hop.Fulfiller : hop.Fulfiller == _viewer ? hop.Placer : IsAbove(hop) ? hop.Placer : hop.Fulfiller;

    /// <summary>The neighbouring hop on the way to the viewer.</summary>
    private Hop Toward(Hop hop) => IsAbove(hop) ? _children[hop.Id].Single() : _shown[hop.Parent!.Value];

    private bool IsAbove(Hop hop) => _sight.Above.Contains(hop.Id);

    private Disclosed LevelOf(Hop hop) => _sight.Levels[hop.Id];

    private AccountRef Named(AccountId company) => new(company, _names[company]);

    private static string Letters(int index) => index < 26 ? $"{(char)('A' + index)}" : Letters((index / 26) - 1) + (char)('A' + (index % 26));
}
