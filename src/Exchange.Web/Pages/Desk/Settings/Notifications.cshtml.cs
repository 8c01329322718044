using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Notices;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>What a person wants to be told in this account, and where. Each settles his own; nobody sees another's.</summary>
[Sees(Roles.Any)]
public sealed class NotificationsModel(NoticeViews views, IMail mail) : DeskPage
{
    public IReadOnlyList<NoticeRuleView> Rules { get; private set; } = [];

    public bool MailGoesOut => mail.GoesOut;

    public async Task OnGetAsync() => Rules = await views.Rules(Me, Gone);

    /// <param name="app">The kinds that are ticked to be shown in the desk.</param>
    /// <param name="byMail">Those that are ticked to be mailed.</param>
    public async Task<IActionResult> OnPostAsync(string[] app, string[] byMail)
    {
        var changed = await Ask<ChangeNoticeRules, Done>(new ChangeNoticeRules(
            [.. NoticeKinds.All.Select(kind => new NoticeChoice(kind.Name(), app.Contains(kind.Name(), StringComparer.Ordinal), byMail.Contains(kind.Name(), StringComparer.Ordinal)))]));
        if (changed.Ok)
        {
            Toast = T["Saved."];
            return Redirect(At.Path("settings/notifications"));
        }

        Rules = await views.Rules(Me, Gone);
        return Page();
    }
}
