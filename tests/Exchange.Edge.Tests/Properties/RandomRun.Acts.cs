using System.Text;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Edge.Tests.Properties;

/// <content>What people do.</content>
internal sealed partial class RandomRun
{
    private async Task<Act> Choose()
    {
        var account = _chance.Next(3);
        switch (_chance.Next(100))
        {
            case < 4:
                return OpenTicket(account);
            case < 12:
                return await Offer();
            case < 58 when _handoffs.Count > 0:
                return Command();
            case < 66 when _handoffs.Count > 0:
                return CommentOnHandoff();
            case < 78:
                return await CommentOnTicket();
            case < 86:
                return Change();
            case < 92:
                return await Attach();
            default:
                return await Retract();
        }
    }

    private Act OpenTicket(int account)
    {
        var (subject, text, contact, asset) = (_canaries.New(), _canaries.New(), _canaries.New(), _canaries.New());
        var ask = new OpenTicket(subject, text, "high", new Contact(contact, null, null), new Asset(asset, null, null), null);
        return new Act("open-ticket", account, null, Asking<OpenTicket, TicketId>(account, ask), id =>
        {
            var ticket = new MTicket { Id = id, Account = account };
            _tickets.Add(ticket);
            _texts[ticket] = new TicketTexts(subject, text, contact, asset);
            _canaries.Spread($"{subject} {text} {contact} {asset}", $"t:{account}");
            return Task.CompletedTask;
        });
    }

    private async Task<Act> Offer()
    {
        var ticket = Any(_tickets);
        var account = Rarely() ? _chance.Next(3) : ticket.Account;
        var possible = _links.Where(l => l.One == account || l.Other == account).ToList();
        var link = Rarely() ? Any(_links) : Any(possible);
        var (shareContact, shareAsset) = (_chance.Next(3) == 0, _chance.Next(3) == 0);
        var comments = (await Comments(ticket)).Where(_ => _chance.Next(6) == 0).Take(3).ToList();
        var files = (await Files(ticket)).Where(_ => _chance.Next(4) == 0).Take(2).ToList();
        var note = _canaries.New();
        var ask = new OfferHandoff(new TicketId(ticket.Id), link.Id, note, new ShareAsk(shareContact, shareAsset, [.. comments.Select(c => c.Id)], [.. files.Select(f => f.Id)]), null, null, null);
        var parent = ticket.IsMirror ? ticket.Incoming : null;
        var partner = link.One == account ? link.Other : link.One;
        return new Act($"offer {Name(ticket)} to {_callers[partner].AccountName}", account, Refused(), Asking<OfferHandoff, HandoffId>(account, ask), id =>
        {
            var handoff = new MHandoff
            {
                Id = id, Link = _links.IndexOf(link), Placer = account, Fulfiller = partner, PlacerTicket = ticket, Parent = parent, Picks = comments.Count + files.Count,
            };
            _handoffs.Add(handoff);
            handoff.Log.Add((1, "offered"));
            handoff.Log.AddRange(Enumerable.Repeat((1, (string?)null), handoff.Picks));
            ticket.Ties.ForEach(t => t.DealtWith = true);
            ticket.Ties.Add(new MTie { Handoff = handoff, Side = 1 });
            ticket.Follow();
            var texts = _texts[ticket];
            var along = $"{texts.Subject} {texts.Description} {(shareContact ? texts.Contact : "")} {(shareAsset ? texts.Asset : "")}";
            _offered[handoff] = texts with { Contact = shareContact ? texts.Contact : "", Asset = shareAsset ? texts.Asset : "" };
            _canaries.Spread($"{along} {note} {string.Join(' ', comments.Select(c => c.Body))} {string.Join(' ', files.Select(f => f.Name))}", $"o:{id}");
            return Task.CompletedTask;
        });

        string? Refused()
        {
            var own = _links[_links.IndexOf(link)];
            return ticket.Account != account || (own.One != account && own.Other != account) ? "not-found"
                : parent is not null && parent.State is not ("accepted" or "in_progress" or "waiting_placer" or "on_hold") ? "handoff-state-conflict"
                : Ancestors(parent).Any(h => h.Placer == partner || h.Fulfiller == partner) ? "chain-cycle"
                : parent is not null && (shareContact || shareAsset) && !_links[parent.Link].OnwardFiles ? "share-forbidden"
                : files.Count > 0 && !own.ShareFiles ? "share-forbidden"
                : _handoffs.Any(h => h.PlacerTicket == ticket && h.Link == _links.IndexOf(link) && !h.Over) ? "already-handed-over"
                : ticket.Status == "closed" ? "ticket-closed"
                : comments.Any(c => c.Audience == "internal" || c.Retracted) ? "audience-forbidden"
                : files.Any(f => f.State != "available") ? "audience-forbidden"
                : files.Any(f => _cameBy.TryGetValue(f.Id.Value, out var by) && !_links[by.Link].OnwardFiles) ? "share-forbidden"
                : null;
        }
    }

