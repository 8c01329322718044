using Exchange.Core.Kernel;

namespace Exchange.Core.Accounts;

/// <summary>A company on the exchange. It has exactly one desk.</summary>
public sealed class Account
{
    public required AccountId Id { get; init; }

    /// <summary>Its short name in addresses; unique, never changed.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    /// <summary>An IANA time zone.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Which implementation of the desk port keeps its tickets.</summary>
    public required string DeskKind { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What an account counts. Locked last, held shortly.</summary>
public sealed class AccountCounter
{
    public required AccountId Account { get; init; }

    /// <summary>The last ticket number that was given out.</summary>
    public long Tickets { get; set; }
}
