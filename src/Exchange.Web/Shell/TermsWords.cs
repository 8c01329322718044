using System.Globalization;
using Exchange.Core.Links;

namespace Exchange.Web.Shell;

/// <summary>One thing that terms say, in plain words.</summary>
public sealed record Clause(string Icon, string Title, string Text);

/// <summary>Terms as one of the two companies reads them.</summary>
/// <param name="inviter">Whether the reader's company invited.</param>
/// <param name="them">The other company's name.</param>
public sealed class TermsWords(Texts t, bool inviter, string them)
{
    public IReadOnlyList<Clause> Of(Terms terms)
    {
        var (weHandOver, theyHandOver) = (terms.Allows(inviterPlaces: inviter), terms.Allows(inviterPlaces: !inviter));
        List<Clause> clauses =
        [
            weHandOver && theyHandOver ? new(Icon("arrows-left-right"), t["Tickets go both ways."], t["You to {0}, and {0} to you.", them])
                : weHandOver ? new(Icon("arrow-right"), t["Only you hand tickets over."], t["{0} hands nothing to you over this link.", them])
                : new(Icon("arrow-left"), t["Only {0} hands tickets over.", them], t["You hand nothing to them over this link."]),
            Accepted(terms),
            terms.Offers == "sealed"
                ? new(Icon("lock"), t["An offer shows a summary until it is accepted."], t["Subject, contact and files are sealed in it and open then."])
                : new(Icon("eye"), t["An offer is seen before it is accepted."], t["Subject, description, priority, and what the placer shares."]),
            Shared(terms),
            .. terms.Fields is { } fields ? [Named(fields)] : Array.Empty<Clause>(),
            Timed(terms),
            Disclosed(terms),
            new(Icon("circle-check"), t.Count("Solved work counts as confirmed after {0} days.", terms.ConfirmAfterDays),
                terms.ReopenWithinDays == 0 ? t["What is closed stays closed."] : t.Count("It can come back as a follow-up for {0} days.", terms.ReopenWithinDays)),
            new(Icon("unlink"), t.Count("Either of you may end the link with {0} days of notice.", terms.NoticeDays),
                t.Count("A recall that nobody answers for {0} days counts as agreed.", terms.RecallSilenceDays)),
        ];
        if (terms.Climb)
        {
            clauses.Add(new(Icon("stairs-up"), t["What a further partner solves is solved further up by itself."], t["Without this everybody passes it on by hand."]));
        }

        clauses.Add(new(Icon("shield-lock"), t["What never crosses, whatever the terms say."], t["Internal notes, customer conversations, other partners, contracts, prices, tags, drafts."]));
        return clauses;
    }

    /// <summary>A value of a difference, such as <c>share.contact</c> is <c>true</c>.</summary>
    public string Value(string name, string? value) => name switch
    {
        "fields" => value is null ? t["none"] : value.Replace(" ", ", ", StringComparison.Ordinal),
        _ when value is null => t["not set"],
        "directions" => value == "both" ? t["both ways"] : value == (inviter ? "inviter-to-invitee" : "invitee-to-inviter") ? t["only from you to {0}", them] : t["only from {0} to you", them],
        "acceptance" or "offers" or "disclosure" => t[$"terms:{name}:{value}"],
        "maxDepth" => t.Count("{0} handoffs", Number(value)),
        "acceptWithinHours" or "respondWithinHours" or "resolveWithinHours" => t.Count("{0} hours", Number(value)),
        _ when value is "true" or "false" => value == "true" ? t["yes"] : t["no"],
        _ => t.Count("{0} days", Number(value)),
    };

    private static long Number(string value) => long.Parse(value, CultureInfo.InvariantCulture);

    private Clause Accepted(Terms terms) => terms.Acceptance == "automatic"
        ? new(Icon("bolt"), t["Offers are accepted by themselves."], t["A ticket stands on the other desk at once."])
        : new(Icon("hand-stop"), t["Every offer is accepted by hand."], terms.AcceptWithinHours is { } hours
            ? t.Count("There are {0} hours; then the offer runs out.", hours)
            : t["The terms set no time; an offer may name one."]);

    private Clause Shared(Terms terms)
    {
        var (shared, onward) = (Things(terms.Share), Things(new Sharing(terms.Share.Contact && terms.Onward.Contact, terms.Share.Asset && terms.Onward.Asset, terms.Share.Files && terms.Onward.Files)));
        return new(
            Icon("user"),
            shared.Length == 0 ? t["Contact, asset and files stay at home."] : t["May be shared: {0}.", shared],
            shared.Length == 0 ? terms.Fields is null ? t["Subject, description and priority go along; nothing else."] : t["Subject, description and priority go along."]
                : onward.Length == 0 ? t["It stays with the one who received it: none of it goes on to a further partner."]
                : t["May go on to a further partner: {0}.", onward]);
    }

    private Clause Named(FieldKeys fields) => new(
        Icon("list-check"), t["These fields go along with a ticket: {0}.", string.Join(", ", fields.All)],
        t["Of the company that hands it over, where its tickets have them. They go to no further partner."]);

    private string Things(Sharing sharing) => string.Join(", ", ((string?[])[sharing.Contact ? t["the contact"] : null, sharing.Asset ? t["the asset"] : null, sharing.Files ? t["files"] : null]).OfType<string>());

    private Clause Timed(Terms terms)
    {
        string[] times =
        [
            .. terms.RespondWithinHours is { } respond ? [t.Count("begin within {0} hours", respond)] : Array.Empty<string>(),
            .. terms.ResolveWithinHours is { } resolve ? [t.Count("solve within {0} hours", resolve)] : Array.Empty<string>(),
        ];
        return times.Length == 0
            ? new(Icon("clock"), t["The terms set no time for the work."], t["An offer may name times of its own."])
            : new(Icon("clock"), t["Time for the work: {0}.", string.Join(", ", times)], t["An offer may name times of its own."]);
    }

    private Clause Disclosed(Terms terms) => new(
        Icon("hierarchy-2"),
        t[$"terms:chain:{terms.Disclosure}"],
        string.Join(" ", terms.ShowAncestors ? t["Who stands further up is shown the same way."] : t["Who stands further up is not shown."], t.Count("A chain has at most {0} handoffs.", terms.MaxDepth)));

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}
