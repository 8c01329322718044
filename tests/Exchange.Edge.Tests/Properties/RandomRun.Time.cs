using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Properties;

/// <content>What time brings by itself: the worker's timers fire what is due, and the model says what may be and what has to.</content>
internal sealed partial class RandomRun
{
    private readonly List<MTimer> _timers = [];
    private DateTimeOffset _seen;

    /// <summary>Hours or days go by, with the worker at work all along or away till the end; or nothing but the worker's round.</summary>
    private async Task TimePasses()
    {
        // A suspension that lasts shows whether the clocks stand still.
        var days = _links.Exists(l => l.Suspended) ? 2 : 1;
        var span = _chance.Next(4) switch { var n when n < days => TimeSpan.FromDays(_chance.Next(1, 5)), 1 or 2 => TimeSpan.FromHours(_chance.Next(1, 30)), _ => TimeSpan.Zero };
        if (_chance.Next(3) > 0)
        {
            await Stroll(span);
            return;
        }

        _world.Clock.Advance(span);
        _story.Add($"{span} pass");
        if (_chance.Next(2) == 0)
        {
            await Fire();
        }
    }

    /// <summary>From one due time to the next.</summary>
    private async Task Stroll(TimeSpan span)
    {
        Tick();
        for (var end = _world.Clock.GetUtcNow() + span; ;)
        {
            var now = _world.Clock.GetUtcNow();
            var next = _timers.Where(t => !t.StandsStill).Select(t => t.Left)
                .Concat(_links.Where(l => l.State == "draining").Select(l => l.Notice)).Where(left => left > TimeSpan.Zero).Append(end - now).Min();
            next = next < end - now ? next : end - now;
            _world.Clock.Advance(next);
            _story.Add($"{next} pass");
            await Fire();
            if (_world.Clock.GetUtcNow() >= end)
            {
                return;
            }
        }
    }

    /// <summary>What is left of each timer passes while its link is not suspended.</summary>
    private void Tick()
    {
        var passed = _world.Clock.GetUtcNow() - _seen;
        _seen = _world.Clock.GetUtcNow();
        foreach (var timer in _timers.Where(t => !t.StandsStill))
        {
            timer.Left -= passed;
            timer.Rest -= passed;
        }

        foreach (var link in _links.Where(l => l.State == "draining"))
        {
            link.Notice -= passed;
        }
    }

    private void Set(string kind, MHandoff handoff, TimeSpan left, bool ofThisVersion = false) =>
        _timers.Add(new MTimer { Kind = kind, Handoff = handoff, Left = left, Version = ofThisVersion ? handoff.Version : null });

    /// <summary>What a state sets in motion.</summary>
    private void Follows(MHandoff handoff)
    {
        var terms = handoff.Link.Terms;
        switch (handoff.State)
        {
            case "resolved":
                Set("confirm-by-terms", handoff, TimeSpan.FromDays(terms.ConfirmAfterDays), ofThisVersion: true);
                if (terms.Climb && handoff.Parent is not null)
                {
                    Set("climb", handoff, TimeSpan.Zero, ofThisVersion: true);
                }

                break;
            case "closed":
                handoff.ReopenUntil = _world.Clock.GetUtcNow() + TimeSpan.FromDays(terms.ReopenWithinDays);
                break;
            case "declined" or "expired" when _rules.ContainsKey(handoff.Placer):
                Set("reroute", handoff, TimeSpan.Zero);
                break;
            case "recall_requested":
                Set("agree-by-silence", handoff, TimeSpan.FromDays(terms.RecallSilenceDays), ofThisVersion: true);
                break;
        }

        if (handoff.State is "recalled" or "recall_requested" && ChildrenOpen(handoff))
        {
            Set("recall-children", handoff, TimeSpan.Zero);
        }
    }

