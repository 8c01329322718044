using Exchange.Core.Accounts;
using Exchange.Core.Kernel;

namespace Exchange.Core.Events;

/// <summary>
/// Something that happened for an account, under its number. What an entry says stands in the log and is read from there; the rest
/// names what it is about. Never a text.
/// </summary>
public sealed class AccountEvent
{
    public required AccountId Account { get; init; }

    /// <summary>Rises over all accounts, in the order of commits; an account's own numbers have gaps.</summary>
    public required long Number { get; init; }

    /// <summary>The entry that it is of; null for what is no entry.</summary>
    public HandoffId? Handoff { get; init; }

    public long? Seq { get; init; }

    /// <summary>What happened, such as <c>link.active</c>; null where the entry says it.</summary>
    public string? Type { get; init; }

    /// <summary>What it is about; null where that is the entry's handoff.</summary>
    public Guid? Subject { get; init; }

    /// <summary>When it happened; null where the entry says it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The person who did it; null where the entry says it, and for whoever is no person. It is told to nobody: who has done something himself is not notified.</summary>
    public PersonId? ByPerson { get; init; }

    /// <summary>The one person whom it is for, such as the new assignee; null where it is for nobody in particular.</summary>
    public PersonId? ForPerson { get; init; }
}

/// <summary>Something that happened and is no entry, written in its own unit of work; the sequencer gives it a number.</summary>
public sealed class PendingEvent
{
    public required Guid Id { get; init; }

    public required AccountId Account { get; init; }

    public required string Type { get; init; }

    public required Guid Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    public PersonId? ByPerson { get; init; }

    public PersonId? ForPerson { get; init; }
}

/// <summary>Up to which entry of a handoff events are numbered. The sequencer alone writes it.</summary>
public sealed class EventCursor
{
    public required HandoffId Handoff { get; init; }

    /// <summary>Each side's own entries, which are its events at once.</summary>
    public required long OwnSeq { get; init; }

    /// <summary>The others' entries as events of the placer.</summary>
    public required long PlacerSeq { get; init; }

    /// <summary>The others' entries as events of the fulfiller.</summary>
    public required long FulfillerSeq { get; init; }
}

/// <summary>The one row whose lock makes the sequencer one at a time, whatever number of workers there is.</summary>
public sealed class EventCounter
{
    public const int TheOne = 1;

    public required int Id { get; init; }

    /// <summary>The last number that was given.</summary>
    public required long Last { get; init; }
}
