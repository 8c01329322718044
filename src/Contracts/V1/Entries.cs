namespace Exchange.Contracts.V1;

/// <summary>What an entry says. One type per wire name in <see cref="EntryTypes"/>; nothing else may cross a link.</summary>
public interface IEntryData;

/// <summary>An entry that moved the handoff: the state it is in from this entry on.</summary>
public interface IStateEntry : IEntryData
{
    /// <summary>The handoff's state after this entry, as the word of the semantics.</summary>
    string State { get; }
}

/// <summary>Whom to call on the spot.</summary>
public sealed record ContactData(string Name, string? Email = null, string? Phone = null);

/// <summary>The thing that the work is about.</summary>
public sealed record AssetData(string Name, string? Serial = null, string? Location = null);

/// <summary>A file that crosses: its content follows on its own and is checked against the hash.</summary>
/// <param name="Id">The file's id in this handoff; it names no stored bytes.</param>
/// <param name="Name">The file's name as its uploader gave it, without folders.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">The media type as announced by the uploader.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record FileData(Guid Id, string Name, long Size, string ContentType, string Sha256);

/// <summary>The snapshot that the placer shares; it does not follow later edits of the ticket.</summary>
/// <param name="Picks">How many entries right after this one are things picked from before.</param>
public sealed record OfferedData(
    string State,
    string TicketNumber,
    int TermsVersion,
    string Subject,
    string? Description,
    string Priority,
    ContactData? Contact,
    AssetData? Asset,
    string? Note,
    int Picks,
    DateTimeOffset? AcceptBy,
    DateTimeOffset? RespondBy,
    DateTimeOffset? ResolveBy) : IStateEntry;

/// <param name="TicketNumber">The mirror's number; absent where the fulfiller's desk reports it later.</param>
public sealed record AcceptedData(string State, string? TicketNumber, DateTimeOffset? Eta) : IStateEntry;

public sealed record DeclinedData(string State, string Reason, string? Text) : IStateEntry;

public sealed record RecalledData(string State, string Reason, string? Text) : IStateEntry;

public sealed record StartedData(string State) : IStateEntry;

public sealed record AskedData(string State, string Question) : IStateEntry;

public sealed record AnsweredData(string State, string Text, IReadOnlyList<FileData> Files) : IStateEntry;

public sealed record ResumedData(string State, string Reason) : IStateEntry;

public sealed record HeldData(string State, string Reason, string? Text) : IStateEntry;

public sealed record UnheldData(string State) : IStateEntry;

public sealed record ReturnedData(string State, string Reason, string? Text) : IStateEntry;

/// <param name="Minutes">Labour of this resolve alone; after rework the minutes of all resolves add up.</param>
public sealed record ResolvedData(string State, string Solution, string? Code, int? Minutes) : IStateEntry;

public sealed record ConfirmedData(string State) : IStateEntry;

public sealed record ReworkedData(string State, string Reason, string? Text) : IStateEntry;

public sealed record CommentedData(string Body, IReadOnlyList<FileData> Files) : IEntryData;

public sealed record FileAddedData(FileData File) : IEntryData;

/// <param name="Seq">The entry of the same handoff whose text its author takes back.</param>
public sealed record RetractedData(long Seq) : IEntryData;
