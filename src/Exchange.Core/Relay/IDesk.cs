using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Relay;

/// <summary>
/// The port to every desk: all that the exchange can say to one, and ask of one. It has no word for an internal note:
/// what has no word here cannot cross.
/// </summary>
public interface IDesk
{
    /// <summary>The name by which an account chooses this desk.</summary>
    string Kind { get; }

    /// <summary>
    /// What the placer shares of its ticket, and nothing else of it. Refuses what may not be shared, and a ticket that is closed.
    /// Locks the ticket.
    /// </summary>
    /// <param name="reopen">A closed ticket is opened again, and not refused.</param>
    ValueTask<Outcome<TicketSnapshot>> Snapshot(IUnit unit, AccountId account, TicketId ticket, Picks picks, bool reopen = false);

    /// <summary>By what rules of the account choose a partner for this ticket; null when there is no such ticket.</summary>
    ValueTask<TicketTraits?> Traits(IUnit unit, AccountId account, TicketId ticket);

    /// <summary>The open handoff that this ticket mirrors, if there is one. A ticket of another account is not found.</summary>
    ValueTask<Outcome<IncomingHandoff>> Incoming(IUnit unit, AccountId account, TicketId ticket);

    /// <summary>
    /// What a person takes along into a new partner comment of this handoff: the text of a comment it derives from, and files.
    /// Refuses what may not leave.
    /// </summary>
    ValueTask<Outcome<PickedTalk>> Pick(IUnit unit, DeskTicket ticket, Guid? comment, IReadOnlyList<FileId> files);

    /// <summary>Ties the placer's ticket to the new handoff.</summary>
    ValueTask Bind(IUnit unit, BoundHandoff handoff);

    /// <summary>Makes the fulfiller's ticket from what was offered; where the handoff names one, that one is opened again.</summary>
    ValueTask<MirrorTicket> OpenMirror(IUnit unit, BoundHandoff handoff, OfferedData offer);

    /// <summary>
    /// Brings entries to the ticket, oldest first: the writer's own at once, in its unit of work; the other side's through the relay.
    /// An idempotent upsert by (handoff, entry). A fault refuses them all and parks the handoff.
    /// </summary>
    /// <param name="origins">For the writer's own desk: what an entry (by op id) or a file (by its id in the handoff) was copied from.</param>
    ValueTask<Fault?> Tell(IUnit unit, DeskTicket ticket, HandoffState state, IReadOnlyList<Entry> entries, IReadOnlyDictionary<Guid, Guid>? origins = null);
}

/// <param name="Parent">The handoff that this ticket mirrors; null for a ticket of one's own.</param>
/// <param name="CameBy">The handoff that brought it here, also when it is a ticket of one's own by now.</param>
public sealed record IncomingHandoff(HandoffId? Parent, HandoffId? CameBy);

/// <summary>What kind of ticket it is; it stays at home.</summary>
public sealed record TicketTraits(string? Category, string? Asset);

/// <summary>What the placer chose to give along.</summary>
/// <param name="Fields">Keys of fields of the placer's own, which the terms name; what the ticket has nothing in is passed over.</param>
public sealed record Picks(bool Contact, bool Asset, IReadOnlyList<Guid> Comments, IReadOnlyList<FileId> Files, IReadOnlyList<string> Fields);

/// <summary>What a placer shares: a copy, made now.</summary>
public sealed record TicketSnapshot(
    string Number,
    string Subject,
    string? Description,
    string Priority,
    ContactData? Contact,
    AssetData? Asset,
    IReadOnlyList<PickedComment> Comments,
    IReadOnlyList<PickedFile> Files,
    IReadOnlyList<FieldData> Fields);

/// <param name="Source">The comment it was copied from; stays in the picker's desk.</param>
public sealed record PickedComment(Guid Source, string Body);

/// <param name="Body">The source's text; null where no source was named.</param>
public sealed record PickedTalk(string? Body, IReadOnlyList<PickedFile> Files);

/// <param name="SharedAs">Its id in this handoff, where it is an item of it already and needs no copy.</param>
/// <param name="CameByHandoff">The handoff over which this file came to the picker, if it did.</param>
public sealed record PickedFile(FileId Source, BlobId Blob, string Name, long Size, string ContentType, string Sha256, FileId? SharedAs, HandoffId? CameByHandoff);

/// <summary>A handoff as the desk of one side is told of it.</summary>
public sealed record BoundHandoff(HandoffId Id, Side Side, AccountId Account, TicketId Ticket, AccountId Partner, string? PartnerNumber);

public sealed record MirrorTicket(TicketId Id, string? Number);

/// <summary>The ticket of one side of a handoff.</summary>
public sealed record DeskTicket(HandoffId Handoff, Side Side, AccountId Account, TicketId Ticket);

/// <summary>The desks that this exchange can speak to.</summary>
public sealed class Desks(IEnumerable<IDesk> desks)
{
    private readonly Dictionary<string, IDesk> _byKind = desks.ToDictionary(d => d.Kind, StringComparer.Ordinal);

    /// <summary>The desk of an account that brings none of its own.</summary>
    public static string Default => "built-in";

    public IDesk Of(string kind) => _byKind[kind];
}