    private Act Command()
    {
        var open = _handoffs.FindAll(h => !h.Over);
        var handoff = open.Count == 0 || Rarely() ? Any(_handoffs) : Any(open);
        var possible = Semantics.Commands.Where(c => c.Value.From.Contains(handoff.State)).Select(c => c.Key).ToList();
        var command = possible.Count == 0 || Rarely() ? Any([.. Semantics.Commands.Keys]) : Any(possible);
        if (command is "decline" or "return" or "recall" && possible.Count > 0 && _chance.Next(4) > 0)
        {
            // Most work goes on.
            command = possible.Find(c => c is not ("decline" or "return" or "recall")) ?? command;
        }

        var right = Semantics.Commands[command].Side == 1 ? handoff.Placer : handoff.Fulfiller;
        var account = Rarely() ? _chance.Next(3) : right;
        long? seen = _chance.Next(5) switch { 0 => handoff.Version, 1 when Rarely() => handoff.Version + _chance.Next(-1, 2), _ => null };
        var (id, text) = (new HandoffId(handoff.Id), _canaries.New());
        var ask = command switch
        {
            "accept" => Asking<AcceptHandoff, HandoffId>(account, new AcceptHandoff(id, null, seen)),
            "decline" => Asking<DeclineHandoff, HandoffId>(account, new DeclineHandoff(id, "price", text, seen)),
            "recall" => Asking<RecallHandoff, HandoffId>(account, new RecallHandoff(id, "changed", text, seen)),
            "start" => Asking<StartHandoff, HandoffId>(account, new StartHandoff(id, seen)),
            "ask" => Asking<AskHandoff, HandoffId>(account, new AskHandoff(id, text, seen)),
            "answer" => Asking<AnswerHandoff, HandoffId>(account, new AnswerHandoff(id, text, seen)),
            "resume" => Asking<ResumeHandoff, HandoffId>(account, new ResumeHandoff(id, text, seen)),
            "hold" => Asking<HoldHandoff, HandoffId>(account, new HoldHandoff(id, "parts", text, seen)),
            "unhold" => Asking<UnholdHandoff, HandoffId>(account, new UnholdHandoff(id, seen)),
            "return" => Asking<ReturnHandoff, HandoffId>(account, new ReturnHandoff(id, "not_ours", text, seen)),
            "resolve" => Asking<ResolveHandoff, HandoffId>(account, new ResolveHandoff(id, text, null, 5, seen)),
            "confirm" => Asking<ConfirmHandoff, HandoffId>(account, new ConfirmHandoff(id, seen)),
            _ => Asking<ReworkHandoff, HandoffId>(account, new ReworkHandoff(id, "damage", text, seen)),
        };
        var refused = Semantics.Refusal(handoff, account, command, seen, ChildrenOpen(handoff));
        return new Act($"{command} {Name(handoff)}{(seen is null ? "" : $" seen v{seen}")}", account, refused, ask, async _ =>
        {
            await Carried(handoff, command);
            _canaries.Spread(text, $"h:{handoff.Id}");
        }, handoff);
    }

