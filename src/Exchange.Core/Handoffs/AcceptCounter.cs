using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>The placer takes the counter-offer: the handoff is accepted with it, and the mirror is made.</summary>
public sealed record AcceptCounter(HandoffId Handoff, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class AcceptCounterDeed(Commands commands, Mirrors mirrors) : IDeed<AcceptCounter, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(AcceptCounter ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.AcceptCounter, async (scene, state) =>
        {
            var counter = scene.Handoff.Counter!;
            if (scene.Handoff.Parent is { } parent && await unit.Db.Handoffs.Where(h => h.Id == parent).Select(h => h.ResolveBy).SingleAsync() is { } own && counter.ResolveBy > own)
            {
                return Fault.Invalid("resolveBy", OfferClocks.TooLate(own));
            }

            return await mirrors.Open(unit, scene.Handoff, number => new CounterAcceptedData(state, number, counter));
        });
}
