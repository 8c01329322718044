using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>What the company is called, and where its day begins.</summary>
[Sees(Roles.Admin)]
public sealed class CompanyModel : DeskPage
{
    public string Name { get; private set; } = "";

    public string Zone { get; private set; } = "";

    public void OnGet() => (Name, Zone) = (At.In.Name, At.In.TimeZone);

    public async Task<IActionResult> OnPostAsync(string? name, string? zone)
    {
        // Nothing typed is not the same as nothing asked.
        (Name, Zone) = (name ?? "", zone ?? "");
        var changed = await Ask<ChangeAccount, AccountId>(new ChangeAccount(Name, Zone));
        if (!changed.Ok)
        {
            return Page();
        }

        Toast = T["Saved."];
        return Redirect(At.Path("settings"));
    }
}
