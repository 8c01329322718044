using Exchange.Core.Links;

namespace Exchange.Web.Shell;

/// <summary>Terms as a form has them: every member stands in it, so that nothing is left to a default that nobody saw.</summary>
public sealed class TermsForm
{
    public string Directions { get; set; } = "both";

    public string Acceptance { get; set; } = "manual";

    public string Offers { get; set; } = "visible";

    public bool ShareContact { get; set; }

    public bool ShareAsset { get; set; }

    public bool ShareFiles { get; set; }

    public bool OnwardContact { get; set; }

    public bool OnwardAsset { get; set; }

    public bool OnwardFiles { get; set; }

    public string Disclosure { get; set; } = "count";

    public bool ShowAncestors { get; set; }

    public int? MaxDepth { get; set; }

    public int? ConfirmAfterDays { get; set; }

    public int? ReopenWithinDays { get; set; }

    public int? RecallSilenceDays { get; set; }

    public int? NoticeDays { get; set; }

    public int? AcceptWithinHours { get; set; }

    public int? RespondWithinHours { get; set; }

    public int? ResolveWithinHours { get; set; }

    public bool Climb { get; set; }

    /// <summary>Keys of fields that go along.</summary>
    public IList<string> Fields { get; set; } = [];

    public static TermsForm Of(Terms t) => new()
    {
        Directions = t.Directions, Acceptance = t.Acceptance, Offers = t.Offers,
        ShareContact = t.Share.Contact, ShareAsset = t.Share.Asset, ShareFiles = t.Share.Files,
        OnwardContact = t.Onward.Contact, OnwardAsset = t.Onward.Asset, OnwardFiles = t.Onward.Files,
        Disclosure = t.Disclosure, ShowAncestors = t.ShowAncestors, MaxDepth = t.MaxDepth, ConfirmAfterDays = t.ConfirmAfterDays, ReopenWithinDays = t.ReopenWithinDays,
        RecallSilenceDays = t.RecallSilenceDays, NoticeDays = t.NoticeDays,
        AcceptWithinHours = t.AcceptWithinHours, RespondWithinHours = t.RespondWithinHours, ResolveWithinHours = t.ResolveWithinHours, Climb = t.Climb,
        Fields = [.. t.Fields?.All ?? []],
    };

    public TermsAsk Ask() => new(
        Directions, Acceptance, Offers, new SharingAsk(ShareContact, ShareAsset, ShareFiles), new SharingAsk(OnwardContact, OnwardAsset, OnwardFiles),
        Disclosure, ShowAncestors, MaxDepth, ConfirmAfterDays, ReopenWithinDays, RecallSilenceDays, Climb, AcceptWithinHours, RespondWithinHours, ResolveWithinHours, NoticeDays, [.. Fields]);
}
