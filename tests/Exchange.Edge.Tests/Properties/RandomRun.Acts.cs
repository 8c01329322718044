using Exchange.Core.Desk;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Edge.Tests.Properties;

/// <content>What people do.</content>
internal sealed partial class RandomRun
{
    private async Task<Act> Choose()
    {
        if (_handoffs.FindAll(h => !h.Over).Count <= _callers.Count && _chance.Next(5) == 0)
        {
            return await Offer();
        }

        switch (_chance.Next(100))
        {
            case < 3:
                return OpenTicket(_chance.Next(_callers.Count));
            case < 14:
                return await Offer();
            case < 18 when _handoffs.Count > 0:
                return await Another();
            case < 26:
                return await OnLink();
            case < 62 when _handoffs.Count > 0:
                return Command();
            case < 70 when _handoffs.Count > 0:
                return CommentOnHandoff();
            case < 81:
                return await CommentOnTicket();
            case < 87:
                return Change();
            case < 93:
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

    private Act Command()
    {
        var open = _handoffs.FindAll(h => !h.Over);
        var flowing = open.FindAll(h => h.Link.Carries);
        var handoff = open.Count == 0 || Rarely() ? Any(_handoffs) : flowing.Count == 0 || Rarely() ? Any(open) : Any(flowing);
        var possible = Semantics.OfPeople.Where(c => Semantics.Possible(handoff, c)).ToList();
        var command = possible.Count == 0 || Rarely() ? Any(Semantics.OfPeople) : Any(possible);
        if (possible.Count > 0 && _chance.Next(10) < 6 && possible.FindAll(c => c is not ("decline" or "return" or "counter" or "agree-recall") && (c != "recall" || Semantics.AtWork.Contains(handoff.State))) is { Count: > 0 } onward)
        {
            // Most work goes on.
            command = onward.Contains("resolve") && _chance.Next(3) == 0 ? "resolve" : Any(onward);
        }

        var right = Semantics.Commands.First(row => row.Command == command).By.Contains(1) ? handoff.Placer : handoff.Fulfiller;
        var account = Rarely() ? _chance.Next(_callers.Count) : right;
        long? seen = _chance.Next(5) switch { 0 => handoff.Version, 1 when Rarely() => handoff.Version + _chance.Next(-1, 2), _ => null };
        var text = _canaries.New();
        var refused = Semantics.Refusal(handoff, handoff.SideOf(account), command, seen, ChildrenOpen(handoff));
        return new Act($"{command} {Name(handoff)}{(seen is null ? "" : $" seen v{seen}")}", account, refused, Asking(command, account, new HandoffId(handoff.Id), seen, text), async _ =>
        {
            await Carried(handoff, command, handoff.SideOf(account)!.Value);
            handoff.Solution = command == "resolve" ? text : handoff.Solution;
            _canaries.Spread(text, $"h:{handoff.Id}");
        }, handoff);
    }

    private Func<Once?, Task<(Fault? Fault, Guid Thing)>> Asking(string command, int account, HandoffId id, long? seen, string text) => command switch
    {
        "accept" => Asking<AcceptHandoff, HandoffId>(account, new AcceptHandoff(id, null, seen)),
        "decline" => Asking<DeclineHandoff, HandoffId>(account, new DeclineHandoff(id, "price", text, seen)),
        "counter" => Asking<CounterHandoff, HandoffId>(account, new CounterHandoff(id, null, new Money(12.5m, "EUR"), text, null, seen)),
        "accept-counter" => Asking<AcceptCounter, HandoffId>(account, new AcceptCounter(id, seen)),
        "reject-counter" => Asking<RejectCounter, HandoffId>(account, new RejectCounter(id, seen)),
        "recall" => Asking<RecallHandoff, HandoffId>(account, new RecallHandoff(id, "changed", text, seen)),
        "start" => Asking<StartHandoff, HandoffId>(account, new StartHandoff(id, seen)),
        "ask" => Asking<AskHandoff, HandoffId>(account, new AskHandoff(id, text, seen)),
        "answer" => Asking<AnswerHandoff, HandoffId>(account, new AnswerHandoff(id, text, seen)),
        "resume" => Asking<ResumeHandoff, HandoffId>(account, new ResumeHandoff(id, text, seen)),
        "hold" => Asking<HoldHandoff, HandoffId>(account, new HoldHandoff(id, "parts", text, seen)),
        "unhold" => Asking<UnholdHandoff, HandoffId>(account, new UnholdHandoff(id, seen)),
        "agree-recall" => Asking<AgreeRecall, HandoffId>(account, new AgreeRecall(id, seen)),
        "refuse-recall" => Asking<RefuseRecall, HandoffId>(account, new RefuseRecall(id, text, seen)),
        "withdraw-recall" => Asking<WithdrawRecall, HandoffId>(account, new WithdrawRecall(id, seen)),
        "return" => Asking<ReturnHandoff, HandoffId>(account, new ReturnHandoff(id, "not_ours", text, seen)),
        "resolve" => Asking<ResolveHandoff, HandoffId>(account, new ResolveHandoff(id, text, null, 5, seen)),
        "confirm" => Asking<ConfirmHandoff, HandoffId>(account, new ConfirmHandoff(id, seen)),
        "rework" => Asking<ReworkHandoff, HandoffId>(account, new ReworkHandoff(id, "damage", text, seen)),
        _ => throw new ArgumentException(command, nameof(command)),
    };

    /// <summary>What a command does, and what it sets in motion.</summary>
    private async Task Carried(MHandoff handoff, string command, int side)
    {
        var (from, to) = (handoff.State, Semantics.StateAfter(handoff, command));
        (handoff.State, handoff.Version, handoff.Countered) = (to, handoff.Version + 1, command == "counter");
        handoff.RecalledFrom = to == "recall_requested" ? from : null;
        handoff.Log.Add((side, to));
        var seq = handoff.Log.Count;
        if (to == "accepted")
        {
            await Taken(handoff);
        }

        if (side != 3)
        {
            handoff.TicketOf(side)?.Learn(handoff, seq, to);
        }

        Follows(handoff);
    }

    private Act Change()
    {
        var ticket = Any(_tickets);
        var account = Rarely() ? _chance.Next(_callers.Count) : ticket.Account;
        var status = Any<string>(["new", "open", "waiting", "check", "resolved", "closed", "with_partner"]);
        var text = Rarely() ? null : _canaries.New();
        var subject = _chance.Next(4) == 0 ? _canaries.New() : null;
        var stale = _chance.Next(20) == 0;
        var ask = new ChangeTicket(new TicketId(ticket.Id), status, text, null, subject, null, stale ? 9999 : null);
        var command = ticket.IsMirror && status != ticket.Status ? Semantics.Shorthand(ticket.Incoming!.State, status) : null;
        return new Act($"set {Name(ticket)} to {status}{(text is null ? " without a text" : "")}", account, Refused(), Asking<ChangeTicket, TicketId>(account, ask), async _ =>
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
                var handoff = ticket.Incoming!;
                await Carried(handoff, command!, 2);
                handoff.Solution = command == "resolve" ? text! : handoff.Solution;
                _canaries.Spread(command is "ask" or "resume" or "resolve" ? text : null, $"h:{handoff.Id}");
                return;
            }

            ticket.Ties.Where(t => t.Side == 1).ToList().ForEach(t => t.DealtWith = true);
            ticket.Status = status;
        });

        string? Refused() =>
            ticket.Account != account ? "not-found"
            : ticket.IsMirror && status != ticket.Status && text is null && (status is "waiting" or "resolved") ? "validation"
            : stale ? "version-conflict"
            : status == ticket.Status ? null
            : ticket.IsMirror ? (text is null && (command is "ask" or "resume" or "resolve") ? "validation"
                : !ticket.Incoming!.Link.Carries ? "link-not-active"
                : command is null ? "handoff-state-conflict"
                : command == "resolve" && ChildrenOpen(ticket.Incoming!) ? "children-open"
                : null)
            : status == "closed" && ticket.Ties.Exists(t => t.Side == 1 && t.Open) ? "ticket-has-open-handoffs"
            : null;
    }

    private Func<Once?, Task<(Fault?, Guid)>> Asking<TAsk, TAnswer>(int account, TAsk ask)
        where TAsk : IAsk<TAnswer>
        where TAnswer : IAnswer<TAnswer> => async once =>
    {
        var outcome = await _world.Ask<TAsk, TAnswer>(ask, _callers[account], once);
        return (outcome.Fault, outcome.Ok ? outcome.Value.Thing : default);
    };

    private bool ChildrenOpen(MHandoff handoff) => _handoffs.Exists(h => h.Parent == handoff && !h.Over);

    private string Name(MHandoff handoff) => $"h{_handoffs.IndexOf(handoff)}";

    private string Name(MTicket ticket) => $"t{_tickets.IndexOf(ticket)}";

    /// <summary>A ticket, rather one that has been handed over.</summary>
    private MTicket AnyTicket() => _tickets.FindAll(t => t.Ties.Count > 0) is { Count: > 0 } shared && _chance.Next(3) > 0 ? Any(shared) : Any(_tickets);

    private bool Rarely() => _chance.Next(10) == 0;

    private T Any<T>(IReadOnlyList<T> from) => from[_chance.Next(from.Count)];
}
