namespace Exchange.Core.Links;

/// <summary>What may be shared over a link, or go onward to the next hop.</summary>
public sealed record Sharing(bool Contact, bool Asset, bool Files);

/// <summary>One version of the agreement of a link. Immutable: a change is a new version.</summary>
/// <param name="Directions"><c>both</c>, <c>inviter-to-invitee</c> or <c>invitee-to-inviter</c>: who may hand over to whom.</param>
/// <param name="Acceptance"><c>manual</c> or <c>automatic</c>.</param>
/// <param name="Offers"><c>visible</c> or <c>sealed</c>.</param>
/// <param name="Share">What offers and comments may carry.</param>
/// <param name="Onward">What of that may go on to the next hop.</param>
/// <param name="Disclosure"><c>none</c>, <c>count</c> (and state), <c>alias</c> or <c>name</c>.</param>
/// <param name="MaxDepth">Handoffs in a chain, 1 to 5.</param>
/// <param name="ConfirmAfterDays">After so many days resolved, the handoff closes by itself.</param>
/// <param name="ReopenWithinDays">How long after closing the placer may reopen.</param>
/// <param name="RecallSilenceDays">After so many days without an answer, a recall of work under way counts as agreed.</param>
/// <param name="Climb">A child's resolution resolves its parent by itself.</param>
/// <param name="AcceptWithinHours">The clocks of an offer that names none of its own; null leaves them out.</param>
/// <param name="RespondWithinHours">As <paramref name="AcceptWithinHours"/>.</param>
/// <param name="ResolveWithinHours">As <paramref name="AcceptWithinHours"/>.</param>
/// <param name="NoticeDays">How long a link drains after notice was given.</param>
/// <param name="Fields">Keys of the placer's own ticket fields that go along with an offer; null for none. They never go to a next hop.</param>
/// <remarks>New members come last and with a default, so that rows that are stored already can be read.</remarks>
public sealed record Terms(
    int Version,
    string Directions,
    string Acceptance,
    string Offers,
    Sharing Share,
    Sharing Onward,
    string Disclosure,
    bool ShowAncestors,
    int MaxDepth,
    int ConfirmAfterDays,
    int ReopenWithinDays,
    int RecallSilenceDays = 2,
    bool Climb = false,
    int? AcceptWithinHours = null,
    int? RespondWithinHours = null,
    int? ResolveWithinHours = null,
    int NoticeDays = 14,
    FieldKeys? Fields = null)
{
    public static readonly Terms Default = new(
        1, "both", "manual", "visible", new Sharing(true, true, true), new Sharing(false, false, false), "count", false, 5, 5, 30);

    public static readonly IReadOnlyList<string> AllDirections = ["both", "inviter-to-invitee", "invitee-to-inviter"];

    /// <summary>Whether a field of the placer's own with this key may go over the link.</summary>
    public bool Names(string key) => Fields is not null && Fields.All.Contains(key, StringComparer.Ordinal);

    /// <summary>Whether the inviter (or the invitee) may hand tickets over.</summary>
    public bool Allows(bool inviterPlaces) => Directions == "both" || Directions == (inviterPlaces ? "inviter-to-invitee" : "invitee-to-inviter");
}
