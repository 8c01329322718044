using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Shell;

/// <param name="Name">The last part of its address, and what a page says it is.</param>
/// <param name="Count">What waits there; <c>null</c> shows nothing.</param>
/// <param name="Loud">Whether somebody's time runs out there.</param>
public sealed record Place(string Name, string Icon, string Title, string? Count = null, bool Loud = false);

/// <param name="Unread">How many notices the reader has not read; null shows nothing.</param>
public sealed record PlacesModel(At At, string? Here, IReadOnlyList<Place> Places, string? Unread);

/// <summary>The places of the desk, with what waits in them.</summary>
public sealed class NavigationViewComponent(HandoffViews handoffs, ParkedViews parked, NoticeViews notices, Texts t) : ViewComponent
{
    /// <summary>More are not counted: the list itself tells.</summary>
    private const int Most = 50;

    public async Task<IViewComponentResult> InvokeAsync(string? here)
    {
        var at = HttpContext.Features.Get<At>()!;
        var ct = HttpContext.RequestAborted;
        var offers = (await handoffs.List(at.Caller, new HandoffFilter(Side.Fulfiller, HandoffState.Offered), new PageAsk(Most, null), ct)).Items.Count;
        var stuck = (await parked.Causes(at.Caller, ct)).Sum(cause => cause.Count);
        var unread = await notices.Unread(at.Caller, Most, ct);
        return View(new PlacesModel(at, here,
        [
            new("home", Icon("home"), t["Home"]),
            new("tickets", Icon("inbox"), t["Tickets"]),
            new("offers", Icon("arrows-exchange"), t["Offers"], offers == 0 ? null : offers < Most ? $"{offers}" : $"{Most}+", true),
            new("chains", Icon("hierarchy-2"), t["Chains"]),
            new("links", Icon("link"), t["Links"]),
            new("health", Icon("heartbeat"), t["Health"], stuck == 0 ? null : $"{stuck}"),
            new("partners", Icon("chart-bar"), t["Partners"]),
        ], unread == 0 ? null : unread < Most ? $"{unread}" : $"{Most}+"));
    }

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}
