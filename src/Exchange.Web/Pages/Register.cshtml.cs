using Exchange.Core.Accounts;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

[Open]
public sealed class RegisterModel(IPeople people, Attempts attempts) : ExchangePage
{
    [BindProperty(SupportsGet = true, Name = "then")]
    public string? Then { get; set; }

    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (attempts.Refuses(this, null))
        {
            return Page();
        }

        var made = await people.Register(Email, Name, Password, Gone);
        if (!made.Ok)
        {
            Tell(made.Fault);
            return Page();
        }

        var visitor = new Visitor(Request.Headers.UserAgent.ToString(), HttpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        if ((await people.SignIn(Email, Password, null, visitor, Gone)).Session is not { } session)
        {
            return Redirect("/sign-in");
        }

        await Gate.Welcome(HttpContext, session);
        return Redirect(Url.IsLocalUrl(Then) ? Then : "/");
    }
}
