using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;

namespace Exchange.Core.Desk;

public enum FileState
{
    Pending,
    Available,
    Blocked,
    Failed,
    Expired,
}

/// <summary>A file of one ticket, for one audience. A copy for another audience is a file of its own that refers to the same bytes.</summary>
public sealed class DeskFile
{
    public required FileId Id { get; init; }

    public required TicketId Ticket { get; init; }

    public required AccountId Account { get; init; }

    /// <summary>Its append number in the ticket.</summary>
    public required long Number { get; init; }

    public required string Name { get; init; }

    public required long Size { get; init; }

    public required string ContentType { get; init; }

    public required string Sha256 { get; init; }

    public required BlobId Blob { get; init; }

    public required Audience Audience { get; init; }

    /// <summary>The handoff it is an item of, when its audience is a partner.</summary>
    public HandoffId? Handoff { get; init; }

    /// <summary>Its id in that handoff.</summary>
    public FileId? Shared { get; set; }

    /// <summary>The handoff over which it came to this company, for copies of it too: the terms of that one say whether it may go onward.</summary>
    public HandoffId? CameBy { get; init; }

    public FileState State { get; set; } = FileState.Available;

    public FileId? DerivedFrom { get; init; }

    public required Actor Author { get; init; }

    public required DateTimeOffset At { get; init; }

    public PickedFile ToPick(FileId? sharedAs = null) => new(Id, Blob, Name, Size, ContentType, Sha256, sharedAs, CameBy);
}
