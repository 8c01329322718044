using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>What we handed over and is not done: who has the ball, over time first.</summary>
[Sees(Roles.Any)]
public sealed class ChainsModel(HandoffViews handoffs) : DeskPage
{
    /// <summary>Of each side as many are shown; more stand in the list of tickets.</summary>
    private const int Most = 100;

    public IReadOnlyList<HandoffView> Open { get; private set; } = [];

    /// <summary>There are more than are shown.</summary>
    public bool More { get; private set; }

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetListAsync()
    {
        await Load();
        return Partial("_ChainList", this);
    }

    private async Task Load()
    {
        var page = new PageAsk(Most, null);
        var late = await handoffs.List(Me, new HandoffFilter(Side.Placer, OverTime: true), page, Gone);
        var theirs = await handoffs.List(Me, new HandoffFilter(Side.Placer, WaitsFor: WaitsFor.Partner), page, Gone);
        var ours = await handoffs.List(Me, new HandoffFilter(Side.Placer, WaitsFor: WaitsFor.Me), page, Gone);
        More = late.Next is not null || theirs.Next is not null || ours.Next is not null;
        Open = [.. late.Items.Concat(theirs.Items).Concat(ours.Items).DistinctBy(h => h.Id)
            .OrderByDescending(h => h.OverTime).ThenBy(h => h.DueAt ?? DateTimeOffset.MaxValue).ThenBy(h => h.OfferedAt)];
    }
}
