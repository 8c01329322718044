using System.Globalization;

namespace Exchange.Core.Links;

/// <summary>One thing in which two versions of terms differ.</summary>
/// <param name="Name">The member, as it is called in the terms, such as <c>share.contact</c>.</param>
/// <param name="From">Its value before; absent where it was not set.</param>
/// <param name="To">Its value then; absent where it is not set.</param>
/// <param name="Text">The change in plain words.</param>
public sealed record TermsDifference(string Name, string? From, string? To, string Text)
{
    private static readonly IReadOnlyList<Member> Members =
    [
        new("directions", t => t.Directions, "Tickets go", Direction),
        new("acceptance", t => t.Acceptance, "Offers are accepted", v => v == "automatic" ? "automatically" : "by hand"),
        new("offers", t => t.Offers, "Offers show", v => v == "sealed" ? "a summary until they are accepted" : "everything at once"),
        .. Sharings("share", t => t.Share, "may go over the link"),
        .. Sharings("onward", t => t.Onward, "may go onward to the next partner"),
        new("fields", t => t.Fields?.Joined, "Fields of its own that the company that hands over sends along:", v => v?.Replace(" ", ", ", StringComparison.Ordinal) ?? "none"),
        new("disclosure", t => t.Disclosure, "Of partners further down one sees", Disclosed),
        new("showAncestors", t => Word(t.ShowAncestors), "Companies further up are", v => v == "true" ? "shown" : "hidden"),
        new("maxDepth", t => Word(t.MaxDepth), "A chain has at most", v => Count(v, "handoff")),
        new("confirmAfterDays", t => Word(t.ConfirmAfterDays), "What is resolved closes by itself after", v => Count(v, "day")),
        new("reopenWithinDays", t => Word(t.ReopenWithinDays), "What is closed may be reopened for", v => Count(v, "day")),
        new("recallSilenceDays", t => Word(t.RecallSilenceDays), "Silence on a recall counts as agreed after", v => Count(v, "day")),
        new("noticeDays", t => Word(t.NoticeDays), "The notice before the link ends is", v => Count(v, "day")),
        new("acceptWithinHours", t => Word(t.AcceptWithinHours), "Offers are to be accepted", Within),
        new("respondWithinHours", t => Word(t.RespondWithinHours), "Work is to begin", Within),
        new("resolveWithinHours", t => Word(t.ResolveWithinHours), "Work is to be resolved", Within),
        new("climb", t => Word(t.Climb), "What a partner further down resolves is resolved further up", v => v == "true" ? "by itself" : "by hand"),
    ];

    /// <summary>In the order of the terms; the version's own number is no difference.</summary>
    public static IReadOnlyList<TermsDifference> Between(Terms from, Terms to) =>
        [.. Members.Where(m => m.Of(from) != m.Of(to)).Select(m => new TermsDifference(m.Name, m.Of(from), m.Of(to), $"{m.Says} {m.Words(m.Of(to))} (before: {m.Words(m.Of(from))})."))];

    private static IEnumerable<Member> Sharings(string name, Func<Terms, Sharing> of, string may)
    {
        yield return new($"{name}.contact", t => Word(of(t).Contact), $"The contact {may}:", YesOrNo);
        yield return new($"{name}.asset", t => Word(of(t).Asset), $"The asset {may}:", YesOrNo);
        yield return new($"{name}.files", t => Word(of(t).Files), $"Files {may}:", YesOrNo);
    }

    private static string Direction(string? value) => value switch
    {
        "inviter-to-invitee" => "only from the company that invited to the one that accepted",
        "invitee-to-inviter" => "only from the company that accepted to the one that invited",
        _ => "both ways",
    };

    private static string Disclosed(string? value) => value switch
    {
        "none" => "nothing",
        "alias" => "count, state and an alias",
        "name" => "count, state and name",
        _ => "count and state",
    };

    private static string YesOrNo(string? value) => value == "true" ? "yes" : "no";

    private static string Count(string? value, string what) => value == "1" ? $"1 {what}" : $"{value} {what}s";

    private static string Within(string? hours) => hours is null ? "without a time set by the terms" : $"within {Count(hours, "hour")}";

    private static string Word(bool value) => value ? "true" : "false";

    private static string? Word(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private sealed record Member(string Name, Func<Terms, string?> Of, string Says, Func<string?, string> Words);
}