    private async Task Carried(MHandoff handoff, string command)
    {
        var (side, _, to) = Semantics.Commands[command];
        (handoff.State, handoff.Version) = (to, handoff.Version + 1);
        handoff.Log.Add((side, to));
        if (command == "accept")
        {
            handoff.Accepted = true;
            var view = await _world.Get<HandoffViews>().One(_callers[handoff.Fulfiller], new HandoffId(handoff.Id), CancellationToken.None);
            var mirror = new MTicket { Id = view!.TicketId!.Value.Value, Account = handoff.Fulfiller, Incoming = handoff, IsMirror = true };
            (handoff.Mirror, handoff.Applied[2]) = (mirror, 1);
            mirror.Ties.Add(new MTie { Handoff = handoff, Side = 2 });
            _tickets.Add(mirror);
            var texts = _texts[mirror] = _offered[handoff];
            _canaries.Spread($"{texts.Subject} {texts.Description} {texts.Contact} {texts.Asset}", $"t:{handoff.Fulfiller}");
        }

        handoff.TicketOf(side)?.Learn(handoff, handoff.Log.Count, to);
    }

    private Act CommentOnHandoff()
    {
        var handoff = Any(_handoffs);
        var account = Rarely() ? _chance.Next(3) : _chance.Next(2) == 0 ? handoff.Placer : handoff.Fulfiller;
        var answers = handoff.State == "waiting_placer" ? _chance.Next(2) == 0 : Rarely();
        var text = _canaries.New();
        var ask = new CommentOnHandoff(new HandoffId(handoff.Id), text, null, null, answers ? true : null);
        return new Act($"comment on {Name(handoff)}{(answers ? " answers" : "")}", account, Saying(handoff, account, answers), Asking<CommentOnHandoff, Said>(account, ask),
            _ => Said(handoff, account, answers, text), handoff);
    }

    private async Task<Act> CommentOnTicket()
    {
        var ticket = Any(_tickets);
        var account = Rarely() ? _chance.Next(3) : ticket.Account;
        var audience = Any<string?>([null, "internal", "customer", "partner", "partner", "partner"]);
        var tie = audience == "partner" && ticket.Ties.Count > 0 && _chance.Next(3) > 0 ? Any(ticket.Ties) : null;
        var stranger = audience == "partner" && _handoffs.Count > 0 && Rarely() ? Any(_handoffs) : null;
        var source = _chance.Next(4) == 0 && await Comments(ticket) is { Count: > 0 } comments ? Any(comments) : null;
        var files = await Files(ticket);
        var file = _chance.Next(4) == 0 && files.Count > 0 ? Any(files) : null;
        var text = source is not null && _chance.Next(2) == 0 ? null : _canaries.New();
        var named = stranger ?? tie?.Handoff;
        var ask = new CommentOnTicket(
            new TicketId(ticket.Id), text, audience, named is null ? null : new HandoffId(named.Id), file is null ? null : [file.Id], source?.Id, null);
        var open = ticket.Ties.Where(t => t.Open).ToList();
        var to = named ?? (audience == "partner" && open.Count == 1 ? open[0].Handoff : null);
        return new Act($"comment on {Name(ticket)} for {audience ?? "nobody"}{(to is null ? "" : $" of {Name(to)}")}{(source is null ? "" : " derived")}{(file is null ? "" : " with a file")}",
            account, Refused(), Asking<CommentOnTicket, Said>(account, ask), id =>
        {
            var body = $"{text} {(text is null ? source!.Body : "")}";
            if (audience == "partner")
            {
                _canaries.Spread(file?.Name, $"h:{to!.Id}");
                return Said(to!, account, false, body);
            }

            _canaries.Spread(body, audience == "customer" ? $"msg:{account}" : $"note:{account}");
            if (file is not null && audience == "customer")
            {
                _canaries.Spread(file.Name, $"file:{account}");
            }

            return Task.CompletedTask;
        });

        string? Refused()
        {
            if (ticket.Account != account)
            {
                return "not-found";
            }

            if (audience == "partner")
            {
                return named is not null && ticket.Ties.TrueForAll(t => t.Handoff != named) ? "not-found"
                    : to is null ? "validation"
                    : to.Over ? "handoff-over"
                    : source is not null && (source.Audience == "internal" || source.Retracted) ? "audience-forbidden"
                    : file is not null && file.State != "available" ? "audience-forbidden"
                    : file is not null && !Shared() && !_links[to.Link].ShareFiles ? "share-forbidden"
                    : file is not null && !Shared() && _cameBy.TryGetValue(file.Id.Value, out var by) && !_links[by.Link].OnwardFiles ? "share-forbidden"
                    : null;
            }

            return audience == "customer" && ticket.IsMirror ? "audience-forbidden"
                : source is not null && (source.Retracted || (source.Audience == "internal" && audience == "customer")) ? "audience-forbidden"
                : null;
        }

        // It, or a copy of it, is an item of that handoff already.
        bool Shared() => file!.HandoffId?.Value == to!.Id || files.Any(f => f.HandoffId?.Value == to.Id && f.DerivedFrom == file.Id);
    }

