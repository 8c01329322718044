using Exchange.Core.Accounts;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

/// <summary>Leads to the desk of somebody's only company, or to the choice between several.</summary>
[SignedIn]
public sealed class IndexModel(Membership membership) : ExchangePage
{
    public async Task<IActionResult> OnGetAsync()
    {
        var accounts = await membership.Of(HttpContext.Features.Get<PersonSession>()!.Person.Id, Gone);
        return Redirect(accounts is [var only] ? $"/at/{only.Slug}/home" : "/accounts");
    }
}
