using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Edge.Tests.Properties;

/// <content>Who is linked to whom, under which terms, and what becomes of it.</content>
internal sealed partial class RandomRun
{
    private static readonly string[] Names = ["Ada", "Bob", "Cid", "Dan", "Eva", "Fay"];

    private readonly Dictionary<int, MRule> _rules = [];

    /// <summary>A tree of links, so that there are chains, and further ones, so that there are rings.</summary>
    private async Task Begin(int companies)
    {
        _seen = _world.Clock.GetUtcNow();
        foreach (var name in Names.Take(companies))
        {
            _callers.Add(await _world.Join(name));
        }

        for (var one = 1; one < companies; one++)
        {
            var above = _chance.Next(one);
            for (var other = 0; other < one; other++)
            {
                if (other == above || _chance.Next(100) < 30)
                {
                    await Link(one, other);
                }
            }
        }

        for (var account = 0; account < companies; account++)
        {
            if (_chance.Next(3) == 0)
            {
                await Rule(account);
            }
        }

        await Perform(OpenTicket(0));
        await Perform(OpenTicket(1));
    }

    private async Task Link(int one, int other)
    {
        var (inviter, invitee) = _chance.Next(2) == 0 ? (one, other) : (other, one);
        var terms = new MTerms(
            _chance.Next(8) switch { 0 => "inviter-to-invitee", 1 => "invitee-to-inviter", _ => "both" },
            _chance.Next(5) == 0,
            _chance.Next(3) == 0,
            new MSharing(Mostly(), Mostly(), Mostly()),
            new MSharing(Mostly(), Mostly(), _chance.Next(2) == 0),
            _chance.Next(2, 6),
            _chance.Next(1, 4),
            _chance.Next(0, 20),
            _chance.Next(1, 4),
            _chance.Next(2) == 0,
            _chance.Next(3) == 0 ? _chance.Next(1, 60) : null,
            _chance.Next(1, 6),
            Any(["none", "count", "alias", "name"]),
            _chance.Next(2) == 0);
        var ask = new TermsAsk(
            terms.Directions, terms.Automatic ? "automatic" : "manual", terms.IsSealed ? "sealed" : "visible",
            new SharingAsk(terms.Share.Contact, terms.Share.Asset, terms.Share.Files),
            new SharingAsk(terms.Onward.Contact, terms.Onward.Asset, terms.Onward.Files),
            terms.Disclosure, terms.ShowAncestors, terms.MaxDepth, terms.ConfirmAfterDays, terms.ReopenWithinDays,
            terms.RecallSilenceDays, terms.Climb, terms.AcceptWithinHours, NoticeDays: terms.NoticeDays);
        var id = await _world.Link(_callers[inviter], _callers[invitee], ask);
        _links.Add(new MLink { Id = id, Inviter = inviter, Invitee = invitee, Terms = terms });
        _story.Add($"l{_links.Count - 1} links {_callers[inviter].AccountName} and {_callers[invitee].AccountName}: {terms}");

        bool Mostly() => _chance.Next(5) > 0;
    }

    private async Task Rule(int account)
    {
        var links = _links.Where(l => l.Ties(account)).OrderBy(_ => _chance.Next()).ToList();
        var rule = new MRule(links, _chance.Next(3) == 0, _chance.Next(3) == 0, _chance.Next(2) == 0 ? _chance.Next(1, 40) : null);
        var made = await _world.Ask<MakeRoute, RouteId>(
            new MakeRoute("by rule", null, null, [.. links.Select(l => l.Id)], true, new RouteShare(rule.Contact, rule.Asset), rule.AcceptWithinHours), _callers[account]);
        Require(made.Ok, $"a rule was refused: {made.Fault?.Detail}");
        _rules[account] = rule;
        _story.Add($"{_callers[account].AccountName} goes on by rule over {string.Join(", ", links.Select(Name))}");
    }

    private async Task<Act> OnLink()
    {
        var suspended = _links.FindAll(l => l.Suspended);
        var used = _links.FindAll(l => l.Stands && _handoffs.Exists(h => h.Link == l && !h.Over));
        var link = suspended.Count > 0 && _chance.Next(2) == 0 ? Any(suspended) : used.Count > 0 && _chance.Next(3) > 0 ? Any(used) : Any(_links);
        if (!link.Stands && !_links.Exists(l => l.Stands && l.Ties(link.Inviter, link.Invitee)))
        {
            // What has ended stays so: the two begin anew.
            await Link(link.Inviter, link.Invitee);
            link = _links[^1];
        }

        var command = _chance.Next(100) switch { < 6 => "terminate", < 14 => "drain", < 30 => "resume", _ => link.Suspended && _chance.Next(4) > 0 ? "resume" : "suspend" };
        var account = Rarely() ? _chance.Next(_callers.Count)
            : command == "resume" && link.SuspendedBy.Count > 0 && !Rarely() ? Any([.. link.SuspendedBy])
            : _chance.Next(2) == 0 ? link.Inviter : link.Invitee;
        return OnLink(link, command, account, stale: _chance.Next(25) == 0);
    }

    private Act OnLink(MLink link, string command, int account, bool stale = false)
    {
        var reason = _canaries.New();
        long? seen = stale ? 9999 : null;
        var ask = command switch
        {
            "suspend" => Asking<SuspendLink, LinkId>(account, new SuspendLink(link.Id, reason, seen)),
            "resume" => Asking<ResumeLink, LinkId>(account, new ResumeLink(link.Id, seen)),
            "drain" => Asking<DrainLink, LinkId>(account, new DrainLink(link.Id, reason, seen)),
            _ => Asking<TerminateLink, LinkId>(account, new TerminateLink(link.Id, reason, seen)),
        };
        return new Act($"{command} {Name(link)}", account, link.Refusal(account, command, stale), ask, _ =>
        {
            switch (command)
            {
                case "suspend":
                    link.SuspendedSince = link.Suspended ? link.SuspendedSince : _world.Clock.GetUtcNow();
                    link.SuspendedBy.Add(account);
                    link.State = "suspended";
                    break;
                case "resume":
                    link.SuspendedBy.Remove(account);
                    link.State = link.SuspendedBy.Count > 0 ? "suspended" : "active";
                    break;
                default:
                    link.SuspendedBy.Clear();
                    link.State = command == "drain" ? "draining" : "terminated";
                    link.Notice = TimeSpan.FromDays(link.Terms.NoticeDays);
                    break;
            }

            _canaries.Spread(reason, $"l:{link.Id.Value}");
            return Task.CompletedTask;
        });
    }

    private string Name(MLink link) => $"l{_links.IndexOf(link)}";
}
