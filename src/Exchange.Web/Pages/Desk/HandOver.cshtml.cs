using System.Security.Cryptography;
using System.Text;
using Exchange.Core.Accounts;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages.Desk;

/// <summary>A link that the ticket could go over.</summary>
/// <param name="Closed">Why it takes no offer of this ticket now; null where it does.</param>
/// <param name="Before">What became of this ticket there before.</param>
public sealed record Way(LinkView Link, string? Closed, string? Before);

/// <summary>Something that was said or uploaded before, that can go along.</summary>
/// <param name="Stays">Why it cannot; null where it can.</param>
public sealed record Pickable(int Index, Guid Id, string Label, string? Text, FileView? File, string? Stays);

/// <summary>What the ticket has in a field of the company's own.</summary>
/// <param name="Goes">Whether the terms name it.</param>
public sealed record OwnField(int Index, FieldView Field, FieldValue Value, bool Goes);

/// <summary>
/// Hands a ticket to a partner. Beside the choices stands exactly what the partner will see, and what stays; it is offered to nobody
/// for whom this was not shown.
/// </summary>
[Sees(Roles.Work)]
public sealed class HandOverModel(TicketScenes scenes, LinkViews links, TermsViews terms, ThreadViews threads, FileViews files, FieldViews fields) : DeskPage
{
    /// <summary>So many of the newest are offered for picking; the style sheet has a rule for each.</summary>
    private const int MostPickable = 40;

    [BindProperty(SupportsGet = true, Name = "number")]
    public long Number { get; set; }

