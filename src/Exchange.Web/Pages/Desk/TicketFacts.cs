using System.Globalization;
using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Html;

namespace Exchange.Web.Pages.Desk;

/// <summary>One entry of a handoff's log, as a sentence.</summary>
/// <param name="Text">What somebody wrote beside it.</param>
/// <param name="Crossed">What went over with it, in words; null where that is the text alone.</param>
public sealed record Fact(string Icon, IHtmlContent Sentence, string? Text, string? Crossed);

/// <summary>Says what the entries of a handoff mean, in the reader's language. An entry that it does not know is named by its type, never dropped.</summary>
public sealed class TicketFacts(Texts t, Show show, string company)
{
    /// <summary>Entries that are items of the conversation with a text of their own.</summary>
    private static readonly HashSet<string> Talk = new(StringComparer.Ordinal)
    {
        EntryTypes.Commented, EntryTypes.Asked, EntryTypes.Answered, EntryTypes.Resolved, EntryTypes.Reworked, EntryTypes.Returned,
    };

    /// <summary>Whether it is a line in the conversation; what was said stands there itself, and a retraction at what it takes back.</summary>
    public static bool IsLine(EntryView entry) => !Talk.Contains(entry.Type) && entry.Type != EntryTypes.Retracted;

    /// <summary>What was taken back since is told no more, though it happened.</summary>
    public Fact Of(EntryView entry, Partnership with) =>
        with.Log.Any(e => e.Type == EntryTypes.Retracted && Number(e, "seq") == Number(entry.Seq)) ? Told(entry, with) with { Text = null, Crossed = null } : Told(entry, with);

    private Fact Told(EntryView entry, Partnership with)
    {
        var (who, partner) = (Who(entry, with), with.Incoming ? company : with.Partner);
        var reason = Word("reason", Text(entry, "reason"));
        return entry.Type switch
        {
            EntryTypes.Offered => new(Icon("arrow-right"), t.Strong("**{0}** handed it to **{1}**", who, with.Incoming ? company : with.Partner), Text(entry, "note"), OfferCrossed(entry)),
            EntryTypes.Revealed => new(Icon("lock-open"), t.Strong("What the sealed offer kept back was opened"), null, null),
            EntryTypes.Accepted when Time(entry, "eta") is { } eta => new(Icon("circle-check"), t.Strong("**{0}** accepted as **{1}**, arrival planned for {2}", who, Text(entry, "ticketNumber") ?? "–", show.When(eta)), null, null),
            EntryTypes.Accepted => new(Icon("circle-check"), t.Strong("**{0}** accepted as **{1}**", who, Text(entry, "ticketNumber") ?? "–"), null, null),
            EntryTypes.Declined => new(Icon("circle-x"), t.Strong("**{0}** declined: {1}", who, reason), Text(entry, "text"), null),
            EntryTypes.Countered => new(Icon("arrows-exchange"), t.Strong("**{0}** made a counter-offer: {1}", who, Counter(entry)), null, null),
            EntryTypes.CounterAccepted => new(Icon("circle-check"), t.Strong("**{0}** took the counter-offer: {1}", who, Counter(entry)), null, null),
            EntryTypes.CounterRejected => new(Icon("circle-x"), t.Strong("**{0}** did not take the counter-offer: the first offer stands", who), null, null),
            EntryTypes.Expired => new(Icon("clock-x"), t.Strong("The offer ran out: **{0}** did not answer in time", partner), null, null),
            EntryTypes.Started => new(Icon("player-play"), t.Strong("**{0}** started the work", who), null, null),
            EntryTypes.Held => new(Icon("player-pause"), t.Strong("**{0}** put it on hold: {1}", who, reason), Text(entry, "text"), null),
            EntryTypes.Unheld => new(Icon("player-play"), t.Strong("**{0}** goes on after the hold", who), null, null),
            EntryTypes.Resumed => new(Icon("player-play"), t.Strong("**{0}** goes on without an answer", who), Text(entry, "reason"), null),
            EntryTypes.Confirmed => new(Icon("checks"), t.Strong("**{0}** confirmed the solution", who), null, null),
            EntryTypes.Recalled => new(Icon("arrow-back-up"), t.Strong("**{0}** took it back: {1}", who, reason), Text(entry, "text"), null),
            EntryTypes.RecallRequested => new(Icon("arrow-back-up"), t.Strong("**{0}** asks to have it back: {1}", who, reason), Text(entry, "text"), null),
            EntryTypes.RecallAgreed => new(Icon("arrow-back-up"), t.Strong("**{0}** agreed to give it back", who), null, null),
            EntryTypes.RecallRefused => new(Icon("circle-x"), t.Strong("**{0}** did not agree to give it back", who), Text(entry, "reason"), null),
            EntryTypes.RecallWithdrawn => new(Icon("player-play"), t.Strong("**{0}** no longer asks for it back: the work goes on", who), null, null),
            EntryTypes.Severed => new(Icon("unlink"), t.Strong("The link has ended: this ticket is no longer shared with **{0}**", with.Partner), null, null),
            EntryTypes.FileAdded => new(Icon("paperclip"), t.Strong("**{0}** shared the file **{1}**", who, File(entry)), null, null),
            EntryTypes.Skipped => new(Icon("alert-triangle"), t.Strong("The desk of **{0}** could not take entry {1}, and goes on without it", who, Number(entry, "seq")), Text(entry, "text"), null),
            EntryTypes.Rated => new(Icon("star"), t.Strong("**{0}** rated it: {1} of 5", who, Number(entry, "score")), Text(entry, "comment"), null),
            EntryTypes.RatingChanged => new(Icon("star"), t.Strong("**{0}** changed the rating: {1} of 5", who, Number(entry, "score")), Text(entry, "comment"), null),
            EntryTypes.RatingReplied => new(Icon("message"), t.Strong("**{0}** replied to the rating", who), Text(entry, "text"), null),
            EntryTypes.Retracted => new(Icon("eraser"), t.Strong("**{0}** retracted entry {1}", who, Number(entry, "seq")), null, null),
            EntryTypes.Commented => new(Icon("message"), t.Strong("**{0}** wrote", who), Text(entry, "body"), FilesCrossed(entry)),
            EntryTypes.Asked => new(Icon("help-circle"), t.Strong("**{0}** asked", who), Text(entry, "question"), null),
            EntryTypes.Answered => new(Icon("message"), t.Strong("**{0}** answered", who), Text(entry, "text"), FilesCrossed(entry)),
            EntryTypes.Resolved => new(Icon("circle-check"), t.Strong("**{0}** resolved it", who), Text(entry, "solution"), Minutes(entry)),
            EntryTypes.Reworked => new(Icon("refresh"), t.Strong("**{0}** sent it back: {1}", who, reason), Text(entry, "text"), null),
            EntryTypes.Returned => new(Icon("corner-up-left"), t.Strong("**{0}** gave it back unfinished: {1}", who, reason), Text(entry, "text"), null),
            _ => new(Icon("point"), t.Strong("**{0}**: {1}", who, entry.Type), null, null),
        };
    }

