using Exchange.Core.Accounts;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

/// <summary>All places, for screens that have no room for the navigation.</summary>
[Sees(Roles.Any)]
public sealed class MoreModel : DeskPage
{
    public IReadOnlyList<Place> Places =>
    [
        new("notices", Icon("bell"), T["Notifications"]),
        new("chains", Icon("hierarchy-2"), T["Chains"]),
        new("links", Icon("link"), T["Links"]),
        new("partners", Icon("chart-bar"), T["Partners"]),
        .. SettingsTab.Of(Me).Select(tab => new Place(tab.Path, Icon("settings"), T[tab.Title])),
    ];

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}
