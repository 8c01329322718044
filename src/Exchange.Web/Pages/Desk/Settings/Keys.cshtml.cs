using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>Keys by which programs ask in the company's name.</summary>
[Sees(Roles.Admin)]
public sealed class KeysModel(AccountViews views) : DeskPage
{
    public IReadOnlyList<KeyView> Keys { get; private set; } = [];

    /// <summary>Whether there are older ones than are shown.</summary>
    public bool More { get; private set; }

    public string? Name { get; private set; }

    public IReadOnlyList<string> Chosen { get; private set; } = [Core.Accounts.Scopes.Read];

    /// <summary>Shown this once.</summary>
    public MadeKey? Made { get; private set; }

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostMakeAsync(string? name, string[] scopes)
    {
        (Name, Chosen) = (name, scopes);
        var made = await Ask<MakeKey, MadeKey>(new MakeKey(Name, Chosen));
        if (made.Ok)
        {
            Made = made.Value;
            Name = null;
        }

        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid key)
    {
        var revoked = await Ask<RevokeKey, KeyId>(new RevokeKey(new KeyId(key)));
        if (!revoked.Ok)
        {
            await Load();
            return Page();
        }

        Toast = T["Revoked. Whatever used this key is refused from now on."];
        return Redirect(At.Path("settings/keys"));
    }

    private async Task Load()
    {
        var page = await views.Keys(Me, new PageAsk(PageAsk.MaxLimit, null), Gone);
        (Keys, More) = (page.Items, page.Next is not null);
    }
}
