using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>The exchange offers a declined or expired ticket to the next partner, where a rule of the placer says so.</summary>
[AllowedTo(Roles.None)]
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
        return done ? ask.Handoff : await routing.Next(unit, caller, over.Value.Handoff, automatic: true, null, null, null) ?? ask.Handoff;
    }
}
