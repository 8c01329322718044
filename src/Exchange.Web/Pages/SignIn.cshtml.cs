using Exchange.Core.Accounts;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages;

/// <summary>Somebody of the demo, for the sign-in page.</summary>
/// <param name="What">What he is, and where.</param>
public sealed record DemoPerson(string Name, string Email, string Password, string What);

/// <summary>Whom the sign-in page lets in with one click: people of the demo, on the embedded default alone.</summary>
public sealed class DemoPeople
{
    public IReadOnlyList<DemoPerson> All { get; set; } = [];
}

[Open]
public sealed class SignInModel(IPeople people, DemoPeople demo, Attempts attempts) : ExchangePage
{
    [BindProperty(SupportsGet = true, Name = "then")]
    public string? Then { get; set; }

    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "password")]
    public string? Password { get; set; }

    [BindProperty(Name = "code")]
    public string? Code { get; set; }

    public bool CodeWanted { get; private set; }

    public IReadOnlyList<DemoPerson> Demo => demo.All;

    public async Task<IActionResult> OnPostAsync()
    {
        if (attempts.Refuses(this, Email))
        {
            return Page();
        }

        var visitor = new Visitor(Request.Headers.UserAgent.ToString(), HttpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        var answer = await people.SignIn(Email, Password, Code, visitor, Gone);
        switch (answer.State)
        {
            case SignInState.Welcome:
                await Gate.Welcome(HttpContext, answer.Session!);
                return Redirect(Url.IsLocalUrl(Then) ? Then : "/");
            case SignInState.CodeWanted when Code is null:
                CodeWanted = true;
                return Page();
            case SignInState.CodeWanted:
                CodeWanted = true;
                return Refused(T["This is not the code that the app shows now."]);
            case SignInState.Locked:
                return Refused(T["Too many wrong attempts. Try again in {0}.", Show.Span(answer.LockedFor ?? TimeSpan.FromMinutes(1))]);
            default:
                return Refused(T["E-mail and password do not belong together."]);
        }
    }

    private PageResult Refused(string why)
    {
        Say(why);
        Response.StatusCode = 401;
        return Page();
    }
}