    private static string? Saying(MHandoff handoff, int account, bool answers) =>
        handoff.SideOf(account) is not { } side ? "not-found"
        : answers ? side != 1 ? "forbidden" : handoff.State != "waiting_placer" ? "handoff-state-conflict" : null
        : handoff.Over ? "handoff-over"
        : null;

    private Task Said(MHandoff handoff, int account, bool answers, string text)
    {
        _canaries.Spread(text, $"h:{handoff.Id}");
        if (answers)
        {
            return Carried(handoff, "answer");
        }

        handoff.Log.Add((handoff.SideOf(account)!.Value, null));
        return Task.CompletedTask;
    }

    private Act Change()
    {
        var ticket = Any(_tickets);
        var account = Rarely() ? _chance.Next(3) : ticket.Account;
        var status = Any<string>(["new", "open", "waiting", "check", "resolved", "closed", "with_partner"]);
        var text = Rarely() ? null : _canaries.New();
        var subject = _chance.Next(4) == 0 ? _canaries.New() : null;
        var stale = _chance.Next(20) == 0;
        var ask = new ChangeTicket(new TicketId(ticket.Id), status, text, null, subject, null, stale ? 9999 : null);
        var command = ticket.IsMirror && status != ticket.Status ? Semantics.Shorthand(ticket.Incoming!.State, status) : null;
        return new Act($"set {Name(ticket)} to {status}", account, Refused(), Asking<ChangeTicket, TicketId>(account, ask), async _ =>
        {
            if (subject is not null)
            {
                _texts[ticket] = _texts[ticket] with { Subject = subject };
                _canaries.Spread(subject, $"t:{account}");
            }

            if (status == ticket.Status)
            {
                return;
            }

            if (ticket.IsMirror)
            {
                await Carried(ticket.Incoming!, command!);
                _canaries.Spread(command is "ask" or "resume" or "resolve" ? text : null, $"h:{ticket.Incoming!.Id}");
                return;
            }

            ticket.Ties.Where(t => t.Side == 1).ToList().ForEach(t => t.DealtWith = true);
            ticket.Status = status;
        });

        string? Refused() =>
            ticket.Account != account ? "not-found"
            : stale ? "version-conflict"
            : status == ticket.Status ? null
            : ticket.IsMirror ? (command is null ? "handoff-state-conflict"
                : text is null && command is "ask" or "resume" or "resolve" && text is null ? "validation"
                : command == "resolve" && ChildrenOpen(ticket.Incoming!) ? "children-open"
                : null)
            : status == "closed" && ticket.Ties.Exists(t => t.Side == 1 && t.Open) ? "ticket-has-open-handoffs"
            : null;
    }

    private async Task<Act> Attach()
    {
        var ticket = Any(_tickets);
        var account = Rarely() ? _chance.Next(3) : ticket.Account;
        var audience = Any<string?>([null, "internal", "customer", "partner", "partner", "partner"]);
        var tie = audience == "partner" && ticket.Ties.Count > 0 && _chance.Next(3) > 0 ? Any(ticket.Ties) : null;
        var (name, content) = (_canaries.New(), Encoding.UTF8.GetBytes($"bytes of {_keys++}"));
        var stored = (await _world.Blobs.Store(new MemoryStream(content), 1 << 20, CancellationToken.None)).Value!;
        var ask = new AttachFile(new TicketId(ticket.Id), audience, tie is null ? null : new HandoffId(tie.Handoff.Id), name, "text/plain", stored.Size, stored.Sha256, stored.Id);
        var open = ticket.Ties.Where(t => t.Open).ToList();
        var to = tie?.Handoff ?? (audience == "partner" && open.Count == 1 ? open[0].Handoff : null);
        var refused = ticket.Account != account ? "not-found"
            : audience == "partner" ? (to is null ? "validation" : to.Over ? "handoff-over" : !_links[to.Link].ShareFiles ? "share-forbidden" : null)
            : audience == "customer" && ticket.IsMirror ? "audience-forbidden"
            : null;
        return new Act($"attach to {Name(ticket)} for {audience ?? "nobody"}{(to is null ? "" : $" of {Name(to)}")}", account, refused, Asking<AttachFile, FileId>(account, ask), _ =>
        {
            if (audience == "partner")
            {
                to!.Log.Add((to.SideOf(account)!.Value, null));
            }

            _canaries.Spread(name, audience == "partner" ? $"h:{to!.Id}" : $"file:{account}");
            return Task.CompletedTask;
        });
    }

