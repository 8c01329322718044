using System.Text.Json;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Edge.Tests.Properties;

/// <content>What each company sees of the chains that it is part of.</content>
internal sealed partial class RandomRun
{
    /// <summary>For each handoff, hop by hop, at the level that the terms on the way show, and nothing beside it.</summary>
    /// <returns>All of it, as it is shown.</returns>
    private async Task<string> ChainsAreAsTheTermsShowThem(int account)
    {
        var shown = "";
        foreach (var asked in _handoffs)
        {
            var view = await _world.Get<ChainViews>().Of(_callers[account], new HandoffId(asked.Id), CancellationToken.None);
            Require((view is not null) == asked.Involves(account), $"chain: {_callers[account].AccountName} {(view is null ? "does not see" : "sees")} the chain of {Name(asked)}");
            if (view is null)
            {
                continue;
            }

            var chain = _handoffs.Where(h => Root(h) == Root(asked) && MChain.LevelOf(account, asked, h) != "none").ToList();
            var (should, does) = (chain.ConvertAll(h => Should(account, asked, h)), Flat(view.Top).Select(Does).ToList());
            Require(should.Order(StringComparer.Ordinal).SequenceEqual(does.Order(StringComparer.Ordinal), StringComparer.Ordinal),
                $"chain: {_callers[account].AccountName} should see of the chain of {Name(asked)}\n      {string.Join("\n      ", should)}\n    and sees\n      {string.Join("\n      ", does)}");
            shown += Told(account, asked, chain, JsonSerializer.Serialize(view));
            chain.ForEach(h => Count($"chain: {MChain.LevelOf(account, asked, h)}"));
        }

        return shown;
    }

    /// <summary>Holders of the ball too: no company by name or id but those that a hop shows by name, and its own and their tickets not at all.</summary>
    private string Told(int account, MHandoff asked, List<MHandoff> chain, string text)
    {
        var named = chain.Where(h => MChain.LevelOf(account, asked, h) is "own" or "name").Select(h => MChain.Beyond(account, asked, h)).ToHashSet();
        foreach (var (other, company) in _callers.Index().Where(c => !named.Contains(c.Index)))
        {
            Require(!text.Contains(company.Account.ToString(), StringComparison.OrdinalIgnoreCase) && !text.Contains($"\"{company.AccountName}\"", StringComparison.Ordinal),
                $"chain: {_callers[account].AccountName} is told of {_callers[other].AccountName} in the chain of {Name(asked)}");
        }

        // What is shown by name is no stranger any more; the rest goes where all that is shown goes.
        return named.Aggregate(text, (left, other) => left.Replace(_callers[other].Account.ToString(), "", StringComparison.OrdinalIgnoreCase));
    }

    private string Should(int account, MHandoff asked, MHandoff hop)
    {
        var level = MChain.LevelOf(account, asked, hop);
        var by = level is "own" or "name" ? _callers[MChain.Beyond(account, asked, hop)].AccountName : "";
        var known = level is "own" or "name" or "alias";
        var clock = known || MChain.Began(account, asked);
        return Line(level, hop.State, by, level == "own" ? hop.Id.ToString() : "", clock, known, known && !hop.Over, known);
    }

    private static string Does(HopView hop) => Line(
        hop.Id is not null ? "own" : hop.Account is not null ? "name" : hop.Alias is not null ? "alias" : "count",
        hop.State, hop.Account?.Name ?? "", hop.Id?.ToString() ?? "", hop.Clocks is not null, hop.Contribution is not null, hop.Ball is not null, hop.Times is not null);

    private static string Line(string level, string state, string by, string id, bool clock, bool contribution, bool ball, bool times) =>
        $"{level} {state} {by} {id}{(clock ? " clock" : "")}{(contribution ? " contribution" : "")}{(ball ? " ball" : "")}{(times ? " times" : "")}";

    private static IEnumerable<HopView> Flat(HopView hop) => hop.Children.SelectMany(Flat).Prepend(hop);

    private static MHandoff Root(MHandoff hop) => hop.Parent is { } parent ? Root(parent) : hop;
}