    private async Task Fire()
    {
        var rough = _chance.Next(5) == 0;
        if (rough)
        {
            // Commits are lost on the way, and it crashes: what is left comes again.
            await FireOnce(_chance.Next(1, 4));
            await Crash();
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await FireOnce(0);
    }

    private async Task FireOnce(int losses)
    {
        Tick();
        _story.Add(losses > 0 ? $"timers, {losses} commits lost" : "timers");
        var due = _timers.FindAll(t => t.IsDue).ToDictionary(t => t, Verdict);
        var ending = _links.FindAll(l => l.State == "draining" && l.Notice <= TimeSpan.Zero);
        ending.ForEach(l => (l.State, l.Ending) = ("terminated", true));
        _invariants.Fresh.Clear();
        using (var timers = _world.Timers())
        {
            _losses = losses;
            for (var rounds = 0; await timers.FireDue(CancellationToken.None) > 0 && (losses == 0 || rounds < 3); rounds++)
            {
                Require(rounds < 100, "a timer is due for ever");
            }

            _losses = 0;
        }

        _bus.Collect();
        foreach (var commit in _invariants.Fresh.ToList())
        {
            await Happened(commit);
        }

        ending.ForEach(l => l.Ending = false);
        NothingIsLeftUndone(due, mayBeLeft: losses > 0);
        if (losses == 0)
        {
            LinksAreWhatTheyShould(_world.Read());
        }

        Observe();
    }

    /// <summary>What was due and possible all the while has happened; what was impossible all the while is forgotten, or comes again.</summary>
    private void NothingIsLeftUndone(Dictionary<MTimer, string?> due, bool mayBeLeft)
    {
        foreach (var timer in _timers.FindAll(t => t.IsDue))
        {
            var after = Verdict(timer);
            var before = due.TryGetValue(timer, out var found) ? found : timer.Kind == "climb" ? "wait" : after;
            if (before is null && after is null)
            {
                Require(mayBeLeft || timer.Doubtful || timer.Rest > TimeSpan.Zero, $"{timer.Kind} of {Name(timer.Handoff)} was due and has not happened");
                timer.Doubtful |= mayBeLeft && timer.Kind == "climb";
            }
            else if (before == "gone" && after == "gone" && !mayBeLeft)
            {
                _timers.Remove(timer);
            }
            else
            {
                timer.Doubtful |= before != after || mayBeLeft;
                timer.Rest = TimeSpan.FromMinutes(10);
            }
        }

        Require(mayBeLeft || _handoffs.TrueForAll(h => h.Over || h.Link.Stands),
            $"{string.Join(", ", _handoffs.Where(h => !h.Over && !h.Link.Stands).Select(Name))} should be severed");
    }

    /// <summary>Null: it is possible now. Otherwise <c>wait</c>, where that may change, or <c>gone</c>.</summary>
    private string? Verdict(MTimer timer)
    {
        var handoff = timer.Handoff;
        switch (timer.Kind)
        {
            case "accept-by-terms":
                return Of(handoff, 2, "accept", timer.Version);
            case "expire-offer":
                return Of(handoff, 3, "expire", timer.Version);
            case "confirm-by-terms":
                return Of(handoff, 3, "confirm", timer.Version);
            case "agree-by-silence":
                return Of(handoff, 3, "agree-recall", timer.Version);
            case "climb":
                var resolved = handoff.State == "resolved" && handoff.Version == timer.Version;
                var parent = handoff.Parent!;
                return (!resolved && !Climbed(timer)) || parent.State != "in_progress" || _handoffs.Exists(h => h.Parent == parent && h != handoff && !h.Over) ? "gone"
                    : (resolved ? Of(handoff, 1, "confirm", null) : null) ?? (parent.Link.Carries ? null : "wait");
            case "recall-children" when handoff.State is not ("recalled" or "recall_requested"):
                return "gone";
            case "recall-children":
                var verdicts = _handoffs.Where(h => h.Parent == handoff && !h.Over && h.State != "recall_requested").Select(h => Of(h, 1, "recall", null)).ToList();
                return verdicts.Contains(null) ? null : verdicts.Contains("wait") ? "wait" : "gone";
            default:
                return _handoffs.Exists(h => h.ReroutedFrom == handoff) ? "gone" : Next(handoff).Verdict;
        }
    }

    private string? Of(MHandoff handoff, int side, string command, long? version) =>
        Semantics.Refusal(handoff, side, command, version, ChildrenOpen(handoff)) switch
        {
            null => null,
            "children-open" => "wait",
            "link-not-active" when !handoff.Over => "wait",
            _ => "gone",
        };

    private static bool Climbed(MTimer timer) => timer.Handoff.State == "closed" && timer.Handoff.Version == timer.Version + 1;

    /// <summary>Where a rule takes the ticket next: over the first link that it has not gone over, and that takes it; one that ends does not.</summary>
    private (MLink? Link, string? Verdict) Next(MHandoff from)
    {
        var (rule, ticket) = (_rules[from.Placer], from.PlacerTicket);
        var last = (string?)"gone";
        foreach (var link in rule.Links.Where(l => l.State is "active" or "suspended" && !_handoffs.Exists(h => h.PlacerTicket == ticket && h.Link == l)))
        {
            var refused = OfferRefusal(ticket, from.Placer, link, new Along(rule.Contact, rule.Asset, [], []));
            if (refused is null)
            {
                return (link, null);
            }

            last = refused == "link-not-active" ? "wait" : "gone";
        }

        return (null, last);
    }

    /// <summary>Something was entered that nobody asked for: it has to be what a timer that is due may do.</summary>
    private async Task Happened(IReadOnlyList<EntryRow> commit)
    {
        var entry = commit[0];
        _story.Add($"  {entry.Type} by side {entry.Side}{(_handoffs.Find(h => h.Id == entry.Handoff) is { } known ? $" of {Name(known)}" : "")}");
        Count($"by itself: {entry.Type} by {(entry.Side == 3 ? "the exchange" : "a rule")}");
        Require(entry.ActorKind == (entry.Side == 3 ? "system" : "rule"), $"a timer's {entry.Type} is by a {entry.ActorKind}");
        if (entry.Type == "offered")
        {
            await Rerouted(entry);
            return;
        }

        var handoff = _handoffs.Single(h => h.Id == entry.Handoff);
        var (command, timer) = (entry.Type, entry.Side) switch
        {
            ("accepted", 2) => ("accept", Due("accept-by-terms", handoff)),
            ("expired", 3) => ("expire", Due("expire-offer", handoff)),
            ("confirmed", 3) => ("confirm", Due("confirm-by-terms", handoff)),
            ("confirmed", 1) => ("confirm", Due("climb", handoff)),
            ("resolved", 2) => ("resolve", _timers.Find(t => t.Kind == "climb" && t.IsDue && t.Handoff.Parent == handoff && Climbed(t))),
            ("recall_agreed", 3) => ("agree-recall", Due("agree-by-silence", handoff)),
            ("recalled" or "recall_requested", 1) => ("recall", Due("recall-children", handoff.Parent)),
            ("severed", 3) => ("sever", null),
            _ => ("", null),
        };
        Require(command == "sever" ? !handoff.Link.Stands : timer is not null, $"{entry.Type} of {Name(handoff)} was not due");
        var refused = Semantics.Refusal(handoff, entry.Side, command, timer?.Kind is "climb" or "recall-children" ? null : timer?.Version, ChildrenOpen(handoff));
        Require(refused is null, $"{entry.Type} of {Name(handoff)}, which is {handoff.State}, should have been {refused}");
        await Carried(handoff, command, entry.Side);
        if (command == "resolve")
        {
            handoff.Solution = timer!.Handoff.Solution;
            _canaries.Spread(handoff.Solution, $"h:{handoff.Id}");
        }

        if (timer is not null && command != "recall" && !(timer.Kind == "climb" && command == "confirm"))
        {
            _timers.Remove(timer);
        }
    }

    private async Task Rerouted(EntryRow entry)
    {
        var found = _world.Read().Handoffs.Single(h => h.Id == entry.Handoff);
        var account = _callers.FindIndex(c => c.Account.Value == found.Placer);
        var view = (await _world.Get<HandoffViews>().One(_callers[account], new HandoffId(entry.Handoff), CancellationToken.None))!;
        var from = _handoffs.Single(h => h.Id == view.ReroutedFrom?.Value);
        var timer = Due("reroute", from);
        Require(timer is not null && !_handoffs.Exists(h => h.ReroutedFrom == from), $"nobody re-routed {Name(from)}");
        var (rule, (link, _)) = (_rules[account], Next(from));
        Require(link?.Id == view.LinkId, $"{Name(from)} should have been re-routed over {(link is null ? "nothing" : Name(link))}, and was over {Name(_links.Single(l => l.Id == view.LinkId))}");
        var acceptBy = rule.AcceptWithinHours is { } hours ? _world.Clock.GetUtcNow().AddHours(hours) : (DateTimeOffset?)null;
        Offered(entry.Handoff, from.PlacerTicket, link!, new Along(rule.Contact, rule.Asset, [], []), null, null, acceptBy, reroutedFrom: from);
        _timers.Remove(timer!);
    }

    private MTimer? Due(string kind, MHandoff? handoff) => _timers.Find(t => t.Kind == kind && t.Handoff == handoff && t.IsDue && (t.Version is null || t.Version == t.Handoff.Version || kind == "climb"));
}
