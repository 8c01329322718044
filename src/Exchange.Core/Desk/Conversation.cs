using System.Globalization;
using System.Text;
using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Desk;

// Three types in three tables, so that an internal body never has a type that could cross.

/// <summary>An internal note. Nothing outside this folder can hold one.</summary>
public sealed class Note
{
    public required Guid Id { get; init; }

    public required TicketId Ticket { get; init; }

    /// <summary>Its append number in the ticket; given when it is stored.</summary>
    public long Number { get; init; }

    public required string Body { get; set; }

    public required Actor Author { get; init; }

    public required DateTimeOffset At { get; init; }

    public Guid? DerivedFrom { get; init; }

    public bool Retracted { get; set; }
}

/// <summary>A message to or from the customer.</summary>
public sealed class CustomerMessage
{
    public required Guid Id { get; init; }

    public required TicketId Ticket { get; init; }

    /// <summary>Its append number in the ticket; given when it is stored.</summary>
    public long Number { get; init; }

    public required string Body { get; set; }

    public required Actor Author { get; init; }

    public required DateTimeOffset At { get; init; }

    public Guid? DerivedFrom { get; init; }

    public bool Retracted { get; set; }

    /// <summary>Not before this the customer is told by mail that there is an answer; null where there is nothing to tell, such as of what he wrote himself.</summary>
    public DateTimeOffset? MailDue { get; init; }
}

/// <summary>A shared item as one desk keeps it: one row for each side, by (handoff, entry, side).</summary>
public sealed class PartnerItem
{
    public required HandoffId Handoff { get; init; }

    public required long Seq { get; init; }

    /// <summary>Whose desk this row is in.</summary>
    public required Side Desk { get; init; }

    public required TicketId Ticket { get; init; }

    /// <summary>Its append number in the ticket; given when it is stored.</summary>
    public long Number { get; init; }

    /// <summary>The entry's op id.</summary>
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Body { get; set; }

    /// <summary>Who wrote it: the side, and the person or key.</summary>
    public required Side AuthorSide { get; init; }

    public required string AuthorKind { get; init; }

    public required string AuthorId { get; init; }

    public required string AuthorName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>In the picker's desk alone.</summary>
    public Guid? DerivedFrom { get; init; }

    public bool Retracted { get; set; }
}

/// <summary>A file that a comment names.</summary>
public sealed class CommentFile
{
    public required TicketId Ticket { get; init; }

    public required Guid Comment { get; init; }

    public required FileId File { get; init; }

    /// <summary>Its place among the comment's files.</summary>
    public required int Position { get; init; }
}

/// <summary>A word of a ticket's subject, so that a search finds it among millions.</summary>
public sealed class TicketWord
{
    public const int MaxLength = 40;

    public required AccountId Account { get; init; }

    public required string Word { get; init; }

    public required long Number { get; init; }

    /// <summary>
    /// The words of a text, each once, in small letters. A script without blanks is cut into single characters and pairs,
    /// apart from the words of other scripts that stand in it.
    /// </summary>
    public static IReadOnlySet<string> In(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var run = new List<Rune>();
        var unspaced = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var part = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || !rune.IsBmp;
            if (run.Count > 0 && (!part || IsUnspaced(rune) != unspaced))
            {
                Add(words, run, unspaced);
                run.Clear();
            }

            if (part)
            {
                unspaced = IsUnspaced(rune);
                run.Add(Rune.ToLowerInvariant(rune));
            }
        }

        if (run.Count > 0)
        {
            Add(words, run, unspaced);
        }

        return words;
    }

    private static void Add(HashSet<string> words, List<Rune> run, bool unspaced)
    {
        if (!unspaced)
        {
            var word = new StringBuilder();
            foreach (var rune in run.TakeWhile(rune => word.Length + rune.Utf16SequenceLength <= MaxLength))
            {
                word.Append(rune.ToString());
            }

            words.Add(word.ToString());
            return;
        }

        for (var i = 0; i < run.Count; i++)
        {
            words.Add(run[i].ToString());
            if (i + 1 < run.Count)
            {
                words.Add(string.Concat(run[i], run[i + 1]));
            }
        }
    }

    /// <summary>Chinese, Japanese kana and Thai are written without blanks.</summary>
    private static bool IsUnspaced(Rune rune) => rune.Value is >= 0x3040 and <= 0x30ff or >= 0x3400 and <= 0x9fff or >= 0x0e00 and <= 0x0e7f or >= 0x20000 and <= 0x3ffff;
}