    /// <summary>What an item of the conversation says, where its body holds a word of the protocol: the reason in the reader's language, and the text.</summary>
    public (string? Reason, string? Text)? Said(EntryView entry) => entry.Type is EntryTypes.Reworked or EntryTypes.Returned
        ? (Word("reason", Text(entry, "reason")), Text(entry, "text"))
        : null;

    /// <summary>A word of the protocol in the reader's language; what people wrote in its place stays as it is.</summary>
    public string Word(string kind, string? word) => word is null ? "–" : t[$"{kind}:{word}"] is var said && said == $"{kind}:{word}" ? word : said;

    /// <summary>Who did it: of the other company with its name.</summary>
    private string Who(EntryView entry, Partnership with) => entry.Actor switch
    {
        _ when entry.Side == "exchange" => t["The exchange"],
        { Kind: "rule" } => t["A rule of {0}", entry.Side == with.OwnSide ? company : with.Partner],
        { Name: var name } when entry.Side == with.OwnSide => name,
        { Name: var name } => $"{name} ({with.Partner})",
        null => entry.Side == with.OwnSide ? company : with.Partner,
    };

    private string OfferCrossed(EntryView entry)
    {
        string?[] parts =
        [
            t["crossed:subject"],
            Text(entry, "description") is null ? null : t["crossed:description"],
            Has(entry, "contact") ? t["crossed:contact"] : null,
            Has(entry, "asset") ? t["crossed:asset"] : null,
            Has(entry, "fields") ? t["crossed:fields"] : null,
            Text(entry, "note") is null ? null : t["crossed:line"],
            Number(entry, "picks") is var picks && picks is not ("" or "0") ? t.Count("{0} picked things", long.Parse(picks, CultureInfo.InvariantCulture)) : null,
        ];
        return t["Crossed: {0}.", string.Join(", ", parts.Where(p => p is not null))];
    }

    private string? FilesCrossed(EntryView entry) =>
        entry.Data is { } data && data.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() > 0
            ? t["With {0}.", string.Join(", ", files.EnumerateArray().Select(f => f.GetProperty("name").GetString()))]
            : null;

    private string? Minutes(EntryView entry) => Number(entry, "minutes") is { Length: > 0 } minutes && long.TryParse(minutes, CultureInfo.InvariantCulture, out var n) ? t.Count("{0} minutes of work", n) : null;

    private string Counter(EntryView entry)
    {
        if (entry.Data is not { } data || !data.TryGetProperty("counter", out var counter) || counter.Deserialize<CounterData>(JsonSerializerOptions.Web) is not { } offer)
        {
            return "–";
        }

        return Counter(offer);
    }

    public string Counter(CounterData offer) => string.Join("; ", ((string?[])
    [
        offer.ResolveBy is { } by ? t["done by {0}", show.When(by)] : null,
        offer.Price is { } price ? string.Create(CultureInfo.CurrentCulture, $"{price.Amount:0.##} {price.Currency}") : null,
        offer.Scope,
        offer.Text,
    ]).Where(part => !string.IsNullOrWhiteSpace(part)));

    private static string? Text(EntryView entry, string name) =>
        entry.Data is { } data && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Number(EntryView entry, string name) =>
        entry.Data is { } data && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(EntryView entry, string name) => DateTimeOffset.TryParse(Text(entry, name), CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static bool Has(EntryView entry, string name) => entry.Data is { } data && data.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static string File(EntryView entry) =>
        entry.Data is { } data && data.TryGetProperty("file", out var file) && file.TryGetProperty("name", out var name) ? name.GetString() ?? "–" : "–";

    // Named so that the build finds them for the sprite.
    private static string Icon(string name) => name;
}
