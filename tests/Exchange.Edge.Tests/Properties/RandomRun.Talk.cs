using System.Text;
using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Edge.Tests.Properties;

/// <content>What people say, send and take back.</content>
internal sealed partial class RandomRun
{
    private Act CommentOnHandoff()
    {
        var handoff = Any(_handoffs);
        var account = Rarely() ? _chance.Next(_callers.Count) : _chance.Next(2) == 0 ? handoff.Placer : handoff.Fulfiller;
        var answers = handoff.State == "waiting_placer" ? _chance.Next(2) == 0 : Rarely();
        var text = _canaries.New();
        var ask = new CommentOnHandoff(new HandoffId(handoff.Id), text, null, null, answers ? true : null);
        return new Act($"comment on {Name(handoff)}{(answers ? " answers" : "")}", account, Saying(handoff, account, answers), Asking<CommentOnHandoff, Said>(account, ask),
            _ => Said(handoff, account, answers, text), handoff);
    }

    private async Task<Act> CommentOnTicket()
    {
        var ticket = AnyTicket();
        var account = Rarely() ? _chance.Next(_callers.Count) : ticket.Account;
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
                    : file is not null && !Shared() && !to.Link.Terms.Share.Files ? "share-forbidden"
                    : file is not null && !Shared() && _cameBy.TryGetValue(file.Id.Value, out var by) && by != to && !by.Link.Terms.Onward.Files ? "share-forbidden"
                    : null;
            }

            return audience == "customer" && ticket.IsMirror ? "audience-forbidden"
                : source is not null && (source.Retracted || (source.Audience == "internal" && audience == "customer")) ? "audience-forbidden"
                : audience == "customer" && file is { Audience: not "customer", State: not "available" } ? "audience-forbidden"
                : null;
        }

        // It, or a copy of it, is an item of that handoff already.
        bool Shared() => file!.HandoffId?.Value == to!.Id || files.Any(f => f.HandoffId?.Value == to.Id && f.DerivedFrom == file.Id);
    }

    private static string? Saying(MHandoff handoff, int account, bool answers) =>
        answers ? Semantics.Refusal(handoff, handoff.SideOf(account), "answer", null, childrenOpen: false)
        : !handoff.Involves(account) ? "not-found"
        : handoff.Over ? "handoff-over"
        : null;

    private Task Said(MHandoff handoff, int account, bool answers, string text)
    {
        _canaries.Spread(text, $"h:{handoff.Id}");
        if (answers)
        {
            return Carried(handoff, "answer", 1);
        }

        handoff.Log.Add((handoff.SideOf(account)!.Value, null));
        return Task.CompletedTask;
    }

    private async Task<Act> Attach()
    {
        var ticket = AnyTicket();
        var account = Rarely() ? _chance.Next(_callers.Count) : ticket.Account;
        var audience = Any<string?>([null, "internal", "customer", "partner", "partner", "partner"]);
        var tie = audience == "partner" && ticket.Ties.Count > 0 && _chance.Next(3) > 0 ? Any(ticket.Ties) : null;
        var (name, content) = (_canaries.New(), Encoding.UTF8.GetBytes($"bytes of {_keys++}"));
        var stored = (await _world.Blobs.Store(new MemoryStream(content), 1 << 20, CancellationToken.None)).Value!;
        var ask = new AttachFile(new TicketId(ticket.Id), audience, tie is null ? null : new HandoffId(tie.Handoff.Id), name, "text/plain", stored.Size, stored.Sha256, stored.Id);
        var open = ticket.Ties.Where(t => t.Open).ToList();
        var to = tie?.Handoff ?? (audience == "partner" && open.Count == 1 ? open[0].Handoff : null);
        var refused = ticket.Account != account ? "not-found"
            : audience == "partner" ? (to is null ? "validation" : to.Over ? "handoff-over" : !to.Link.Terms.Share.Files ? "share-forbidden" : null)
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
        var ticket = AnyTicket();
        var comments = await Comments(ticket);
        if (comments.Count == 0)
        {
            return Change();
        }

        var gone = comments.Where(c => c.Retracted && c.HandoffId is not null).ToList();
        var comment = gone.Count > 0 && _chance.Next(2) == 0 ? Any(gone) : Any(comments);
        var account = Rarely() ? _chance.Next(_callers.Count) : ticket.Account;
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
}
