using Exchange.Core.Accounts;
using Exchange.Core.Kernel;

namespace Exchange.Core.Desk;

/// <summary>A list of tickets that somebody has given a name, for himself alone.</summary>
public sealed class SavedView
{
    /// <summary>So many may one person have in one account.</summary>
    public const int Most = 30;

    public required Guid Id { get; init; }

    public required AccountId Account { get; init; }

    public required PersonId Person { get; init; }

    public required string Name { get; init; }

    /// <summary>What the list is narrowed to and how it is ordered, as the page says it in its address. The page alone reads it.</summary>
    public required string Filter { get; init; }
}

/// <summary>The id of a saved view.</summary>
public readonly record struct SavedViewId(Guid Value) : IAnswer<SavedViewId>
{
    public Guid Thing => Value;

    public static SavedViewId Replayed(Guid thing) => new(thing);
}
