using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Store;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Handoffs;

/// <summary>
/// The placer finds that it was not done after all: a new handoff over the same link, of the same ticket, and when accepted on the
/// same mirror. What was closed stays as it is.
/// </summary>
[AllowedTo(Roles.Work)]
public sealed record ReopenHandoff(HandoffId Handoff, string? Reason, long? IfVersion) : IAsk<HandoffId>, IAboutHandoff;

public sealed class ReopenHandoffRules : AbstractValidator<ReopenHandoff>
{
    public ReopenHandoffRules() => RuleFor(x => x.Reason).NotEmpty().Text();
}

public sealed class ReopenHandoffDeed(Offers offers) : IDeed<ReopenHandoff, HandoffId>
{
    public async ValueTask<Outcome<HandoffId>> Do(ReopenHandoff ask, Caller caller, IUnit unit)
    {
        var closed = await OverHandoff.Find(unit, caller, ask.Handoff, Command.Reopen, ask.IfVersion);
        if (!closed.Ok)
        {
            return closed.Fault;
        }

        var handoff = closed.Value.Handoff;
        var offer = await OverHandoff.OfferOf(unit, handoff);
        var share = new ShareAsk(offer.Contact is not null, offer.Asset is not null, null, null, offer.Fields is null ? [] : null);
        return closed.Value.Answer(
            await offers.Make(new OfferHandoff(handoff.PlacerTicket, handoff.Link, ask.Reason, share, null, null, null), caller, unit, new Origin(handoff.Id, null)));
    }
}

/// <summary>The handoff from which another is to begin, as one side sees it.</summary>
internal sealed record OverScene(Handoff Handoff, Side Side, LinkState Link, DateTimeOffset Now)
{
    /// <summary>A refused offer is a refused command here, and says what is true of the handoff that it was about.</summary>
    public Outcome<HandoffId> Answer(Outcome<HandoffId> offer) => offer.Ok || offer.Fault.Code is Codes.NotFound or Codes.Validation
        ? offer
        : offer.Fault with { Truth = Handoff.Truth(Side, Link, Now) };
}

/// <summary>A handoff that is over is never locked: nothing moves it any more.</summary>
internal static class OverHandoff
{
    /// <summary>The handoff from which this command begins another, decided by the table.</summary>
    public static async ValueTask<Outcome<OverScene>> Find(IUnit unit, Caller caller, HandoffId id, Command command, long? seen)
    {
        var found = await (
            from h in unit.Db.Handoffs.Where(Mine.Handoffs(caller))
            where h.Id == id
            join link in unit.Db.Links on h.Link equals link.Id
            select new { Handoff = h, link.State }).SingleOrDefaultAsync();
        if (found is null)
        {
            return Fault.NotFound("handoff");
        }

        var scene = new OverScene(found.Handoff, found.Handoff.SideOf(caller.Account)!.Value, found.State, unit.Now);
        var decided = found.Handoff.Decide(command, scene.Side, found.State, seen, unit.Now);
        return decided.Ok ? scene : decided.Fault;
    }

    /// <summary>What was offered, as far as the log has it.</summary>
    public static async ValueTask<OfferedData> OfferOf(IUnit unit, Handoff handoff)
    {
        var offer = (OfferedData)(await unit.ReadEntries(handoff.Id, 0, 1))[0].Body.Data!;
        var revealed = handoff.IsSealed
            ? await unit.Db.Entries.Where(e => e.Handoff == handoff.Id && e.Type == EntryTypes.Revealed).FirstOrDefaultAsync()
            : null;
        return revealed?.Body.Data is RevealedData data ? SealedOffers.Whole(offer, data.Content) : offer;
    }
}
