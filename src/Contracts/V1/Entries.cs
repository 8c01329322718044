using System.Text.Json.Serialization;

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

/// <summary>A field of the placer's own that the terms name.</summary>
/// <param name="Key">Its name for programs.</param>
/// <param name="Label">What people read.</param>
/// <param name="Kind"><c>text</c>, <c>number</c>, <c>date</c>, <c>choice</c> or <c>yes-no</c>.</param>
/// <param name="Value">A number with a point, a date as yyyy-MM-dd, <c>true</c> or <c>false</c>; else the text itself.</param>
public sealed record FieldData(string Key, string Label, string Kind, string Value);

/// <summary>A file that crosses: its content follows on its own and is checked against the hash.</summary>
/// <param name="Id">The file's id in this handoff; it names no stored bytes.</param>
/// <param name="Name">The file's name as its uploader gave it, without folders.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ContentType">The media type as announced by the uploader.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record FileData(Guid Id, string Name, long Size, string ContentType, string Sha256);

/// <summary>The snapshot that the placer shares; it does not follow later edits of the ticket.</summary>
/// <param name="Picks">How many entries right after this one are things picked from before.</param>
/// <param name="Sealed">Of a sealed offer: the SHA-256, in lower-case hex, of what is revealed on accept; the subject is then a summary.</param>
/// <param name="Fields">Absent where none goes along.</param>
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
    DateTimeOffset? ResolveBy,
    string? Sealed = null,
    IReadOnlyList<FieldData>? Fields = null) : IStateEntry;

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

/// <summary>An amount of money.</summary>
/// <param name="Currency">ISO 4217, such as EUR.</param>
public sealed record MoneyData(decimal Amount, string Currency);

/// <summary>What the fulfiller proposes instead of the offer; what is absent stays as offered.</summary>
public sealed record CounterData(DateTimeOffset? ResolveBy, MoneyData? Price, string? Scope, string? Text);

public sealed record CounteredData(string State, CounterData Counter) : IStateEntry;

/// <summary>The placer takes the counter-offer: the handoff is accepted with it.</summary>
/// <param name="TicketNumber">The mirror's number; absent where the fulfiller's desk reports it later.</param>
public sealed record CounterAcceptedData(string State, string? TicketNumber, CounterData Counter) : IStateEntry;

/// <summary>The first offer stands.</summary>
public sealed record CounterRejectedData(string State) : IStateEntry;

/// <summary>Nobody accepted in time.</summary>
public sealed record ExpiredData(string State) : IStateEntry;

public sealed record RecallRequestedData(string State, string Reason, string? Text) : IStateEntry;

/// <summary>The fulfiller agreed, or said nothing for as long as the terms allow: then the exchange says so.</summary>
public sealed record RecallAgreedData(string State) : IStateEntry;

public sealed record RecallRefusedData(string State, string Reason) : IStateEntry;

public sealed record RecallWithdrawnData(string State) : IStateEntry;

/// <summary>The link has ended.</summary>
public sealed record SeveredData(string State) : IStateEntry;

/// <summary>What a sealed offer kept back.</summary>
/// <param name="Content">JSON of <see cref="SealedContent"/>; the SHA-256 of its UTF-8 bytes stands in the offer.</param>
public sealed record RevealedData(string Content) : IEntryData;

/// <summary>What a sealed offer keeps back until it is accepted. Things picked for it follow as entries of their own.</summary>
/// <param name="Salt">Random, so that the hash tells nothing about a guessed text.</param>
/// <param name="Picks">How many entries right after the revealing one are things picked from before.</param>
/// <param name="Fields">Absent where none goes along.</param>
public sealed record SealedContent(
    string Salt, string Subject, string? Description, ContactData? Contact, AssetData? Asset, string? Note, int Picks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldData>? Fields = null);

/// <summary>The desk of the side that says so could not take an entry, and goes on without it.</summary>
/// <param name="Seq">The entry that it does not have.</param>
/// <param name="Text">For the partner.</param>
public sealed record SkippedData(long Seq, string? Text) : IEntryData;

/// <summary>The shared part of the placer's rating: 1 to 5.</summary>
public sealed record RatedData(int Score, int? Quality, int? Speed, int? Communication, string? Comment) : IEntryData;

/// <summary>Takes the place of the rating before.</summary>
public sealed record RatingChangedData(int Score, int? Quality, int? Speed, int? Communication, string? Comment) : IEntryData;

/// <summary>The fulfiller's reply to its rating.</summary>
public sealed record RatingRepliedData(string Text) : IEntryData;
