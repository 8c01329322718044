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
        SkippedData d => new("system", Said($"Our desk could not take entry {d.Seq} of this handoff, and goes on without it", d.Text), []),
        _ => null,
    };

    private static string Said(string reason, string? text) => string.IsNullOrWhiteSpace(text) ? reason : $"{reason}: {text}";
}
