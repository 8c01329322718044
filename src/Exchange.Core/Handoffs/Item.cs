using System.Globalization;
using Exchange.Contracts.V1;

namespace Exchange.Core.Handoffs;

/// <summary>What an entry is in the conversation.</summary>
/// <param name="Kind">comment, question, answer, solution, rework, return or system.</param>
public sealed record Item(string Kind, string Body, IReadOnlyList<FileData> Files)
{
    /// <summary>The wire names of entries that are items.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        EntryTypes.Commented, EntryTypes.Asked, EntryTypes.Answered, EntryTypes.Resolved, EntryTypes.Reworked, EntryTypes.Returned,
        EntryTypes.Declined, EntryTypes.Recalled, EntryTypes.Held, EntryTypes.Resumed,
        EntryTypes.Countered, EntryTypes.CounterAccepted, EntryTypes.CounterRejected, EntryTypes.Expired, EntryTypes.RecallRequested,
        EntryTypes.RecallAgreed, EntryTypes.RecallRefused, EntryTypes.RecallWithdrawn, EntryTypes.Severed,
        EntryTypes.Rated, EntryTypes.RatingChanged, EntryTypes.RatingReplied,
        EntryTypes.Skipped,
    ];

    /// <summary>The item that an entry is; null for one that nobody said anything in.</summary>
    public static Item? Of(Entry entry) => entry.Body.Data switch
    {
        CommentedData d => new("comment", d.Body, d.Files),
        AskedData d => new("question", d.Question, []),
        AnsweredData d => new("answer", d.Text, d.Files),
        ResolvedData d => new("solution", d.Solution, []),
        ReworkedData d => new("rework", Said(d.Reason, d.Text), []),
        ReturnedData d => new("return", Said(d.Reason, d.Text), []),
        DeclinedData d => new("system", $"Declined: {Said(d.Reason, d.Text)}", []),
        RecalledData d => new("system", $"Recalled: {Said(d.Reason, d.Text)}", []),
        HeldData d => new("system", $"On hold: {Said(d.Reason, d.Text)}", []),
        ResumedData d => new("system", $"Resumed: {d.Reason}", []),
        CounteredData d => new("system", $"Counter-offer: {Said(d.Counter)}", []),
        CounterAcceptedData d => new("system", $"Counter-offer accepted: {Said(d.Counter)}", []),
        CounterRejectedData => new("system", "Counter-offer rejected: the first offer stands.", []),
        ExpiredData => new("system", "The offer expired: nobody accepted it in time.", []),
        RecallRequestedData d => new("system", $"Recall requested: {Said(d.Reason, d.Text)}", []),
        RecallAgreedData => new("system", "The recall was agreed to.", []),
        RecallRefusedData d => new("system", $"Recall refused: {d.Reason}", []),
        RecallWithdrawnData => new("system", "The recall was withdrawn: the work goes on.", []),
        SeveredData => new("system", "The link between the companies has ended: this ticket is no longer shared.", []),
        RatedData d => new("system", $"Rated {Judged(d.Score, d.Comment)}", []),
        RatingChangedData d => new("system", $"Rating changed to {Judged(d.Score, d.Comment)}", []),
        RatingRepliedData d => new("system", $"Reply to the rating: {d.Text}", []),
        SkippedData d => new("system", Said($"Our desk could not take entry {d.Seq} of this handoff, and goes on without it", d.Text), []),
        _ => null,
    };

    private static string Said(CounterData counter) => string.Join("; ", ((string?[])
    [
        counter.ResolveBy is { } by ? $"done by {by.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : null,
        counter.Price is { } price ? string.Create(CultureInfo.InvariantCulture, $"{price.Amount} {price.Currency}") : null,
        counter.Scope,
        counter.Text,
    ]).Where(part => !string.IsNullOrWhiteSpace(part)));

    private static string Judged(int score, string? comment) => Said($"{score} of 5", comment);

    private static string Said(string reason, string? text) => string.IsNullOrWhiteSpace(text) ? reason : $"{reason}: {text}";
}
