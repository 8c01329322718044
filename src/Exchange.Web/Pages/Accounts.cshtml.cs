using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

/// <summary>The companies of a person: where he switches between them, and founds one.</summary>
[SignedIn]
public sealed class AccountsModel(Membership membership, ExchangeSettings settings) : ExchangePage
{
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "slug")]
    public string? Slug { get; set; }

    [BindProperty(Name = "zone")]
    public string? Zone { get; set; }

    public IReadOnlyList<AccountOfMember> Accounts { get; private set; } = [];

    /// <summary>Where sign-up takes the operator key, companies are founded by API.</summary>
    public bool MayFound => settings.SignUp == "open";

    private PersonView Person => HttpContext.Features.Get<PersonSession>()!.Person;

    public async Task OnGetAsync() => Accounts = await membership.Of(Person.Id, Gone);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayFound)
        {
            return StatusCode(403);
        }

        var caller = new Caller(default, "", new Actor("person", Person.Id.ToString(), Person.Name));
        var founded = await Ask<FoundAccount, Joined>(new FoundAccount(Name, Slug, Zone, Person.Id, Person.Name, Person.Email), caller);
        if (founded.Ok)
        {
            return Redirect($"/at/{founded.Value.Slug}/home");
        }

        await OnGetAsync();
        return Page();
    }
}
