using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>One link: its terms in plain words, what is proposed, and what will happen if it is suspended or ended.</summary>
[Sees(Roles.Any)]
public sealed class LinkModel(LinkViews links, TermsViews terms, StakeViews stakes, FieldViews fields) : DeskPage
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    /// <summary>What is asked about: suspend, resume, drain, terminate, withdraw or propose.</summary>
    [BindProperty(SupportsGet = true, Name = "ask")]
    public string? About { get; set; }

    [BindProperty(Name = "version")]
    public long? Version { get; set; }

    [BindProperty(Name = "number")]
    public int Number { get; set; }

    [BindProperty(Name = "reason")]
    public string? Reason { get; set; }

    [BindProperty(Name = "terms")]
    public TermsForm? Form { get; set; }

    public LinkView Link { get; private set; } = null!;

    /// <summary>The company's own, which terms can name.</summary>
    public IReadOnlyList<FieldView> Fields { get; private set; } = [];

    public Stake Stake { get; private set; } = null!;

    /// <summary>Proposals, each with its difference to what is in force.</summary>
    public IReadOnlyList<TermsView> Proposals { get; private set; } = [];

    public IReadOnlyList<TermsView> History { get; private set; } = [];

    public string Them => Link.Partner?.Name ?? Link.InvitedAccount?.Name ?? T["them"];

    public TermsWords Words => new(T, Link.Role == "inviter", Them);

    private LinkId LinkId => new(Id);

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : NotFound();

    public async Task<IActionResult> OnGetStateAsync() => await Load() ? Partial("_LinkState", this) : NotFound();

    public Task<IActionResult> OnPostSuspendAsync() => Carry("suspend", new SuspendLink(LinkId, Entered.Text(Reason), Version), () => T["The link stands still. {0} sees your reason.", Them]);

    public Task<IActionResult> OnPostResumeAsync() => Carry("resume", new ResumeLink(LinkId, Version), () => Link.State == "active" ? T["The link flows again."] : T["Your part of the suspension is over. {0} still has it suspended.", Them]);

    public Task<IActionResult> OnPostDrainAsync() => Carry("drain", new DrainLink(LinkId, Entered.Text(Reason), Version), () => T["Notice is given. The link ends {0}.", Show.Date(Link.DrainsUntil ?? Show.Now)]);

    public Task<IActionResult> OnPostTerminateAsync() => Carry("terminate", new TerminateLink(LinkId, Entered.Text(Reason), Version), () => T["The link has ended."]);

    public Task<IActionResult> OnPostWithdrawAsync() => Carry("withdraw", new WithdrawInvitation(LinkId, Version), () => T["The invitation is withdrawn. Its code opens nothing any more."]);

    public Task<IActionResult> OnPostSignAsync() => Answer(new SignTerms(LinkId, Number, Version), T["Signed. New offers go under these terms; open handoffs stay under theirs."]);

    public Task<IActionResult> OnPostRejectAsync() => Answer(new RejectTerms(LinkId, Number, Version), T["Rejected. The terms in force stay."]);

    public Task<IActionResult> OnPostTakeBackAsync() => Answer(new WithdrawTerms(LinkId, Number, Version), T["Your proposal is withdrawn."]);

    public async Task<IActionResult> OnPostProposeAsync()
    {
        if (ModelState.IsValid && Form is not null)
        {
            return await Answer(new ProposeTerms(LinkId, Form.Ask(), Version), T["Proposed. They are in force once the other side has signed too."], "propose");
        }

        Say(T["A number is missing or is not one."]);
        Response.StatusCode = 400;
        About = "propose";
        return await Load() ? Page() : NotFound();
    }

    public bool Can<TAsk>(string command) => Link.Allowed.Contains(command, StringComparer.Ordinal) && May<TAsk>();

    private async Task<IActionResult> Carry<TAsk>(string about, TAsk ask, Func<string> done)
        where TAsk : IAsk<LinkId>
    {
        var outcome = await Ask<TAsk, LinkId>(ask);
        if (!await Load())
        {
            return NotFound();
        }

        if (!outcome.Ok)
        {
            About = about;
            return Page();
        }

        Toast = done();
        return Redirect(At.Path($"links/{Id}"));
    }

    private async Task<IActionResult> Answer<TAsk>(TAsk ask, string done, string? about = null)
        where TAsk : IAsk<TermsId>
    {
        if (await Ask<TAsk, TermsId>(ask) is { Ok: true })
        {
            Toast = done;
            return Redirect(At.Path($"links/{Id}"));
        }

        About = about;
        return await Load() ? Page() : NotFound();
    }

    private async Task<bool> Load()
    {
        if (await links.One(Me, LinkId, Gone) is not { } link || await stakes.Of(Me, LinkId, Gone) is not { } stake
            || await terms.List(Me, LinkId, new PageAsk(20, null), Gone) is not { } history)
        {
            return false;
        }

        (Link, Stake, History) = (link, stake, history.Items);
        var proposals = new List<TermsView>();
        foreach (var proposal in link.Proposals)
        {
            if (await terms.One(Me, LinkId, proposal.Version, null, Gone) is { Ok: true } one)
            {
                proposals.Add(one.Value);
            }
        }

        Proposals = proposals;
        Form ??= TermsForm.Of(link.Terms);
        Fields = About == "propose" ? await fields.Living(Me, Gone) : [];
        return true;
    }
}
