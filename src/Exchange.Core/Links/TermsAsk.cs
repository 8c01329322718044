using Exchange.Core.Store;
using FluentValidation;

namespace Exchange.Core.Links;

/// <summary>Terms as they are asked for: what is left out takes its default, in a proposal as in an invitation.</summary>
public sealed record TermsAsk(
    string? Directions,
    string? Acceptance,
    string? Offers,
    SharingAsk? Share,
    SharingAsk? Onward,
    string? Disclosure,
    bool? ShowAncestors,
    int? MaxDepth,
    int? ConfirmAfterDays,
    int? ReopenWithinDays,
    int? RecallSilenceDays = null,
    bool? Climb = null,
    int? AcceptWithinHours = null,
    int? RespondWithinHours = null,
    int? ResolveWithinHours = null,
    int? NoticeDays = null,
    IReadOnlyList<string>? Fields = null)
{
    public Terms Filled(int version)
    {
        var d = Terms.Default;
        return new Terms(
            version,
            Directions ?? d.Directions,
            Acceptance ?? d.Acceptance,
            Offers ?? d.Offers,
            Share?.Filled(d.Share) ?? d.Share,
            Onward?.Filled(d.Onward) ?? d.Onward,
            Disclosure ?? d.Disclosure,
            ShowAncestors ?? d.ShowAncestors,
            MaxDepth ?? d.MaxDepth,
            ConfirmAfterDays ?? d.ConfirmAfterDays,
            ReopenWithinDays ?? d.ReopenWithinDays,
            RecallSilenceDays ?? d.RecallSilenceDays,
            Climb ?? d.Climb,
            AcceptWithinHours,
            RespondWithinHours,
            ResolveWithinHours,
            NoticeDays ?? d.NoticeDays,
            FieldKeys.Of(Fields));
    }
}

public sealed record SharingAsk(bool? Contact, bool? Asset, bool? Files)
{
    public Sharing Filled(Sharing d) => new(Contact ?? d.Contact, Asset ?? d.Asset, Files ?? d.Files);
}

/// <summary>What terms may say, in an invitation as in a proposal.</summary>
public sealed class TermsAskRules : AbstractValidator<TermsAsk>
{
    /// <summary>The longest clock that terms may set: a year.</summary>
    public const int MostHours = 8760;

    public TermsAskRules()
    {
        RuleFor(x => x.Directions).OneOf(Terms.AllDirections);
        RuleFor(x => x.Acceptance).OneOf(["manual", "automatic"]);
        RuleFor(x => x.Offers).OneOf(["visible", "sealed"]);
        RuleFor(x => x.Disclosure).OneOf(["none", "count", "alias", "name"]);
        RuleFor(x => x.MaxDepth).InclusiveBetween(1, 5);
        RuleFor(x => x.ConfirmAfterDays).InclusiveBetween(1, 365);
        RuleFor(x => x.ReopenWithinDays).InclusiveBetween(0, 365);
        RuleFor(x => x.RecallSilenceDays).InclusiveBetween(1, 30);
        RuleFor(x => x.NoticeDays).InclusiveBetween(0, 365);
        RuleFor(x => x.Fields).Must(keys => keys is null || (keys.Count <= FieldKeys.Most && keys.All(FieldKeys.IsKey)))
            .WithMessage($"'{{PropertyName}}' names at most {FieldKeys.Most} fields by their keys: a-z, 0-9 and hyphens.");
        RuleFor(x => x.AcceptWithinHours).InclusiveBetween(1, MostHours);
        RuleFor(x => x.RespondWithinHours).InclusiveBetween(1, MostHours);
        RuleFor(x => x.ResolveWithinHours).InclusiveBetween(1, MostHours);
    }
}
