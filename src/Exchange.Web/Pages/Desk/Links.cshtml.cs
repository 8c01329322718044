using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>All links, and the way to a new one.</summary>
[Sees(Roles.Any)]
public sealed class LinksModel(LinkViews links, FieldViews fields) : DeskPage
{
    /// <summary>Whether the form of an invitation stands open.</summary>
    [BindProperty(SupportsGet = true, Name = "invite")]
    public bool Invites { get; set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    [BindProperty(Name = "terms")]
    public TermsForm Terms { get; set; } = TermsForm.Of(Core.Links.Terms.Default);

    [BindProperty(Name = "only")]
    public string? Only { get; set; }

    /// <summary>The company's own, which terms can name.</summary>
    public IReadOnlyList<FieldView> Fields { get; private set; } = [];

    public Page<LinkView> All { get; private set; } = new([], null);

    /// <summary>Just made: its code is shown this once.</summary>
    public Invited? Made { get; private set; }

    public string Address => $"{Request.Scheme}://{Request.Host}/invited/{Made!.InviteCode}";

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetListAsync()
    {
        await Load();
        return Partial("_LinkList", this);
    }

    /// <summary>Answers with the page itself: the code stands nowhere else, so there is nothing to redirect to.</summary>
    public async Task<IActionResult> OnPostInviteAsync()
    {
        if (!ModelState.IsValid)
        {
            Say(T["A number is missing or is not one."]);
            Response.StatusCode = 400;
        }
        else if (await Ask<InvitePartner, Invited>(new InvitePartner(Terms.Ask(), Entered.Text(Only))) is { Ok: true } made)
        {
            Made = made.Value;
        }

        Invites = Made is null;
        await Load();
        return Page();
    }

    /// <summary>What the reader does over it, if anything, as a glyph and words.</summary>
    public string Said(LinkView link) => link.State switch
    {
        "suspended" => link.SuspendedBy.Count > 1 ? T["Suspended by both"] : link.SuspendedBy.Any(s => s.Account.Id == Me.Account) ? T["Suspended by us"] : T["Suspended by them"],
        "draining" when link.DrainsUntil is { } until => T["Ends {0}", Show.Date(until)],
        "invited" when link.ExpiresAt is { } until => T["Invited, valid until {0}", Show.When(until)],
        var state => T[$"link:{state}"],
    };

    private async Task Load()
    {
        Fields = Invites ? await fields.Living(Me, Gone) : [];
        All = await links.List(Me, null, new PageAsk(PageAsk.DefaultLimit, After is null ? null : Cursor.TryParse(After)), Gone);
    }
}
