using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>Why a handoff is offered, beside that somebody wants it.</summary>
/// <param name="FollowUpOf">The closed handoff that is reopened.</param>
/// <param name="ReroutedFrom">The handoff that came to nothing.</param>
public sealed record Origin(HandoffId? FollowUpOf, HandoffId? ReroutedFrom);

/// <summary>Makes handoffs, whichever way they come about: offered, re-routed or reopened.</summary>
public sealed class Offers(Appender appender, Desks desks, Onlookers onlookers)
{
    /// <summary>What it refuses it refuses before it has written anything.</summary>
    public async ValueTask<Outcome<HandoffId>> Make(OfferHandoff ask, Caller caller, IUnit unit, Origin origin)
    {
        var desk = desks.Of(await unit.Db.Accounts.Where(a => a.Id == caller.Account).Select(a => a.DeskKind).SingleAsync());
        var incoming = await desk.Incoming(unit, caller.Account, ask.Ticket);
        if (!incoming.Ok)
        {
            return incoming.Fault;
        }

        await unit.LockLink(ask.OverLink!.Value, own: false);
        var link = await unit.Db.Links.Where(Mine.Links(caller)).SingleOrDefaultAsync(l => l.Id == ask.OverLink.Value);
        if (link is null)
        {
            return Fault.NotFound("link");
        }

        if (OfferClocks.Past(ask, unit.Now) is { } past)
        {
            return past;
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

        var clocks = OfferClocks.Of(ask, terms, place.Value.ResolveBy, unit.Now);
        if (!clocks.Ok)
        {
            return clocks.Fault;
        }

        var picks = (ask.Share ?? new ShareAsk(null, null, null, null)).ToPicks(terms);
        var cameUnder = incoming.Value.CameBy is { } by ? await Sharables.TermsOf(unit, by) : null;
        if (Forbidden(picks, terms, cameUnder) is { } forbidden)
        {
            return forbidden;
        }

        // The snapshot locks the ticket, so of two offers over one link the second sees the first.
        var snapshot = await desk.Snapshot(unit, caller.Account, ask.Ticket, picks, reopen: origin.FollowUpOf is not null);
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

        return await Enter(ask, caller, unit, desk, new Route(link, terms, partner, place.Value, clocks.Value, origin), snapshot.Value);
    }

    private async ValueTask<Outcome<HandoffId>> Enter(OfferHandoff ask, Caller caller, IUnit unit, IDesk desk, Route route, TicketSnapshot snapshot)
    {
        var id = new HandoffId(Ids.New(unit.Now));
        var isSealed = route.Terms.Offers == "sealed";
        var handoff = new Handoff
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
            FollowUpOf = route.Origin.FollowUpOf,
            ReroutedFrom = route.Origin.ReroutedFrom,
            IsSealed = isSealed,
            Picks = isSealed ? 0 : snapshot.Comments.Count + snapshot.Files.Count,
            AcceptBy = route.Clocks.AcceptBy,
            RespondBy = route.Clocks.RespondBy,
            ResolveBy = route.Clocks.ResolveBy,
            DueAt = route.Clocks.AcceptBy,
            OfferedAt = unit.Now,
            BallSince = unit.Now,
        };
        unit.Db.Add(handoff);
        unit.Db.Add(new Bond { Handoff = id, Side = Side.Placer, Account = caller.Account, DeskKind = desk.Kind, Ticket = ask.Ticket });
        Deadlines.Offered(unit, handoff, route.Terms);

        var picks = Picked(unit, id, snapshot);
        var offer = Offered(ask.Note, route.Terms, route.Clocks, snapshot);
        var said = new List<Utterance>
        {
            new(Side.Placer, caller.Actor, isSealed ? SealedOffers.Seal(unit, id, caller.Actor, offer, ask.Summary ?? ask.Note ?? "A sealed offer", picks) : offer),
        };
        if (!isSealed)
        {
            said.AddRange(picks.Select(pick => pick.File is { } file
                ? new Utterance(Side.Placer, caller.Actor, new FileAddedData(file))
                : new Utterance(Side.Placer, caller.Actor, new CommentedData(pick.Body!, []), pick.Source)));
        }

        await desk.Bind(unit, new BoundHandoff(id, Side.Placer, caller.Account, ask.Ticket, route.Partner, null));
        await unit.Flush();
        var entries = await appender.Append(unit, (await unit.LockHandoff(id))!, said);
        onlookers.Moves(unit, id);
        var origins = Utterance.Origins(said, entries, picks.Where(p => p.File is not null).ToDictionary(p => p.File!.Id, p => p.Source));
        return await desk.Tell(unit, new DeskTicket(id, Side.Placer, caller.Account, ask.Ticket), HandoffState.Offered, entries, origins) is { } refused
            ? refused
            : id;
    }

