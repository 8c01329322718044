namespace Exchange.Edge.Tests.Properties;

/// <summary>
/// Semantics 8, said from the hop that is looked at: what of it the viewer sees is the least that any link between the two shows.
/// It shares nothing with the product, not the way it goes through the tree either.
/// </summary>
internal static class MChain
{
    /// <summary>In rising order; each shows all of the one before.</summary>
    public static readonly string[] Levels = ["none", "count", "alias", "name", "own"];

    /// <summary>What a company that asks for a handoff of its own sees of another hop, or of that one.</summary>
    public static string LevelOf(int viewer, MHandoff asked, MHandoff hop)
    {
        var (toHop, toAsked) = (LineTo(hop), LineTo(asked));
        if (!toHop.Contains(asked) && !toAsked.Contains(hop))
        {
            return "none";
        }

        // No company stands twice on one line from the root, so on the way from it to the hop there is no other handoff of its own.
        return hop.Involves(viewer) ? "own" : toHop.Contains(asked) ? Below(viewer, toHop) : Above(viewer, hop, toAsked);
    }

    /// <summary>The company that a hop is shown by: the one farther from the viewer.</summary>
    public static int Beyond(int viewer, MHandoff asked, MHandoff hop) =>
        hop.Placer == viewer ? hop.Fulfiller : hop.Fulfiller == viewer ? hop.Placer : LineTo(asked).Contains(hop) ? hop.Placer : hop.Fulfiller;

    /// <summary>Whether the ticket at the root of it all is this company's.</summary>
    public static bool Began(int viewer, MHandoff asked) => LineTo(asked)[0].Placer == viewer;

    private static string Below(int viewer, List<MHandoff> line)
    {
        var between = line[line.FindIndex(h => h.Placer == viewer)..^1];
        var least = between.Select(h => h.Link.Terms.Disclosure).MinBy(Rank)!;
        return least == "none" && line[0].Placer == viewer ? "count" : least;
    }

    private static string Above(int viewer, MHandoff hop, List<MHandoff> line)
    {
        var between = line[(line.IndexOf(hop) + 1)..(line.FindIndex(h => h.Fulfiller == viewer) + 1)];
        return between.TrueForAll(h => h.Link.Terms.ShowAncestors) ? between.Select(h => h.Link.Terms.Disclosure).MinBy(Rank)! : "none";
    }

    private static int Rank(string level) => Array.IndexOf(Levels, level);

    /// <summary>From the root down.</summary>
    private static List<MHandoff> LineTo(MHandoff hop) => hop.Parent is { } parent ? [.. LineTo(parent), hop] : [hop];
}
