using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>Makes the fulfiller's ticket when an offer is taken; a follow-up opens the one again that its handoff had before.</summary>
public sealed class Mirrors(Desks desks)
{
    /// <param name="fact">What is said of the acceptance, given the mirror's number.</param>
    public async ValueTask<Fact> Open(IUnit unit, Handoff handoff, Func<string?, IEntryData> fact)
    {
        var kind = await unit.Db.Accounts.Where(a => a.Id == handoff.Fulfiller).Select(a => a.DeskKind).SingleAsync();
        var before = handoff.FollowUpOf is { } closed
            ? await unit.Db.Bonds.Where(b => b.Handoff == closed && b.Side == Side.Fulfiller).Select(b => b.Ticket).SingleOrDefaultAsync()
            : default;
        var earlier = await unit.ReadEntries(handoff.Id, 1, int.MaxValue, Side.Fulfiller);
        var offer = (OfferedData)(await unit.ReadEntries(handoff.Id, 0, 1))[0].Body.Data!;
        var revealed = handoff.IsSealed ? await SealedOffers.Open(unit, handoff, offer) : null;
        var bound = new BoundHandoff(handoff.Id, Side.Fulfiller, handoff.Fulfiller, before, handoff.Placer, handoff.PlacerNumber);
        var ticket = await desks.Of(kind).OpenMirror(unit, bound, revealed?.Offer ?? offer);
        unit.Db.Add(new Bond
        {
            Handoff = handoff.Id,
            Side = Side.Fulfiller,
            Account = handoff.Fulfiller,
            DeskKind = kind,
            Ticket = ticket.Id,
            AppliedSeq = 1,
        });
        handoff.FulfillerNumber = ticket.Number;
        return new Fact(fact(ticket.Number), new Mirror(new BondHead(handoff.Fulfiller, kind, ticket.Id), ticket.Number, earlier), revealed?.Origins)
        {
            Further = revealed?.Said ?? [],
        };
    }
}