    /// <summary>What goes along of what was said and uploaded before, each a copy with where it came from.</summary>
    private static List<SealedPick> Picked(IUnit unit, HandoffId id, TicketSnapshot snapshot)
    {
        var picks = snapshot.Comments.Select(c => new SealedPick(c.Source, c.Body, null)).ToList();
        foreach (var file in snapshot.Files)
        {
            var shared = SharedFile.Of(id, file.Blob, unit.Now);
            unit.Db.Add(shared);
            picks.Add(new SealedPick(file.Source.Value, null, shared.Announce(file.Name, file.Size, file.ContentType, file.Sha256)));
        }

        return picks;
    }

    /// <summary>What an offer says, before it is sealed where the terms seal offers.</summary>
    internal static OfferedData Offered(string? note, Terms terms, OfferClocks clocks, TicketSnapshot s) => new(
        HandoffState.Offered.Word(), s.Number, terms.Version, s.Subject, s.Description, s.Priority, s.Contact, s.Asset, note,
        s.Comments.Count + s.Files.Count, clocks.AcceptBy, clocks.RespondBy, clocks.ResolveBy, Fields: s.Fields.Count == 0 ? null : s.Fields);

    /// <summary>Where in its chain the new handoff stands; refused when the partner is in the chain already, or the chain is too deep.</summary>
    private static async ValueTask<Outcome<ChainPlace>> Place(IUnit unit, HandoffId? parent, AccountId partner, Terms terms)
    {
        if (parent is not { } up)
        {
            return new ChainPlace(null, 1, null);
        }

        var own = await unit.Db.Handoffs.SingleAsync(h => h.Id == up);
        var ancestors = await unit.Db.Handoffs.Where(h => h.Id == own.Root || (h.Parent != null && h.Root == own.Root && h.Depth <= own.Depth)).ToDictionaryAsync(h => h.Id);
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

        var since = await unit.Db.Links.Where(l => l.Id == own.Link).Select(l => l.SuspendedSince).SingleAsync();
        return own.Depth + 1 > terms.MaxDepth
            ? new Fault(Codes.DepthExceeded, $"The terms allow chains of {terms.MaxDepth} handoffs, and this would be number {own.Depth + 1}.")
            : new ChainPlace(own, own.Depth + 1, ClocksView.Of(own, since, unit.Now).ResolveBy);
    }

    private static IEnumerable<Handoff> Up(Handoff from, Dictionary<HandoffId, Handoff> known)
    {
        for (Handoff? hop = from; hop is not null; hop = hop.Parent is { } id ? known[id] : null)
        {
            yield return hop;
        }
    }

    /// <summary>Nothing is dropped silently: what the terms forbid refuses the offer.</summary>
    internal static Fault? Forbidden(Picks picks, Terms terms, Terms? cameUnder)
    {
        var onward = cameUnder?.Onward ?? new Sharing(true, true, true);
        return picks.Contact && !(terms.Share.Contact && onward.Contact) ? Sharables.Forbidden("contact")
            : picks.Asset && !(terms.Share.Asset && onward.Asset) ? Sharables.Forbidden("asset")
            : picks.Files.Count > 0 && !terms.Share.Files ? Sharables.Forbidden("files")
            : picks.Fields.FirstOrDefault(key => !terms.Names(key)) is { } key ? Sharables.Forbidden($"the field '{key}'")
            : null;
    }

    /// <param name="ResolveBy">When the parent has to be done.</param>
    private sealed record ChainPlace(Handoff? Parent, int Depth, DateTimeOffset? ResolveBy);

    private sealed record Route(Link Link, Terms Terms, AccountId Partner, ChainPlace Place, OfferClocks Clocks, Origin Origin);
}
