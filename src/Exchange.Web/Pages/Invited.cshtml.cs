using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

/// <summary>Where the address of an invitation leads: who invites, the terms in plain words, and for which of one's companies to answer.</summary>
[SignedIn]
public sealed class InvitedModel(InvitationViews invitations, Membership membership) : ExchangePage
{
    [BindProperty(SupportsGet = true, Name = "code")]
    public string Code { get; set; } = "";

    /// <summary>The short name of the company that answers.</summary>
    [BindProperty(Name = "for")]
    public string? For { get; set; }

    public InvitationView Invitation { get; private set; } = null!;

    /// <summary>Of the reader's companies those for which he may answer.</summary>
    public IReadOnlyList<AccountOfMember> Companies { get; private set; } = [];

    /// <summary>He is a member of the company that invites.</summary>
    public bool IsOwn { get; private set; }

    private PersonView Reader => HttpContext.Features.Get<PersonSession>()!.Person;

    private PersonId Person => Reader.Id;

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : NotFound();

    public Task<IActionResult> OnPostAcceptAsync() =>
        Answer(new AcceptInvitation(Code), (slug, link) => $"/at/{slug}/links/{link}", inviter => T["You are linked with {0}. Tickets can go over the link from now on.", inviter]);

    public Task<IActionResult> OnPostDeclineAsync() =>
        Answer(new DeclineInvitation(Code), (slug, _) => $"/at/{slug}/links", inviter => T["Declined. {0} reads that, and nothing else.", inviter]);

    private async Task<IActionResult> Answer<TAsk>(TAsk ask, Func<string, LinkId, string> to, Func<string, string> done)
        where TAsk : IAsk<LinkId>
    {
        if (!await Load())
        {
            return NotFound();
        }

        if (For is null || await membership.Find(Person, For, Gone) is not var (caller, company))
        {
            Say(T["Choose for which of your companies you answer."]);
            Response.StatusCode = 400;
            return Page();
        }

        var outcome = await Ask<TAsk, LinkId>(ask, caller);
        if (!outcome.Ok)
        {
            return Page();
        }

        Toast = done(Invitation.Inviter.Name);
        return Redirect(to(company.Slug, outcome.Value));
    }

    private async Task<bool> Load()
    {
        if (Code.Length > 100 || await invitations.Find(Code, Gone) is not { } invitation)
        {
            return false;
        }

        Invitation = invitation;
        var all = await membership.Of(Person, Gone);
        PlaceZone.Set(HttpContext, Reader, all);
        IsOwn = all.Any(a => a.Account == invitation.Inviter.Id);
        Companies = [.. all.Where(a => a.Account != invitation.Inviter.Id && a.Roles.Includes(Roles.LinkAdmin) && (invitation.OnlyFor is not { } only || only.Id == a.Account))];
        return true;
    }
}
