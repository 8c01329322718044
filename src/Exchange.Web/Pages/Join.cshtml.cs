using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages;

/// <summary>An invitation to a company, opened by its code: whoever has signed in joins with one click.</summary>
[Open]
public sealed class JoinModel(MemberViews members) : ExchangePage
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public string Code { get; set; } = "";

    /// <summary>Null when the code is no good, or no more.</summary>
    public InvitedTo? To { get; private set; }

    public PersonView? Person => HttpContext.Features.Get<PersonSession>()?.Person;

    public async Task<IActionResult> OnGetAsync()
    {
        To = await members.Invited(Code, Gone);
        if (To is null)
        {
            Response.StatusCode = 404;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Person is not { } person)
        {
            return Redirect($"/sign-in?then={Uri.EscapeDataString($"/join/{Code}")}");
        }

        var caller = new Caller(default, "", new Actor("person", person.Id.ToString(), person.Name));
        var joined = await Ask<JoinAccount, Joined>(new JoinAccount(Code, person.Id, person.Name, person.Email), caller);
        return joined.Ok ? Redirect($"/at/{joined.Value.Slug}/home") : await Shown();
    }

    private async Task<PageResult> Shown()
    {
        To = await members.Invited(Code, Gone);
        return Page();
    }
}
