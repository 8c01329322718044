using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Edge.Tests.Properties;

/// <content>How handoffs come about: offered, reopened, re-routed.</content>
internal sealed partial class RandomRun
{
    private readonly Dictionary<MTicket, TicketTexts> _texts = [];
    private readonly Dictionary<MHandoff, TicketTexts> _offered = [];

    /// <summary>What sealed offers keep back.</summary>
    private readonly Dictionary<MHandoff, string> _sealed = [];

    /// <summary>Which handoff each file came by that a partner sent.</summary>
    private readonly Dictionary<Guid, MHandoff> _cameBy = [];

    private async Task<Act> Offer()
    {
        var onward = _tickets.FindAll(t => t.Parent is { Over: false });
        var ticket = onward.Count > 0 && _chance.Next(3) > 0 ? Any(onward) : Any(_tickets);
        var account = _chance.Next(20) == 0 ? _chance.Next(_callers.Count) : ticket.Account;
        var link = LinkFor(account, ticket);
        var along = await Pick(ticket);
        var (note, summary) = (_canaries.New(), _chance.Next(2) == 0 ? _canaries.New() : null);
        var acceptBy = _chance.Next(4) == 0 ? _world.Clock.GetUtcNow().AddHours(_chance.Next(1, 60)) : (DateTimeOffset?)null;
        var ask = new OfferHandoff(new TicketId(ticket.Id), link.Id, note, along.Ask, acceptBy, null, null, summary);
        return new Act($"offer {Name(ticket)} over {Name(link)}", account, OfferRefusal(ticket, account, link, along), Asking<OfferHandoff, HandoffId>(account, ask), id =>
        {
            Offered(id, ticket, link, along, note, summary, acceptBy);
            return Task.CompletedTask;
        });
    }

    private async Task<Act> Another()
    {
        var over = _handoffs.FindAll(h => h.Over);
        var closed = over.FindAll(h => h.State == "closed");
        var handoff = over.Count == 0 || Rarely() ? Any(_handoffs) : closed.Count > 0 && _chance.Next(3) > 0 ? Any(closed) : Any(over);
        var reopen = Rarely() ? _chance.Next(2) == 0 : handoff.State == "closed";
        var account = Rarely() ? _chance.Next(_callers.Count) : handoff.Placer;
        var ticket = handoff.PlacerTicket;
        long? seen = _chance.Next(5) switch { 0 => handoff.Version, 1 when Rarely() => handoff.Version + 1, _ => null };
        var (id, note) = (new HandoffId(handoff.Id), _canaries.New());
        var refused = Semantics.RefusalOfAnother(handoff, account, reopen, seen, _world.Clock.GetUtcNow());
        if (reopen)
        {
            var same = new Along(_offered[handoff].Contact.Length > 0, _offered[handoff].Asset.Length > 0, [], []);
            return new Act($"reopen {Name(handoff)}", account, refused ?? OfferRefusal(ticket, account, handoff.Link, same, reopen: true),
                Asking<ReopenHandoff, HandoffId>(account, new ReopenHandoff(id, note, seen)), made =>
                {
                    ticket.Status = ticket.Status == "closed" ? "open" : ticket.Status;
                    Offered(made, ticket, handoff.Link, same, note, null, null, followUpOf: handoff);
                    return Task.CompletedTask;
                }, handoff);
        }

        var link = LinkFor(account, ticket);
        var along = await Pick(ticket);
        return new Act($"reroute {Name(handoff)} over {Name(link)}", account, refused ?? OfferRefusal(ticket, account, link, along),
            Asking<RerouteHandoff, HandoffId>(account, new RerouteHandoff(id, link.Id, note, along.Ask, seen)), made =>
            {
                Offered(made, ticket, link, along, note, null, null, reroutedFrom: handoff);
                return Task.CompletedTask;
            });
    }

    private MLink LinkFor(int account, MTicket ticket)
    {
        var own = _links.FindAll(l => l.Ties(account));
        var good = own.FindAll(l => l.State == "active" && OfferRefusal(ticket, account, l, new Along(false, false, [], [])) is null);
        return own.Count == 0 || _chance.Next(20) == 0 ? Any(_links) : good.Count > 0 && _chance.Next(6) > 0 ? Any(good) : Any(own);
    }

    private async Task<Along> Pick(MTicket ticket) => new(
        _chance.Next(4) == 0,
        _chance.Next(4) == 0,
        [.. (await Comments(ticket)).Where(c => _chance.Next(c.Audience == "internal" ? 30 : 5) == 0).Take(3)],
        [.. (await Files(ticket)).Where(_ => _chance.Next(5) == 0).Take(2)]);

    /// <summary>The code that refuses an offer, in the order of the semantics; null when it is made.</summary>
    private string? OfferRefusal(MTicket ticket, int account, MLink link, Along along, bool reopen = false)
    {
        var (terms, partner, parent) = (link.Terms, link.Other(account), ticket.Parent);
        var onward = ticket.Incoming?.Link.Terms.Onward ?? new MSharing(true, true, true);
        return ticket.Account != account || !link.Ties(account) ? "not-found"
            : !link.Allows(account) ? "forbidden"
            : link.State != "active" ? "link-not-active"
            : parent is not null && parent.State is not ("accepted" or "in_progress" or "waiting_placer" or "on_hold") ? "handoff-state-conflict"
            : Ancestors(parent).Any(h => h.Involves(partner)) ? "chain-cycle"
            : parent is not null && parent.Depth + 1 > terms.MaxDepth ? "depth-exceeded"
            : along.Contact && !(terms.Share.Contact && onward.Contact) ? "share-forbidden"
            : along.Asset && !(terms.Share.Asset && onward.Asset) ? "share-forbidden"
            : along.Files.Count > 0 && !terms.Share.Files ? "share-forbidden"
            : _handoffs.Exists(h => h.PlacerTicket == ticket && h.Link == link && !h.Over) ? "already-handed-over"
            : ticket.Status == "closed" && !reopen ? "ticket-closed"
            : along.Comments.Any(c => c.Audience == "internal" || c.Retracted) ? "audience-forbidden"
            : along.Files.Any(f => f.State != "available") ? "audience-forbidden"
            : along.Files.Any(f => _cameBy.TryGetValue(f.Id.Value, out var by) && !by.Link.Terms.Onward.Files) ? "share-forbidden"
            : null;
    }

