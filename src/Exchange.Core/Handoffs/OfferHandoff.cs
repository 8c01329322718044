using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>Hands a ticket over a link. What goes along is a copy, made now; what was said before goes only if it is picked.</summary>
public sealed record OfferHandoff(
    TicketId Ticket,
    LinkId? OverLink,
    string? Note,
    ShareAsk? Share,
    DateTimeOffset? AcceptBy,
    DateTimeOffset? RespondBy,
    DateTimeOffset? ResolveBy) : IAsk<HandoffId>, IAboutTicket;

public sealed record ShareAsk(bool? Contact, bool? Asset, IReadOnlyList<Guid>? Comments, IReadOnlyList<FileId>? Files)
{
    public Picks ToPicks() => new(Contact ?? false, Asset ?? false, Comments ?? [], Files ?? []);
}

public sealed class OfferHandoffRules : AbstractValidator<OfferHandoff>
{
    /// <summary>How many earlier comments, and how many files, one offer may take along.</summary>
    public const int MaxPicks = 100;

    public OfferHandoffRules()
    {
        RuleFor(x => x.OverLink).NotNull().OverridePropertyName("linkId").WithMessage("'Link Id' says over which link the ticket goes.");
        RuleFor(x => x.Note).Text();
        RuleFor(x => x.Share!.Comments).Must(ids => ids is null || (ids.Count <= MaxPicks && ids.Distinct().Count() == ids.Count))
            .When(x => x.Share is not null).WithMessage($"'Share.comments' names each comment once, {MaxPicks} at most.");
        RuleFor(x => x.Share!.Files).Must(ids => ids is null || (ids.Count <= MaxPicks && ids.Distinct().Count() == ids.Count))
            .When(x => x.Share is not null).WithMessage($"'Share.files' names each file once, {MaxPicks} at most.");
    }
}