    /// <summary>The handoff that came to nothing and is re-routed.</summary>
    [BindProperty(SupportsGet = true, Name = "from")]
    public Guid? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "link")]
    public Guid? Link { get; set; }

    /// <summary>The link for which the page showed what goes, and the seal of what it showed.</summary>
    [BindProperty(Name = "shown")]
    public string? ShownFor { get; set; }

    [BindProperty(Name = "contact")]
    public bool Contact { get; set; }

    [BindProperty(Name = "asset")]
    public bool Asset { get; set; }

    [BindProperty(Name = "comments")]
    public IList<Guid> Comments { get; set; } = [];

    [BindProperty(Name = "files")]
    public IList<Guid> FileIds { get; set; } = [];

    /// <summary>Keys of the company's own fields that go along.</summary>
    [BindProperty(Name = "own")]
    public IList<string> OwnKeys { get; set; } = [];

    [BindProperty(Name = "note")]
    public string? Note { get; set; }

    [BindProperty(Name = "summary")]
    public string? Summary { get; set; }

    [BindProperty(Name = "acceptBy")]
    public string? AcceptBy { get; set; }

    [BindProperty(Name = "respondBy")]
    public string? RespondBy { get; set; }

    [BindProperty(Name = "resolveBy")]
    public string? ResolveBy { get; set; }

    public TicketScene Scene { get; private set; } = null!;

    public IReadOnlyList<Way> Ways { get; private set; } = [];

    /// <summary>The one that is chosen, and shown; null where there is none to choose.</summary>
    public Way? Chosen { get; private set; }

    public string Partner => Chosen?.Link.Partner?.Name ?? "";

    public Terms Terms => Chosen!.Link.Terms;

    public bool IsSealed => Chosen is not null && Terms.Offers == "sealed";

    /// <summary>What <see cref="ShownFor"/> has to be: who sees it, under which terms, and all of the ticket that goes without being picked.</summary>
    public string Shows => $"{Chosen!.Link.Id}:{SealOf(Terms.Version, Scene.Ticket, OwnFields)}";

    /// <summary>The terms that the ticket came under; null for a ticket of one's own.</summary>
    public Sharing? Onward { get; private set; }

    public IReadOnlyList<Pickable> Messages { get; private set; } = [];

    public IReadOnlyList<Pickable> Files { get; private set; } = [];

    public IReadOnlyList<OwnField> OwnFields { get; private set; } = [];

    public int Notes => Scene.Counts.Internal;

    public string Back => At.Path($"tickets/{Number}");

    public Partnership? Rerouted => From is { } id ? Scene.Of(new HandoffId(id)) : null;

    public string? ContactStays => Stays(Terms.Share.Contact, Onward?.Contact);

    public string? AssetStays => Stays(Terms.Share.Asset, Onward?.Asset);

    public string? FilesStay => Terms.Share.Files ? null : T["the terms with {0} do not let files go", Partner];

    public async Task<IActionResult> OnGetAsync()
    {
        (Contact, Asset) = (true, true);
        if (!await Load())
        {
            return NotFound();
        }

        OwnKeys = [.. OwnFields.Where(o => o.Goes).Select(o => o.Field.Key)];
        return Page();
    }

    /// <summary>Shows what another partner would see, with all that was typed.</summary>
    public async Task<IActionResult> OnPostLookAsync() => await Load() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Load())
        {
            return NotFound();
        }

        if (Chosen is null || Chosen.Link.Id.Value != Link || ShownFor != Shows)
        {
            var changed = Chosen is not null && Chosen.Link.Id.Value == Link && ShownFor?.StartsWith($"{Chosen.Link.Id}:", StringComparison.Ordinal) == true;
            Say(Chosen is null ? T["Choose a partner first."]
                : changed ? T["Nothing was offered: the ticket or the terms have changed since this was shown. Look once more at what {0} will see.", Partner]
                : T["Nothing was offered: what stood on the right was for somebody else. Look once more at what {0} will see.", Partner]);
            Response.StatusCode = 409;
            return Page();
        }

        if (Times() is not { } times)
        {
            Response.StatusCode = 400;
            return Page();
        }

        var share = new ShareAsk(Contact && Scene.Ticket.Contact is not null && ContactStays is null, Asset && Scene.Ticket.Asset is not null && AssetStays is null, [.. Comments], [.. FileIds.Select(id => new FileId(id))],
            [.. OwnFields.Where(o => o.Goes && OwnKeys.Contains(o.Field.Key)).Select(o => o.Field.Key)]);
        var (note, summary) = (string.IsNullOrWhiteSpace(Note) ? null : Note.ReplaceLineEndings("\n"), string.IsNullOrWhiteSpace(Summary) ? null : Summary);
        var offered = Rerouted is { } from
            ? await Ask<RerouteHandoff, HandoffId>(new RerouteHandoff(from.Handoff.Id, Chosen.Link.Id, note, share, null, summary))
            : await Ask<OfferHandoff, HandoffId>(new OfferHandoff(
                Scene.Ticket.Id, Chosen.Link.Id, note, share, times.Accept, times.Respond, times.Resolve, summary));
        if (!offered.Ok)
        {
            return Page();
        }

        Toast = T["Offered to {0}.", Partner];
        return Redirect(Back);
    }

    private async Task<bool> Load()
    {
        if (await scenes.Read(Me, Number, Gone) is not { } scene)
        {
            return false;
        }

        Scene = scene;
        if (From is not null && Rerouted is not { Incoming: false })
        {
            return false;
        }

        Ways = [.. (await links.List(Me, null, new PageAsk(PageAsk.MaxLimit, null), Gone)).Items
            .Where(l => l.Partner is not null && l.State is "active" or "suspended" or "draining")
            .Select(l => new Way(l, Closed(l), Before(l))).OrderBy(w => w.Closed is not null).ThenBy(w => w.Link.Partner!.Name, StringComparer.CurrentCultureIgnoreCase)];
        Chosen = Ways.FirstOrDefault(w => w.Closed is null && w.Link.Id.Value == Link) ?? Ways.FirstOrDefault(w => w.Closed is null);
        Onward = await CameUnder();
        if (Chosen is not null)
        {
            await ReadPickable();
            var own = Scene.Ticket.Fields.Count == 0 ? [] : await fields.Living(Me, Gone);
            OwnFields = [.. own.Where(f => Scene.Ticket.Fields.ContainsKey(f.Key)).Select((f, n) => new OwnField(n, f, Scene.Ticket.Fields[f.Key], Terms.Names(f.Key)))];
        }

        return true;
    }

    private static string SealOf(int terms, TicketView t, IReadOnlyList<OwnField> own) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', terms, t.Subject, t.Description, t.Priority, t.Contact, t.Asset,
            string.Join('\u001e', own.Where(o => o.Goes).Select(o => $"{o.Field.Label}\u001d{o.Value}"))))).AsSpan(0, 16));

    private string? Closed(LinkView link)
    {
        var (inviter, mine) = (link.Role == "inviter", Scene.Open.FirstOrDefault(p => p.Handoff.LinkId == link.Id));
        return link.State == "suspended" ? T["The link is suspended, and takes no offers."]
            : link.State == "draining" ? T["Notice was given: the link takes no new offers."]
            : !link.Terms.Allows(inviter) ? T["The terms let tickets come from there, not go there."]
            : mine is { Incoming: true } ? T["This ticket came from there."]
            : mine is not null ? T["They have this ticket already."]
            : null;
    }

    private string? Before(LinkView link) => Scene.Over.LastOrDefault(p => !p.Incoming && p.Handoff.LinkId == link.Id) is { } over
        ? T["had it before: {0}", T[$"state:{over.Handoff.State}"]]
        : null;

    /// <summary>What may go on of what came over the link by which the ticket came.</summary>
    private async Task<Sharing?> CameUnder() => Scene.Incoming is { } incoming
        && await terms.One(Me, incoming.Handoff.LinkId, incoming.Handoff.TermsVersion, null, Gone) is { Ok: true } under
        ? under.Value.Terms.Onward
        : null;

    private string? Stays(bool shared, bool? onward) => !shared ? T["the terms with {0} do not let it go", Partner]
        : onward == false ? T["it came from {0}, whose terms do not let it go on", Scene.Incoming?.Partner]
        : null;

    private async Task ReadPickable()
    {
        var said = (await threads.Last(Me, Scene.Ticket.Id, new ThreadLane(), null, PageAsk.MaxLimit, Gone))!.Items
            .Where(i => i.Comment.Audience != "internal" && i.Comment is { Retracted: false, Kind: not "system" }).TakeLast(MostPickable);
        Messages = [.. said.Select((item, n) => new Pickable(
            n, item.Comment.Id, T["{0} ({1}), {2}", item.Comment.Author.Name, Whose(item.Comment.Audience, item.Comment.HandoffId), Show.When(item.Comment.At)], item.Comment.Body, null, null))];
        var uploaded = (await files.List(Me, Scene.Ticket.Id, new PageAsk(MostPickable, null), Gone))!.Items;
        Files = [.. uploaded.Select((file, n) => new Pickable(n, file.Id.Value, file.Name, null, file, FileStays(file)))];
    }

    private string Whose(string audience, HandoffId? handoff) => audience switch
    {
        "customer" => T["with the customer"],
        "internal" => T["Only {0}", At.In.Name],
        _ => handoff is { } id && Scene.Of(id) is { } with ? T["with {0}", with.Partner] : T["with a partner"],
    };

    public string WhoseFile(FileView file) => Whose(file.Audience, file.HandoffId);

    private string? FileStays(FileView file) => FilesStay
        ?? (file.State != "available" ? T["it is not here yet"]
        : Onward?.Files == false && file.HandoffId is { } by && Scene.Incoming?.Handoff.Id == by ? T["it came from {0}, whose terms do not let it go on", Scene.Incoming?.Partner]
        : null);

    private (DateTimeOffset? Accept, DateTimeOffset? Respond, DateTimeOffset? Resolve)? Times()
    {
        if (LocalTime.TryRead(AcceptBy, At.Zone, out var accept) & LocalTime.TryRead(RespondBy, At.Zone, out var respond) & LocalTime.TryRead(ResolveBy, At.Zone, out var resolve))
        {
            var past = new[] { accept, respond, resolve }.Any(t => t <= Show.Now);
            var late = Scene.Incoming is { IsOpen: true, Handoff.Clocks.ResolveBy: { } end } && resolve > end;
            if (!past && !late)
            {
                return (accept, respond, resolve);
            }

            Say(past ? T["A time lies in the past: nobody could keep it."] : T["Resolve by is after your own time for this ticket, {0}.", Show.When(Scene.Incoming!.Handoff.Clocks.ResolveBy!.Value)]);
            return null;
        }

        Say(T["A time cannot be read: write it as the field shows it."]);
        return null;
    }
}
