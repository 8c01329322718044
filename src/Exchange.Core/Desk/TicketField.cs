using Exchange.Core.Kernel;

namespace Exchange.Core.Desk;

/// <summary>A field that a company has added to its tickets. It crosses no link, unless the link's terms name it.</summary>
public sealed class TicketField
{
    /// <summary>So many are asked for at once.</summary>
    public const int Most = 30;

    /// <summary>So many may a company ever have, with those that it retired.</summary>
    public const int MostEver = 200;

    public required Guid Id { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>Its name for programs and in addresses: a-z, 0-9 and hyphens. It never changes, and never comes back for another field.</summary>
    public required string Key { get; init; }

    /// <summary>What people read.</summary>
    public required string Label { get; set; }

    /// <summary>One of <see cref="FieldKind.All"/>; it never changes, so a value can always be read.</summary>
    public required string Kind { get; init; }

    /// <summary>Of a choice, in the order in which they are offered; else empty.</summary>
    public IReadOnlyList<string> Choices { get; set; } = [];

    /// <summary>Whether people cannot open a ticket without it. Programs can, and a partner's ticket never waits for it.</summary>
    public bool Required { get; set; }

    /// <summary>Whether customers are asked for it by the company's form.</summary>
    public bool OnForm { get; set; }

    /// <summary>Its place among those that are asked for, from 1.</summary>
    public int Position { get; set; }

    /// <summary>Since then it is asked for no more; what tickets have of it can be read.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}

/// <summary>What a field holds.</summary>
public static class FieldKind
{
    public const string Text = "text";
    public const string Number = "number";
    public const string Date = "date";
    public const string Choice = "choice";
    public const string YesNo = "yes-no";

    public static readonly IReadOnlyList<string> All = [Text, Number, Date, Choice, YesNo];

    /// <summary>Whether a list can be narrowed to what lies between two values.</summary>
    public static bool HasOrder(string kind) => kind is Number or Date;
}

/// <summary>What a ticket has in a field. Where it has nothing there is no row.</summary>
public sealed class TicketValue
{
    public required TicketId Ticket { get; init; }

    public required Guid Field { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>The ticket's, so that an index of values is in the order of the list.</summary>
    public required long Number { get; init; }

    /// <summary>As <see cref="FieldText"/> writes it.</summary>
    public required string Text { get; set; }

    /// <summary>As it is found: equal where two values are, and in their order.</summary>
    public required string Sort { get; set; }
}

/// <summary>The id of a field.</summary>
public readonly record struct FieldId(Guid Value) : IAnswer<FieldId>
{
    public Guid Thing => Value;

    public static FieldId Replayed(Guid thing) => new(thing);
}
