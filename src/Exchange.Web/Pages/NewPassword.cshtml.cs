using Exchange.Core.Accounts;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

/// <summary>Chooses a new password with the code of a link. The code works once; whether it still does is told when it is used.</summary>
[Open]
public sealed class NewPasswordModel(IPeople people, Attempts attempts) : ExchangePage
{
    public async Task<IActionResult> OnPostAsync(string code, string? password)
    {
        if (attempts.Refuses(this, null))
        {
            return Page();
        }

        var reset = await people.Reset(code, password, Gone);
        if (!reset.Ok)
        {
            Tell(reset.Fault);
            return Page();
        }

        Toast = T["Your new password is set, and all browsers are signed out. Sign in with it."];
        return Redirect("/sign-in");
    }
}
