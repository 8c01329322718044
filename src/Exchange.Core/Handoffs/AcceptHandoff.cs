using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>The fulfiller takes the offer: the mirror is made, and its number goes back.</summary>
/// <param name="Eta">When the fulfiller expects to be done.</param>
public sealed record AcceptHandoff(HandoffId Handoff, DateTimeOffset? Eta, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class AcceptHandoffDeed(Commands commands, Desks desks) : IDeed<AcceptHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(AcceptHandoff ask, Caller caller, IUnit unit) =>
        commands.Carry(unit, caller, ask.Handoff, ask.IfVersion, Command.Accept, async (scene, state) =>
        {
            if (ask.Eta <= unit.Now)
            {
                return Fault.Invalid("eta", "'Eta' lies in the past.");
            }

            var handoff = scene.Handoff;
            var kind = await unit.Db.Accounts.Where(a => a.Id == handoff.Fulfiller).Select(a => a.DeskKind).SingleAsync();
            var offer = (await unit.ReadEntries(handoff.Id, 0, 1))[0];
            var earlier = await unit.ReadEntries(handoff.Id, 1, int.MaxValue, Side.Fulfiller);
            var bound = new BoundHandoff(handoff.Id, Side.Fulfiller, handoff.Fulfiller, default, handoff.Placer, handoff.PlacerNumber);
            var mirror = await desks.Of(kind).OpenMirror(unit, bound, (OfferedData)offer.Body.Data!);

            unit.Db.Add(new Bond
            {
                Handoff = handoff.Id,
                Side = Side.Fulfiller,
                Account = handoff.Fulfiller,
                DeskKind = kind,
                Ticket = mirror.Id,
                AppliedSeq = 1,
            });
            (handoff.FulfillerNumber, handoff.Eta) = (mirror.Number, ask.Eta);
            return new Fact(
                new AcceptedData(state, mirror.Number, ask.Eta),
                new BondHead(handoff.Fulfiller, kind, mirror.Id),
                earlier);
        });
}
