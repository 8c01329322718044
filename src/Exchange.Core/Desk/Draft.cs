using Exchange.Core.Accounts;
using Exchange.Core.Kernel;

namespace Exchange.Core.Desk;

/// <summary>What a person has begun to write on a ticket. It is his alone: no view of anybody else's, no entry and no word of the port holds one.</summary>
public sealed class Draft
{
    public const int MaxDoor = 60;

    public required TicketId Ticket { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>For whom: <c>internal</c>, <c>customer</c>, or <c>partner</c> with the handoff's id.</summary>
    public required string Door { get; init; }

    public required string Body { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>The person who asks; null for a key or the exchange itself, which begin nothing that they do not send.</summary>
    internal static PersonId? WriterOf(Caller caller) =>
        caller.Actor.Kind == "person" && Guid.TryParseExact(caller.Actor.Id, "D", out var id) ? new PersonId(id) : null;
}