    private async Task<Act> Retract()
    {
        var ticket = Any(_tickets);
        var comments = await Comments(ticket);
        if (comments.Count == 0)
        {
            return Change();
        }

        var gone = comments.Where(c => c.Retracted && c.HandoffId is not null).ToList();
        var comment = gone.Count > 0 && _chance.Next(2) == 0 ? Any(gone) : Any(comments);
        var account = Rarely() ? _chance.Next(3) : ticket.Account;
        var handoff = comment.HandoffId is { } id ? _handoffs.Single(h => h.Id == id.Value) : null;
        var author = comment.Author.Account.Id == _callers[account].Account;
        var refused = handoff is null ? (ticket.Account != account ? "not-found" : null)
            : handoff.SideOf(account) is not { } side ? "not-found"
            : side == 2 && handoff.Over && !handoff.Accepted && !author ? "not-found"
            : !author || comment.Kind != "comment" ? "forbidden"
            : null;
        return new Act($"retract {comment.Seq} of {(handoff is null ? Name(ticket) : Name(handoff))}", account, refused, Asking<RetractComment, Said>(account, new RetractComment(comment.Id)), _ =>
        {
            if (handoff is not null && handoff.Retracted.Add(comment.Id))
            {
                handoff.Log.Add((handoff.SideOf(account)!.Value, null));
            }

            return Task.CompletedTask;
        });
    }

    private readonly Dictionary<MTicket, TicketTexts> _texts = [];
    private readonly Dictionary<MHandoff, TicketTexts> _offered = [];

    /// <summary>Which handoff each file came by that a partner sent.</summary>
    private readonly Dictionary<Guid, MHandoff> _cameBy = [];

    private async Task<IReadOnlyList<CommentView>> Comments(MTicket ticket) =>
        (await _world.Get<ConversationViews>().OfTicket(_callers[ticket.Account], new TicketId(ticket.Id), new PageAsk(200, null), CancellationToken.None))!.Items;

    private async Task<IReadOnlyList<FileView>> Files(MTicket ticket)
    {
        foreach (var row in _world.Read().Files.Where(f => f.CameBy is not null))
        {
            _cameBy[row.Id] = _handoffs.Single(h => h.Id == row.CameBy);
        }

        return (await _world.Get<FileViews>().List(_callers[ticket.Account], new TicketId(ticket.Id), new PageAsk(200, null), CancellationToken.None))!.Items;
    }

    private Func<Once?, Task<(Fault?, Guid)>> Asking<TAsk, TAnswer>(int account, TAsk ask)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer> => async once =>
    {
        var outcome = await _world.Ask<TAsk, TAnswer>(ask, _callers[account], once);
        return (outcome.Fault, outcome.Ok ? outcome.Value.Thing : default);
    };

    private bool ChildrenOpen(MHandoff handoff) => _handoffs.Any(h => h.Parent == handoff && !h.Over);

    private static IEnumerable<MHandoff> Ancestors(MHandoff? from)
    {
        for (var hop = from; hop is not null; hop = hop.Parent)
        {
            yield return hop;
        }
    }

    private string Name(MHandoff handoff) => $"h{_handoffs.IndexOf(handoff)}";

    private string Name(MTicket ticket) => $"t{_tickets.IndexOf(ticket)}";

    private bool Rarely() => _chance.Next(10) == 0;

    private T Any<T>(IReadOnlyList<T> from) => from[_chance.Next(from.Count)];

    private sealed record TicketTexts(string Subject, string Description, string Contact, string Asset);
}
