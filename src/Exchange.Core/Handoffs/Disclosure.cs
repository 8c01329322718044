using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Handoffs;

/// <summary>How much of a hop a company sees. Each step shows all of the one before.</summary>
public enum Disclosed
{
    /// <summary>Not even that it is there.</summary>
    None,

    /// <summary>That it is there, and its state.</summary>
    Count,

    /// <summary>Under an alias: its clocks, its times, what its fulfiller contributed, and who holds the ball.</summary>
    Alias,

    /// <summary>The company's name too.</summary>
    Name,

    /// <summary>The viewer's own handoff.</summary>
    Own,
}

/// <summary>One handoff of a chain, with what the terms it was offered under say of disclosure.</summary>
/// <param name="Shows">How what lies beyond this hop is shown across it.</param>
/// <param name="ShowsAncestors">Whether the fulfiller sees what lies above this hop.</param>
public sealed record Hop(
    HandoffId Id,
    HandoffId? Parent,
    AccountId Placer,
    AccountId Fulfiller,
    HandoffState State,
    Ball? Ball,
    Times Times,
    ClocksView Clocks,
    int ReworkCount,
    Disclosed Shows,
    bool ShowsAncestors)
{
    /// <summary>What its fulfiller put into it; null where nobody looked.</summary>
    public Contribution? Contribution { get; init; }

    /// <param name="since">Since when its link is suspended; null where it is not.</param>
    public static Hop Of(Handoff h, Terms terms, DateTimeOffset? since, DateTimeOffset now) => new(
        h.Id, h.Parent, h.Placer, h.Fulfiller, h.State, Handoffs.Ball.Of(h, null),
        new Times(h.OfferedAt, h.AcceptedAt, h.StartedAt, h.ResolvedAt, h.OverAt),
        ClocksView.Of(h, since, now), h.ReworkCount, Store.Words<Disclosed>.Parse(terms.Disclosure), terms.ShowAncestors);

    public bool Has(AccountId account) => Placer == account || Fulfiller == account;
}

/// <summary>When a handoff reached its steps.</summary>
/// <param name="ResolvedAt">The first time.</param>
public sealed record Times(
    DateTimeOffset OfferedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? StartedAt, DateTimeOffset? ResolvedAt, DateTimeOffset? OverAt);

/// <summary>
/// What one company sees of a chain (semantics 8): its own handoffs in full; what lies above and below at the lowest disclosure
/// on the path of links between; never what its partners handed to others beside it. Pure.
/// </summary>
/// <param name="Levels">The hops that it sees, from its place in the chain.</param>
/// <param name="Above">Those of them that lie above its place.</param>
/// <param name="BeganIt">Whether the chain grew from a ticket of its own.</param>
public sealed record Disclosure(IReadOnlyDictionary<HandoffId, Disclosed> Levels, IReadOnlySet<HandoffId> Above, bool BeganIt)
{
    /// <summary>
    /// A place is one ticket: the handoff it came by and those it was handed on in. A company may have two places in one chain
    /// without knowing it, and this does not tell.
    /// </summary>
    /// <param name="asked">A handoff of the viewer's own.</param>
    /// <param name="chain">All handoffs of the chain.</param>
    public static Disclosure For(AccountId viewer, HandoffId asked, IReadOnlyCollection<Hop> chain)
    {
        var byId = chain.ToDictionary(h => h.Id);
        var children = chain.Where(h => h.Parent is not null).ToLookup(h => h.Parent!.Value);
        var place = byId[asked] is { Parent: { } came } placed && placed.Placer == viewer ? byId[came] : byId[asked];
        var levels = new Dictionary<HandoffId, Disclosed>();
        Up(levels, place, byId);
        var above = levels.Keys.ToHashSet();

        // Who began the chain answers for it to the customer: it sees at least that each hop is there, its state and its clock.
        var began = place.Parent is null && place.Placer == viewer;
        levels[place.Id] = Disclosed.Own;
        Down(levels, viewer, place, children, began ? Disclosed.Count : Disclosed.None);
        return new Disclosure(levels, above, began);
    }

    /// <summary>Of hops that are seen: the handoff asked for, what lies above it and what lies below.</summary>
    public static IEnumerable<Hop> Around(HandoffId asked, IReadOnlyCollection<Hop> seen)
    {
        var byId = seen.ToDictionary(h => h.Id);
        var above = Line(byId[asked], byId).Select(h => h.Id).ToHashSet();
        return seen.Where(h => above.Contains(h.Id) || Line(h, byId).Any(up => up.Id == asked));
    }

    private static void Up(Dictionary<HandoffId, Disclosed> levels, Hop place, Dictionary<HandoffId, Hop> byId)
    {
        var level = Disclosed.Own;
        for (var hop = place; hop is { ShowsAncestors: true, Parent: { } parent }; hop = byId[parent])
        {
            level = Lower(level, hop.Shows);
            if (level == Disclosed.None)
            {
                return;
            }

            levels[parent] = level;
        }
    }

    private static void Down(Dictionary<HandoffId, Disclosed> levels, AccountId viewer, Hop hop, ILookup<HandoffId, Hop> children, Disclosed atLeast)
    {
        // What a fulfiller handed on is its own; across a hop it placed it sees what that hop's terms show, and never more further down.
        var through = hop.Fulfiller == viewer ? Disclosed.Own : Lower(levels[hop.Id], hop.Shows);
        var level = through > atLeast ? through : atLeast;
        if (level == Disclosed.None)
        {
            return;
        }

        foreach (var child in children[hop.Id])
        {
            levels[child.Id] = level;
            Down(levels, viewer, child, children, atLeast);
        }
    }

    private static IEnumerable<Hop> Line(Hop from, Dictionary<HandoffId, Hop> known)
    {
        for (Hop? hop = from; hop is not null; hop = hop.Parent is { } id ? known.GetValueOrDefault(id) : null)
        {
            yield return hop;
        }
    }

    private static Disclosed Lower(Disclosed one, Disclosed other) => one < other ? one : other;
}
