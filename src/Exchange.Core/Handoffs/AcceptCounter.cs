using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>The placer takes the counter-offer: the handoff is accepted with it, and the mirror is made.</summary>
[AllowedTo(Roles.Dispatcher)]
public sealed record AcceptCounter(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class AcceptCounterDeed(Commands commands, Mirrors mirrors) : IDeed<AcceptCounter, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(AcceptCounter ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.AcceptCounter, async (scene, state) =>
        {
            var counter = scene.Handoff.Counter!;
            if (scene.Handoff.Parent is { } parent && await EndOf(unit, parent) is { } own && counter.ResolveBy > own)
            {
                return Fault.Invalid("resolveBy", OfferClocks.TooLate(own));
            }

            return await mirrors.Open(unit, scene.Handoff, number => new CounterAcceptedData(state, number, counter));
        });

    /// <summary>When the placer's own incoming handoff has to be done; while its link is suspended that moves with the time.</summary>
    private static async ValueTask<DateTimeOffset?> EndOf(IUnit unit, HandoffId parent)
    {
        var own = await unit.Db.Handoffs.Where(h => h.Id == parent).Join(unit.Db.Links, h => h.Link, l => l.Id, (h, l) => new { Handoff = h, l.SuspendedSince }).SingleAsync();
        return ClocksView.Of(own.Handoff, own.SuspendedSince, unit.Now).ResolveBy;
    }
}
