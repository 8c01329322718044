using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Links;

namespace Exchange.Core.Handoffs;

/// <param name="TicketNumber">The number in that side's desk; absent before there is one.</param>
public sealed record SideView(AccountRef Account, string? TicketNumber);

/// <param name="Side"><c>placer</c> or <c>fulfiller</c>.</param>
/// <param name="Why">What that company has to do.</param>
public sealed record BallView(string Side, AccountRef Account, DateTimeOffset Since, string Why);

public sealed record ClocksView(DateTimeOffset? AcceptBy, DateTimeOffset? RespondBy, DateTimeOffset? ResolveBy)
{
    /// <summary>As they stand now: while the link is suspended they are moved with the time.</summary>
    /// <param name="since">Since when it is; null where it is not.</param>
    public static ClocksView Of(Handoff h, DateTimeOffset? since, DateTimeOffset now)
    {
        since = h.OverAt is null ? since : null;
        return new ClocksView(Suspension.Moved(h.AcceptBy, since, now), Suspension.Moved(h.RespondBy, since, now), Suspension.Moved(h.ResolveBy, since, now));
    }
}

public sealed record OfferFileView(string Name, long Size, string ContentType);

/// <summary>What was offered; absent for a fulfiller that did not take it.</summary>
public sealed record OfferView(
    string Subject,
    string? Description,
    string Priority,
    ContactData? Contact,
    AssetData? Asset,
    string? Note,
    IReadOnlyList<OfferFileView> Files,
    bool Sealed,
    IReadOnlyList<FieldData>? Fields = null);

/// <param name="Direction"><c>out</c> for the placer, <c>in</c> for the fulfiller.</param>
/// <param name="TicketId">The caller's own ticket.</param>
/// <param name="Allowed">The commands open to the caller now.</param>
/// <param name="ParentId">For the placer alone: its own incoming handoff.</param>
/// <param name="ReroutedFrom">For the placer alone: the handoff that came to nothing before this one.</param>
/// <param name="Counter">The counter-offer that is open.</param>
/// <param name="Agreed">The counter-offer that was accepted.</param>
/// <param name="Minutes">Labour of all resolves.</param>
/// <param name="Head">The hash of the last entry: a witness of the log.</param>
/// <param name="Ball">Who has to act; absent when it is over.</param>
/// <param name="WaitingFor"><c>me</c> or <c>partner</c>, where the caller's own next partner counts as one; null when it is over.</param>
/// <param name="DueAt">By when the present step has to be done.</param>
/// <param name="OverTime">Whether that is past.</param>
public sealed record HandoffView(
    HandoffId Id,
    string State,
    long Version,
    LinkId LinkId,
    string Direction,
    SideView Placer,
    SideView Fulfiller,
    TicketId? TicketId,
    IReadOnlyList<string> Allowed,
    ClocksView Clocks,
    DateTimeOffset? Eta,
    OfferView? Offer,
    HandoffId? ParentId,
    HandoffId? FollowUpOf,
    HandoffId? ReroutedFrom,
    CounterData? Counter,
    CounterData? Agreed,
    int ReworkCount,
    int Minutes,
    int TermsVersion,
    DateTimeOffset OfferedAt,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? OverAt,
    long LastSeq,
    string Head,
    BallView? Ball,
    string? WaitingFor,
    DateTimeOffset? DueAt,
    bool OverTime);

/// <param name="Data">What it says; absent when withheld.</param>
/// <param name="Raw">The exact bytes in base64, when asked for.</param>
/// <param name="Receipt">Of an entry of the caller's own: what became of it in the partner's desk; absent until there is one.</param>
public sealed record EntryView(
    long Seq,
    string Type,
    string Side,
    Actor? Actor,
    DateTimeOffset? At,
    JsonElement? Data,
    Guid OpId,
    string BodyHash,
    string Hash,
    string? Raw,
    bool? Withheld,
    ReceiptView? Receipt = null);
