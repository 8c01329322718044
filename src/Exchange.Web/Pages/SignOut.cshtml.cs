using Exchange.Core.Accounts;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

[SignedIn]
public sealed class SignOutModel(IPeople people) : ExchangePage
{
    public async Task<IActionResult> OnPostAsync()
    {
        var session = HttpContext.Features.Get<PersonSession>()!;
        await people.EndSession(session.Person.Id, session.Id, Gone);
        await HttpContext.SignOutAsync(Gate.Scheme);
        return Redirect("/sign-in");
    }
}
