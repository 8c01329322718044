using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>Rules by which a ticket finds its next partner.</summary>
[Sees(Roles.LinkAdmin | Roles.Dispatcher)]
public sealed class RoutesModel(RouteViews routes, LinkViews links) : DeskPage
{
    /// <summary>So many partners can be chosen here; the API takes more.</summary>
    public const int Steps = 5;

    public IReadOnlyList<RouteView> Rules { get; private set; } = [];

    /// <summary>The companies of the account's links, by name.</summary>
    public IReadOnlyList<LinkView> Partners { get; private set; } = [];

    public RouteForm Typed { get; private set; } = new();

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostMakeAsync(RouteForm typed)
    {
        Typed = typed;
        var chosen = (typed.Links ?? []).OfType<Guid>().Select(l => new LinkId(l)).ToList();
        var made = await Ask<MakeRoute, RouteId>(new MakeRoute(
            typed.Name, typed.Category, typed.Asset, chosen, typed.Automatic, new RouteShare(typed.ShareContact, typed.ShareAsset), typed.Hours));
        return made.Ok ? Said(T["The rule is made."]) : await Again();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid route)
    {
        var removed = await Ask<RemoveRoute, Done>(new RemoveRoute(route));
        return removed.Ok ? Said(T["The rule is removed. What it has offered goes on."]) : await Again();
    }

    public string NameOf(LinkId link) => Partners.FirstOrDefault(l => l.Id == link)?.Partner?.Name ?? T["a link that is over"];

    private RedirectResult Said(string toast)
    {
        Toast = toast;
        return Redirect(At.Path("settings/routes"));
    }

    private async Task<PageResult> Again()
    {
        await Load();
        return Page();
    }

    private async Task Load()
    {
        Rules = (await routes.List(Me, new PageAsk(PageAsk.MaxLimit, null), Gone)).Items;
        Partners = [.. (await links.List(Me, null, new PageAsk(PageAsk.MaxLimit, null), Gone)).Items
            .Where(l => l.Partner is not null && l.State is "active" or "suspended").OrderBy(l => l.Partner!.Name, StringComparer.CurrentCulture)];
    }
}

/// <summary>What is typed for a rule.</summary>
public sealed record RouteForm
{
    public string? Name { get; init; }

    public string? Category { get; init; }

    public string? Asset { get; init; }

    /// <summary>In the order in which they are asked; an empty one is left out.</summary>
    public IReadOnlyList<Guid?>? Links { get; init; }

    public bool Automatic { get; init; }

    public bool ShareContact { get; init; }

    public bool ShareAsset { get; init; }

    public int? Hours { get; init; }
}