public sealed class OfferHandoffDeed(Appender appender, Desks desks) : IDeed<OfferHandoff, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(OfferHandoff ask, Caller caller, IUnit unit)
    {
        var desk = desks.Of(await unit.Db.Accounts.Where(a => a.Id == caller.Account).Select(a => a.DeskKind).SingleAsync());
        var incoming = await desk.Incoming(unit, caller.Account, ask.Ticket);
        if (!incoming.Ok)
        {
            return incoming.Fault;
        }

        if (Late(ask, unit.Now) is { } late)
        {
            return late;
        }

        await unit.LockLink(ask.OverLink!.Value, own: false);
        var link = await unit.Db.Links.Where(Mine.Links(caller)).SingleOrDefaultAsync(l => l.Id == ask.OverLink.Value);
        if (link is null)
        {
            return Fault.NotFound("link");
        }

        var terms = (await unit.Db.Terms.SingleAsync(t => t.Link == link.Id && t.Version == link.TermsVersion)).Terms;
        if (!terms.Allows(inviterPlaces: link.Inviter == caller.Account))
        {
            return new Fault(Codes.Forbidden, $"The terms of this link go {terms.Directions} only: you cannot hand tickets over it.");
        }

        if (link.State != LinkState.Active)
        {
            return new Fault(Codes.LinkNotActive, $"The link is {link.State.Word()}: tickets go over it when it is active.");
        }

        var partner = link.Inviter == caller.Account ? link.Invitee!.Value : link.Inviter;
        var place = await Place(unit, incoming.Value.Parent, partner, terms);
        if (!place.Ok)
        {
            return place.Fault;
        }

        var picks = (ask.Share ?? new ShareAsk(null, null, null, null)).ToPicks();
        var cameUnder = incoming.Value.CameBy is { } by ? await Sharables.TermsOf(unit, by) : null;
        if (Forbidden(picks, terms, cameUnder) is { } forbidden)
        {
            return forbidden;
        }

        // The snapshot locks the ticket, so of two offers over one link the second sees the first.
        var snapshot = await desk.Snapshot(unit, caller.Account, ask.Ticket, picks);
        if (await unit.Db.Handoffs.AnyAsync(h => h.Link == link.Id && h.PlacerTicket == ask.Ticket && h.OverAt == null))
        {
            return new Fault(Codes.AlreadyHandedOver, "This ticket has an open handoff over this link: wait until it is over, or recall it.");
        }

        if (!snapshot.Ok)
        {
            return snapshot.Fault;
        }

        if (await Sharables.StaysHere(unit, snapshot.Value.Files) is { } stays)
        {
            return stays;
        }

        return await Enter(ask, caller, unit, desk, new Route(link, terms, partner, place.Value), snapshot.Value);
    }

    private async ValueTask<Outcome<HandoffId>> Enter(OfferHandoff ask, Caller caller, IUnit unit, IDesk desk, Route route, TicketSnapshot snapshot)
    {
        var id = new HandoffId(Ids.New(unit.Now));
        unit.Db.Add(new Handoff
        {
            Id = id,
            Link = route.Link.Id,
            TermsVersion = route.Terms.Version,
            Placer = caller.Account,
            Fulfiller = route.Partner,
            PlacerTicket = ask.Ticket,
            PlacerNumber = snapshot.Number,
            Parent = route.Place.Parent?.Id,
            Root = route.Place.Parent?.Root ?? id,
            Depth = route.Place.Depth,
            Picks = snapshot.Comments.Count + snapshot.Files.Count,
            AcceptBy = ask.AcceptBy,
            RespondBy = ask.RespondBy,
            ResolveBy = ask.ResolveBy,
            OfferedAt = unit.Now,
            BallSince = unit.Now,
            DueAt = ask.AcceptBy,
        });
        unit.Db.Add(new Bond { Handoff = id, Side = Side.Placer, Account = caller.Account, DeskKind = desk.Kind, Ticket = ask.Ticket });
        if (route.Terms.Acceptance == "automatic")
        {
            unit.Db.Add(DueTimer.For(DueTimer.AcceptByTerms, id.Value, unit.Now, unit.Now));
        }

        var origins = new Dictionary<Guid, Guid>();
        var facts = new List<IEntryData> { Offered(ask, route.Terms, snapshot) };
        facts.AddRange(snapshot.Comments.Select(c => new CommentedData(c.Body, [])));
        foreach (var file in snapshot.Files)
        {
            var shared = SharedFile.Of(id, file.Blob, unit.Now);
            unit.Db.Add(shared);
            origins[shared.Id.Value] = file.Source.Value;
            facts.Add(new FileAddedData(shared.Announce(file.Name, file.Size, file.ContentType, file.Sha256)));
        }

        await desk.Bind(unit, new BoundHandoff(id, Side.Placer, caller.Account, ask.Ticket, route.Partner, null));
        await unit.Flush();
        var head = (await unit.LockHandoff(id))!;
        var entries = await appender.Append(unit, head, Side.Placer, caller.Actor, facts);
        for (var i = 0; i < snapshot.Comments.Count; i++)
        {
            origins[entries[i + 1].OpId] = snapshot.Comments[i].Source;
        }

        return await desk.Tell(unit, new DeskTicket(id, Side.Placer, caller.Account, ask.Ticket), HandoffState.Offered, entries, origins) is { } refused
            ? refused
            : id;
    }

    private static OfferedData Offered(OfferHandoff ask, Terms terms, TicketSnapshot s) => new(
        HandoffState.Offered.Word(), s.Number, terms.Version, s.Subject, s.Description, s.Priority, s.Contact, s.Asset, ask.Note,
        s.Comments.Count + s.Files.Count, ask.AcceptBy, ask.RespondBy, ask.ResolveBy);

    private static Fault? Late(OfferHandoff ask, DateTimeOffset now) =>
        ask.AcceptBy <= now ? Fault.Invalid("acceptBy", "'Accept By' lies in the past.")
        : ask.RespondBy <= now ? Fault.Invalid("respondBy", "'Respond By' lies in the past.")
        : ask.ResolveBy <= now ? Fault.Invalid("resolveBy", "'Resolve By' lies in the past.")
        : null;

    /// <summary>Where in its chain the new handoff stands; refused when the partner is in the chain already, or the chain is too deep.</summary>
    private static async ValueTask<Outcome<ChainPlace>> Place(IUnit unit, HandoffId? parent, AccountId partner, Terms terms)
    {
        if (parent is not { } up)
        {
            return new ChainPlace(null, 1);
        }

        var own = await unit.Db.Handoffs.SingleAsync(h => h.Id == up);
        var ancestors = await unit.Db.Handoffs.Where(h => h.Root == own.Root && h.Depth <= own.Depth).ToDictionaryAsync(h => h.Id);
        foreach (var hop in Up(own, ancestors).Reverse())
        {
            await unit.LockHandoff(hop.Id);
        }

        var state = await unit.Db.Handoffs.Where(h => h.Id == up).Select(h => h.State).SingleAsync();
        if (state is not (HandoffState.Accepted or HandoffState.InProgress or HandoffState.WaitingPlacer or HandoffState.OnHold))
        {
            return new Fault(Codes.StateConflict, $"The handoff that this ticket mirrors is {state.Word()}: it can be handed on while you are at it.");
        }

        if (Up(own, ancestors).Any(hop => hop.Placer == partner || hop.Fulfiller == partner))
        {
            return new Fault(Codes.ChainCycle, "This company is in the chain of this ticket already: choose another partner.");
        }

        return own.Depth + 1 > terms.MaxDepth
            ? new Fault(Codes.DepthExceeded, $"The terms allow chains of {terms.MaxDepth} handoffs, and this would be number {own.Depth + 1}.")
            : new ChainPlace(own, own.Depth + 1);
    }

    private static IEnumerable<Handoff> Up(Handoff from, Dictionary<HandoffId, Handoff> known)
    {
        for (Handoff? hop = from; hop is not null; hop = hop.Parent is { } id ? known[id] : null)
        {
            yield return hop;
        }
    }

    /// <summary>Nothing is dropped silently: what the terms forbid refuses the offer.</summary>
    private static Fault? Forbidden(Picks picks, Terms terms, Terms? cameUnder)
    {
        var onward = cameUnder?.Onward ?? new Sharing(true, true, true);
        return picks.Contact && !(terms.Share.Contact && onward.Contact) ? Sharables.Forbidden("contact")
            : picks.Asset && !(terms.Share.Asset && onward.Asset) ? Sharables.Forbidden("asset")
            : picks.Files.Count > 0 && !terms.Share.Files ? Sharables.Forbidden("files")
            : null;
    }

    private sealed record ChainPlace(Handoff? Parent, int Depth);

    private sealed record Route(Link Link, Terms Terms, AccountId Partner, ChainPlace Place);
}