    private MHandoff Offered(
        Guid id, MTicket ticket, MLink link, Along along, string? note, string? summary, DateTimeOffset? acceptBy, MHandoff? followUpOf = null, MHandoff? reroutedFrom = null)
    {
        var handoff = new MHandoff
        {
            Id = id, Link = link, Placer = ticket.Account, Fulfiller = link.Other(ticket.Account), PlacerTicket = ticket, Parent = ticket.Parent,
            Picks = along.Comments.Count + along.Files.Count, FollowUpOf = followUpOf, ReroutedFrom = reroutedFrom,
        };
        _handoffs.Add(handoff);
        Count($"hop {handoff.Depth}{(handoff.IsSealed ? ", sealed" : "")}");
        handoff.Log.Add((1, "offered"));
        handoff.Offer.Add(1);
        var texts = _texts[ticket];
        _offered[handoff] = texts with { Contact = along.Contact ? texts.Contact : "", Asset = along.Asset ? texts.Asset : "" };
        var content = $"{_offered[handoff]} {note} {string.Join(' ', along.Comments.Select(c => c.Body))} {string.Join(' ', along.Files.Select(f => f.Name))}";
        if (handoff.IsSealed)
        {
            // A summary is all that anybody sees of it, and without one it is the note.
            _canaries.Spread(summary ?? note, $"o:{id}");
            _canaries.Spread(content, $"s:{id}");
            _sealed[handoff] = content;
        }
        else
        {
            _canaries.Spread(content, $"o:{id}");
            GoAlong(handoff);
        }

        ticket.Ties.ForEach(t => t.DealtWith = true);
        ticket.Ties.Add(new MTie { Handoff = handoff, Side = 1 });
        ticket.Follow();
        var now = _world.Clock.GetUtcNow();
        if ((acceptBy ?? (link.Terms.AcceptWithinHours is { } hours ? now.AddHours(hours) : (DateTimeOffset?)null)) is { } due)
        {
            Set("expire-offer", handoff, due - now);
        }

        if (link.Terms.Automatic)
        {
            Set("accept-by-terms", handoff, TimeSpan.Zero);
        }

        return handoff;
    }

    private static void GoAlong(MHandoff handoff)
    {
        for (var i = 0; i < handoff.Picks; i++)
        {
            handoff.Log.Add((1, null));
            handoff.Offer.Add(handoff.Log.Count);
        }
    }

    /// <summary>The fulfiller has taken it: there is a mirror, for a follow-up the one that was there before.</summary>
    private async Task Taken(MHandoff handoff)
    {
        handoff.Accepted = true;
        handoff.Applied[2] = 1;
        var view = await _world.Get<HandoffViews>().One(_callers[handoff.Fulfiller], new HandoffId(handoff.Id), CancellationToken.None);
        var ticket = view!.TicketId!.Value.Value;
        if (handoff.FollowUpOf is { Mirror: { } before })
        {
            Require(before.Id == ticket, $"{Name(handoff)} follows {Name(handoff.FollowUpOf)} and is on another mirror");
            (before.Incoming, before.IsMirror, before.Status, handoff.Mirror) = (handoff, true, "new", before);
        }
        else
        {
            Require(_tickets.TrueForAll(t => t.Id != ticket), $"{Name(handoff)} has the mirror of another handoff");
            handoff.Mirror = new MTicket { Id = ticket, Account = handoff.Fulfiller, Incoming = handoff, IsMirror = true };
            _tickets.Add(handoff.Mirror);
            var texts = _texts[handoff.Mirror] = _offered[handoff];
            _canaries.Spread(texts.ToString(), $"t:{handoff.Fulfiller}");
        }

        handoff.Mirror.Ties.Add(new MTie { Handoff = handoff, Side = 2 });
        for (var seq = 1; seq <= handoff.Log.Count; seq++)
        {
            if (handoff.Log[seq - 1] is (2, { } state))
            {
                handoff.Mirror.Learn(handoff, seq, state);
            }
        }

        if (handoff.IsSealed)
        {
            handoff.Log.Add((3, null));
            handoff.Offer.Add(handoff.Log.Count);
            GoAlong(handoff);
            _canaries.Spread(_sealed[handoff], $"o:{handoff.Id}");
        }
    }

    private static IEnumerable<MHandoff> Ancestors(MHandoff? from)
    {
        for (var hop = from; hop is not null; hop = hop.Parent)
        {
            yield return hop;
        }
    }

    /// <summary>What the placer gives along.</summary>
    private sealed record Along(bool Contact, bool Asset, IReadOnlyList<CommentView> Comments, IReadOnlyList<FileView> Files)
    {
        public ShareAsk Ask => new(Contact, Asset, [.. Comments.Select(c => c.Id)], [.. Files.Select(f => f.Id)]);
    }

    private sealed record TicketTexts(string Subject, string Description, string Contact, string Asset);
}
