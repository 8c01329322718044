using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>Sends a sample over a link in thought: what each side would see, under the terms in force or proposed ones. Nothing is stored.</summary>
[Sees(Roles.Any)]
public sealed class RehearsalModel(LinkViews links, TermsViews terms, RehearsalViews rehearsals) : DeskPage
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    /// <summary>Of the terms; null: those in force.</summary>
    [BindProperty(SupportsGet = true, Name = "version")]
    public int? Version { get; set; }

    /// <summary><c>them</c>: they hand over to us.</summary>
    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    public LinkView Link { get; private set; } = null!;

    public Terms Terms { get; private set; } = null!;

    public SampleTicket Sample { get; private set; } = null!;

    /// <summary>Null where the terms do not let tickets go this way.</summary>
    public Rehearsal? Shown { get; private set; }

    public bool Theirs => From == "them";

    public string Them => Link.Partner?.Name ?? Link.InvitedAccount?.Name ?? T["them"];

    public string Placer => Theirs ? Them : At.In.Name;

    public string Fulfiller => Theirs ? At.In.Name : Them;

    public async Task<IActionResult> OnGetAsync()
    {
        var id = new LinkId(Id);
        if (await links.One(Me, id, Gone) is not { } link)
        {
            return NotFound();
        }

        (Link, Terms) = (link, link.Terms);
        if (Version is { } version && version != link.Terms.Version)
        {
            if (await terms.One(Me, id, version, null, Gone) is not { Ok: true } one)
            {
                return NotFound();
            }

            Terms = one.Value.Terms;
        }

        Sample = new SampleTicket(
            T["Cooling cell in the market does not cool"],
            T["The cell stands at 12 °C since this morning. The compressor runs, the fan does not."],
            new Contact(T["Anna Keller"], "anna.keller@example.com", "+49 40 555 01 20"),
            new Asset(T["Cooling cell 2"], "KZ-2207", T["Market 14, Hamburg"]),
            T["The delivery entrance is open until 18:00."], "plan.pdf", 240_000, T["Cooling, Hamburg-Nord, about two hours"]);
        var them = link.Partner?.Id ?? default;
        Shown = Terms.Allows(inviterPlaces: (link.Role == "inviter") != Theirs)
            ? rehearsals.Of(Terms, Sample, Theirs ? them : Me.Account, Theirs ? Me.Account : them)
            : null;
        return Page();
    }

    public string Way(string? from) => At.Path($"links/{Id}/rehearsal?version={Terms.Version}&from={from}");
}
