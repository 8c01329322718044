using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>
/// Offers the ticket of a handoff that came to nothing to another partner. Only what is picked now goes along.
/// </summary>
/// <param name="OverLink">Left out: the next partner of the account's first rule that fits the ticket.</param>
public sealed record RerouteHandoff(HandoffId Handoff, LinkId? OverLink, string? Note, ShareAsk? Share, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class RerouteHandoffRules : AbstractValidator<RerouteHandoff>
{
    public RerouteHandoffRules()
    {
        RuleFor(x => x.Note).Text();
        RuleFor(x => x.Share).Picked();
    }
}

public sealed class RerouteHandoffDeed(Offers offers, Routing routing) : IDeed<RerouteHandoff, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(RerouteHandoff ask, Caller caller, IUnit unit)
    {
        var over = await OverHandoff.Find(unit, caller, ask.Handoff, Command.Reroute, ask.IfVersion);
        if (!over.Ok)
        {
            return over.Fault;
        }

        var from = over.Value.Handoff;
        if (ask.OverLink is { } link)
        {
            return over.Value.Answer(
                await offers.Make(new OfferHandoff(from.PlacerTicket, link, ask.Note, ask.Share, null, null, null), caller, unit, new Origin(null, from.Id)));
        }

        return await routing.Next(unit, caller, from, automatic: false, ask.Note, ask.Share) is { } next
            ? over.Value.Answer(next)
            : Fault.Invalid("linkId", "No rule of yours names a further partner for this ticket: 'Link Id' says over which link it goes.");
    }
}

/// <summary>The exchange offers a declined or expired ticket to the next partner, where a rule of the placer says so.</summary>
public sealed record RerouteByRule(HandoffId Handoff) : IAsk<HandoffId>, IAboutHandoff;

public sealed class RerouteByRuleDeed(Routing routing) : IDeed<RerouteByRule, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(RerouteByRule ask, Caller caller, IUnit unit)
    {
        var over = await OverHandoff.Find(unit, caller, ask.Handoff, Command.Reroute, null);
        if (!over.Ok)
        {
            return over.Fault;
        }

        // Asked again after a crash, or a person was quicker.
        var done = await unit.Db.Handoffs.AnyAsync(h => h.ReroutedFrom == ask.Handoff && h.Placer == caller.Account);
        return done ? ask.Handoff : await routing.Next(unit, caller, over.Value.Handoff, automatic: true, null, null) ?? ask.Handoff;
    }
}

/// <summary>Finds the next partner for a ticket by the account's rules.</summary>
public sealed class Routing(Offers offers, Desks desks)
{
    /// <summary>Tries the partners in the order of the rule; one that cannot take the ticket now is passed over.</summary>
    /// <param name="share">What a person picked; null takes what the rule shares.</param>
    /// <returns>The new handoff, or why nothing could be offered to the last partner that was left; null when no partner is left.</returns>
    public async ValueTask<Outcome<HandoffId>?> Next(IUnit unit, Caller caller, Handoff from, bool automatic, string? note, ShareAsk? share)
    {
        var desk = desks.Of(await unit.Db.Accounts.Where(a => a.Id == caller.Account).Select(a => a.DeskKind).SingleAsync());
        if (await desk.Traits(unit, caller.Account, from.PlacerTicket) is not { } traits)
        {
            return null;
        }

        var rules = await unit.Db.RouteRules.Where(r => r.Account == caller.Account && (r.Automatic || !automatic)).ToListAsync();
        var tried = await Tried(unit, from);
        Outcome<HandoffId>? last = null;
        foreach (var (rule, link) in RouteRule.Candidates(rules, traits, tried))
        {
            var acceptBy = rule.AcceptWithinHours is { } hours ? unit.Now.AddHours(hours) : (DateTimeOffset?)null;
            last = await offers.Make(
                new OfferHandoff(from.PlacerTicket, link, note, share ?? rule.Share, acceptBy, null, null), caller, unit, new Origin(null, from.Id));
            if (last.Value.Ok)
            {
                return last;
            }
        }

        return last;
    }

    /// <summary>Those that were asked before, one after another; one that has the ticket now refuses a second offer itself.</summary>
    private static async ValueTask<IReadOnlyList<LinkId>> Tried(IUnit unit, Handoff from)
    {
        var tried = new List<LinkId> { from.Link };
        for (var before = from.ReroutedFrom; before is { } id;)
        {
            var hop = await unit.Db.Handoffs.Where(h => h.Id == id).Select(h => new { h.Link, h.ReroutedFrom }).SingleAsync();
            tried.Add(hop.Link);
            before = hop.ReroutedFrom;
        }

        return tried;
    }
}
