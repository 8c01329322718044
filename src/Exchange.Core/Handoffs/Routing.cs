using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>Finds the next partner for a ticket by the account's rules.</summary>
public sealed class Routing(Offers offers, Desks desks)
{
    /// <summary>Tries the partners in the order of the rule; one that cannot take the ticket now is passed over.</summary>
    /// <param name="share">What a person picked; null takes what the rule shares.</param>
    /// <returns>The new handoff, or why nothing could be offered to the last partner that was left; null when no partner is left.</returns>
    public async ValueTask<Outcome<HandoffId>?> Next(IUnit unit, Caller caller, Handoff from, bool automatic, string? note, ShareAsk? share, string? summary)
    {
        var desk = desks.Of(await unit.Db.Accounts.Where(a => a.Id == caller.Account).Select(a => a.DeskKind).SingleAsync());
        if (await desk.Traits(unit, caller.Account, from.PlacerTicket) is not { } traits)
        {
            return null;
        }

        var rules = await unit.Db.RouteRules.Where(r => r.Account == caller.Account && (r.Automatic || !automatic)).ToListAsync();
        var tried = await Tried(unit, from);
        var named = rules.SelectMany(r => r.Links).ToHashSet();

        // A link that ends never takes it; a suspended one may when it is asked again.
        var ending = await unit.Db.Links.Where(l => named.Contains(l.Id) && l.State != LinkState.Active && l.State != LinkState.Suspended).Select(l => l.Id).ToListAsync();
        Outcome<HandoffId>? last = null;
        foreach (var (rule, link) in RouteRule.Candidates(rules, traits, [.. tried, .. ending]))
        {
            var acceptBy = rule.AcceptWithinHours is { } hours ? unit.Now.AddHours(hours) : (DateTimeOffset?)null;
            last = await offers.Make(
                new OfferHandoff(from.PlacerTicket, link, note, share ?? rule.Share, acceptBy, null, null, summary), caller, unit, new Origin(null, from.Id));
            if (last.Value.Ok)
            {
                return last;
            }
        }

        return last;
    }

    /// <summary>The links over which this ticket has gone before, whatever came of it.</summary>
    private static async ValueTask<IReadOnlyList<LinkId>> Tried(IUnit unit, Handoff from)
    {
        var before = (await unit.ReadTies(from.PlacerTicket, from.Placer) ?? []).Select(tie => tie.Handoff).ToList();
        return await unit.Db.Handoffs.Where(h => before.Contains(h.Id) && h.Placer == from.Placer).Select(h => h.Link).Distinct().ToListAsync();
    }
}
