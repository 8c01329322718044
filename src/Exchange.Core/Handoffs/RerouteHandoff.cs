using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>
/// Offers the ticket of a handoff that came to nothing to another partner. Only what is picked now goes along.
/// </summary>
/// <param name="OverLink">Left out: the next partner of the account's first rule that fits the ticket.</param>
/// <param name="Summary">Where the terms seal offers: all that the partner sees before it accepts; else the note is.</param>
[AllowedTo(Roles.Work)]
public sealed record RerouteHandoff(HandoffId Handoff, LinkId? OverLink, string? Note, ShareAsk? Share, long? IfVersion, string? Summary = null) : IAsk<HandoffId>, IAboutHandoff;

public sealed class RerouteHandoffRules : AbstractValidator<RerouteHandoff>
{
    public RerouteHandoffRules()
    {
        RuleFor(x => x.Note).Text();
        RuleFor(x => x.Summary).MaximumLength(300).OneLine();
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
                await offers.Make(new OfferHandoff(from.PlacerTicket, link, ask.Note, ask.Share, null, null, null, ask.Summary), caller, unit, new Origin(null, from.Id)));
        }

        return await routing.Next(unit, caller, from, automatic: false, ask.Note, ask.Share, ask.Summary) is { } next
            ? over.Value.Answer(next)
            : Fault.Invalid("linkId", "No rule of yours names a further partner for this ticket: 'linkId' says over which link it goes.");
    }
}
