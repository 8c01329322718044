using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Pages.Desk.Settings;

/// <summary>Who works at this desk, as what, and who is invited.</summary>
[Sees(Roles.Admin)]
public sealed class MembersModel(MemberViews views, IMail mail) : DeskPage
{
    public IReadOnlyList<MemberView> Members { get; private set; } = [];

    public IReadOnlyList<MemberInvitationView> Invitations { get; private set; } = [];

    /// <summary>As typed, where it was refused.</summary>
    public string? Email { get; private set; }

    public Roles Chosen { get; private set; } = Roles.Agent;

    /// <summary>The link of an invitation that was just made: shown this once.</summary>
    public string? Link { get; private set; }

    public string? LinkFor { get; private set; }

    public bool ByMail => mail.GoesOut;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostInviteAsync(string? email, Roles[] roles, bool send)
    {
        (Email, Chosen) = (email, All(roles));
        var invited = await Ask<InviteMember, MemberInvited>(new InviteMember(Email ?? "", Chosen));
        if (invited.Ok)
        {
            var path = $"/join/{invited.Value.Code}";
            (Link, LinkFor) = ($"{Request.Scheme}://{Request.Host}{path}", invited.Value.Email);
            if (send && ByMail)
            {
                var letter = new Letter(
                    invited.Value.Email,
                    T["{0} invites you to the desk of {1}", At.In.MemberName, At.In.Name],
                    string.Join("\n\n", T["{0} invites you to work at the desk of {1}. Open this link within seven days:", At.In.MemberName, At.In.Name], mail.Link(path)));
                mail.Send(_ => Task.FromResult<Letter?>(letter));
            }

            (Email, Chosen) = (null, Roles.Agent);
        }

        return await Again();
    }

    public async Task<IActionResult> OnPostChangeAsync(Guid person, Roles[] roles)
    {
        var (chosen, admin) = (All(roles), await IsAdmin(person));
        var changed = await Ask<ChangeMember, PersonId>(new ChangeMember(new PersonId(person), chosen));
        return changed.Ok ? Said(Ended(T["The roles are changed; they hold from the next click on."], admin && !chosen.HasFlag(Roles.Admin)), person, chosen.HasFlag(Roles.Admin)) : await Again();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid person)
    {
        var admin = await IsAdmin(person);
        var removed = await Ask<RemoveMember, PersonId>(new RemoveMember(new PersonId(person)));
        return removed.Ok ? Said(Ended(T["Removed. What was written stays, under that name."], admin), person, false) : await Again();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid invitation)
    {
        var withdrawn = await Ask<WithdrawMemberInvitation, Done>(new WithdrawMemberInvitation(invitation));
        return withdrawn.Ok ? Said(T["Withdrawn: the link leads nowhere now."], default, true) : await Again();
    }

    private async Task<bool> IsAdmin(Guid person) => (await views.Members(Me, Gone)).Any(m => m.Person.Value == person && m.Roles.HasFlag(Roles.Admin));

    /// <summary>With an admin go the invitations that he could have made for himself.</summary>
    private string Ended(string toast, bool invitations) => invitations ? $"{toast} {T["All open invitations have ended: make them anew."]}" : toast;

    private static Roles All(Roles[] roles) => roles.Aggregate(Roles.None, (all, role) => all | role);

    /// <summary>Whoever has just taken these settings from himself goes where he still may be.</summary>
    private RedirectResult Said(string toast, Guid person, bool admin)
    {
        Toast = toast;
        return Redirect(person != At.Person.Id.Value || admin ? At.Path("settings/members") : "/");
    }

    private async Task<PageResult> Again()
    {
        await Load();
        return Page();
    }

    private async Task Load()
    {
        Members = await views.Members(Me, Gone);
        Invitations = await views.Invitations(Me, Gone);
    }
}
