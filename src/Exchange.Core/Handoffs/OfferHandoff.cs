using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Handoffs;

/// <summary>Hands a ticket over a link. What goes along is a copy, made now; what was said before goes only if it is picked.</summary>
/// <param name="Summary">Where the terms seal offers: all that the partner sees before it accepts; else the note is.</param>
[AllowedTo(Roles.Work)]
public sealed record OfferHandoff(
    TicketId Ticket,
    LinkId? OverLink,
    string? Note,
    ShareAsk? Share,
    DateTimeOffset? AcceptBy,
    DateTimeOffset? RespondBy,
    DateTimeOffset? ResolveBy,
    string? Summary = null) : IAsk<HandoffId>, IAboutTicket;

/// <param name="Fields">Keys of the company's own fields; null for all that the terms name.</param>
public sealed record ShareAsk(bool? Contact, bool? Asset, IReadOnlyList<Guid>? Comments, IReadOnlyList<FileId>? Files, IReadOnlyList<string>? Fields = null)
{
    public Picks ToPicks(Terms terms) => new(Contact ?? false, Asset ?? false, Comments ?? [], Files ?? [], Fields ?? terms.Fields?.All ?? []);
}

public sealed class OfferHandoffRules : AbstractValidator<OfferHandoff>
{
    public OfferHandoffRules()
    {
        RuleFor(x => x.OverLink).NotNull().OverridePropertyName("linkId").WithMessage("'linkId' says over which link the ticket goes.");
        RuleFor(x => x.Note).Text();
        RuleFor(x => x.Summary).MaximumLength(300).OneLine();
        RuleFor(x => x.Share).Picked();
    }
}

internal static class PickRules
{
    /// <summary>How many earlier comments, and how many files, one offer may take along.</summary>
    public const int Most = 100;

    public static void Picked<T>(this IRuleBuilder<T, ShareAsk?> rule) => rule.Custom((share, asked) =>
    {
        if (!FewAndOnce(share?.Comments))
        {
            asked.AddFailure("Share.Comments", $"'share.comments' names each comment once, {Most} at most.");
        }

        if (!FewAndOnce(share?.Files))
        {
            asked.AddFailure("Share.Files", $"'share.files' names each file once, {Most} at most.");
        }

        if (!FewAndOnce(share?.Fields))
        {
            asked.AddFailure("Share.Fields", $"'share.fields' names each field once, {Most} at most.");
        }
    });

    private static bool FewAndOnce<TId>(IReadOnlyList<TId>? ids) => ids is null || (ids.Count <= Most && ids.Distinct().Count() == ids.Count);
}

public sealed class OfferHandoffDeed(Offers offers) : IDeed<OfferHandoff, HandoffId>
{
    public ValueTask<Outcome<HandoffId>> Do(OfferHandoff ask, Caller caller, IUnit unit) => offers.Make(ask, caller, unit, new Origin(null, null));
}
