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

    /// <summary>Its append number in the ticket.</summary>
    public required long Number { get; init; }

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

    /// <summary>Its append number in the ticket.</summary>
    public required long Number { get; init; }

    public required string Body { get; set; }

    public required Actor Author { get; init; }

    public required DateTimeOffset At { get; init; }

    public Guid? DerivedFrom { get; init; }

    public bool Retracted { get; set; }
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
}

/// <summary>A word of a ticket's subject, so that a search finds it among millions.</summary>
public sealed class TicketWord
{
    public const int MaxLength = 40;

    public required AccountId Account { get; init; }

    public required string Word { get; init; }

    public required long Number { get; init; }

    /// <summary>The words of a text, each once, in small letters. A script without blanks is cut into pairs of characters.</summary>
    public static IReadOnlySet<string> In(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var part = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]));
            if (part && start < 0)
            {
                start = i;
            }

            if (!part && start >= 0)
            {
                Add(words, text[start..i].ToLowerInvariant());
                start = -1;
            }
        }

        return words;
    }

    private static void Add(HashSet<string> words, string word)
    {
        if (!word.Any(Unspaced))
        {
            words.Add(word.Length > MaxLength ? word[..MaxLength] : word);
            return;
        }

        for (var i = 0; i < Math.Max(1, word.Length - 1); i++)
        {
            words.Add(word.Substring(i, Math.Min(2, word.Length - i)));
        }
    }

    /// <summary>Chinese, Japanese kana and Thai are written without blanks.</summary>
    private static bool Unspaced(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\u0e00' and <= '\u0e7f';
}
