using Exchange.Core.Accounts;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>The navigation alone, for pages that are live.</summary>
[Sees(Roles.Any)]
public sealed class NavigationModel : DeskPage
{
    [BindProperty(SupportsGet = true, Name = "here")]
    public string? Place { get; set; }
}
