using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Core.Events;

/// <summary>Something that happened, as CloudEvents 1.0 writes it in JSON.</summary>
/// <param name="Id">The event's number; the numbers of an account rise, with gaps.</param>
/// <param name="Source">The account: <c>/accounts/{id}</c>. With the id it names the event in all the world.</param>
/// <param name="Type">Such as <c>exchange.handoff.commented</c>, <c>exchange.link.active</c> or <c>exchange.ticket.opened</c>.</param>
/// <param name="Subject">What it is about, such as <c>handoffs/{id}</c>.</param>
public sealed record EventView(
    [property: JsonPropertyName("specversion")] string SpecVersion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    [property: JsonPropertyName("datacontenttype")] string DataContentType,
    EventData Data);

/// <summary>What an event tells; what does not belong to its type is absent.</summary>
/// <param name="TicketId">The account's own ticket.</param>
/// <param name="EntryType">The entry's wire name; with the handoff and <paramref name="Seq"/> it is found in the log.</param>
/// <param name="Side">Whose act it was: placer, fulfiller or exchange.</param>
/// <param name="Comment">Where somebody said something for its own sake.</param>
/// <param name="Data">What any other entry says, as the log has it.</param>
/// <param name="Withheld">True where the log keeps its content from the account.</param>
public sealed record EventData(
    HandoffId? HandoffId = null,
    TicketId? TicketId = null,
    LinkId? LinkId = null,
    FileId? FileId = null,
    long? Seq = null,
    string? EntryType = null,
    string? Side = null,
    Actor? Actor = null,
    CommentView? Comment = null,
    JsonElement? Data = null,
    bool? Withheld = null);

public sealed class EventViews(IDialect dialect)
{
    /// <summary>The number of the newest event of the account; 0 where there is none.</summary>
    public async Task<long> Latest(Caller caller, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.Events.Where(Mine.Events(caller)).MaxAsync(e => (long?)e.Number, ct) ?? 0;
    }

    /// <summary>Whether an event of the account after this number was forgotten: then what can be read after it has a gap.</summary>
    public async Task<bool> Misses(Caller caller, long after, CancellationToken ct)
    {
        await using var db = dialect.Read();
        return await db.ForgottenEvents.AnyAsync(f => f.Account == caller.Account && f.Number > after, ct);
    }

    /// <summary>Oldest first. <c>next</c> is the number of the last event here, where there are more.</summary>
    public async Task<Page<EventView>> List(Caller caller, long after, int limit, CancellationToken ct)
    {
        var shown = await After(caller, after, limit + 1, ct);
        return shown.Count > limit ? new Page<EventView>([.. shown.Take(limit)], shown[limit - 1].Id) : new Page<EventView>(shown, null);
    }

    /// <summary>The events after a number, oldest first, each as the log tells it now.</summary>
    public async Task<IReadOnlyList<EventView>> After(Caller caller, long after, int most, CancellationToken ct)
    {
        await using var db = dialect.Read();
        var rows = await (
            from e in db.Events.Where(Mine.Events(caller)).Where(e => e.Number > after).OrderBy(e => e.Number).Take(most)
            from entry in db.Entries.Where(x => x.Handoff == e.Handoff && x.Seq == e.Seq).DefaultIfEmpty()
            from handoff in db.Handoffs.Where(x => x.Id == e.Handoff).DefaultIfEmpty()
            from bond in db.Bonds.Where(x => x.Handoff == e.Handoff && x.Account == caller.Account).DefaultIfEmpty()
            orderby e.Number
            select new { e, entry, handoff, Ticket = bond == null ? (TicketId?)null : bond.Ticket }).ToListAsync(ct);
        var talk = new Talked(
            await Retracted(db, [.. rows.Where(r => r.entry?.Type == EntryTypes.Commented).Select(r => r.e.Handoff!.Value).Distinct()], ct),
            await Names(db, [.. rows.Where(r => r.handoff is not null).SelectMany(r => new[] { r.handoff!.Placer, r.handoff.Fulfiller }).Distinct()], ct));
        return rows.ConvertAll(r => r.entry is null ? OfOther(caller, r.e) : OfEntry(caller, r.e, r.entry, r.handoff!, r.Ticket, talk));
    }

    private static EventView OfEntry(Caller caller, AccountEvent e, Entry entry, Handoff handoff, TicketId? ticket, Talked talk)
    {
        var withheld = entry.Seq <= HandoffViews.Hidden(handoff, caller);
        var said = !withheld && entry.Body.Data is CommentedData;
        var data = new EventData(
            HandoffId: handoff.Id, TicketId: ticket, LinkId: handoff.Link, Seq: entry.Seq, EntryType: entry.Type, Side: entry.Side.Word(),
            Actor: entry.Body.Actor, Comment: said ? Comment(entry, handoff, talk) : null,
            Data: said || withheld ? null : entry.Body.RawData, Withheld: withheld ? true : null);
        return Envelope(caller, e, $"handoff.{entry.Type}", $"handoffs/{handoff.Id}", entry.Body.At, data);
    }

    private static EventView OfOther(Caller caller, AccountEvent e)
    {
        var (type, id) = (e.Type!, e.Subject!.Value);
        var noun = type[..type.IndexOf('.', StringComparison.Ordinal)];
        return Envelope(caller, e, type, $"{noun}s/{id}", e.At!.Value, noun switch
        {
            "link" => new EventData(LinkId: new LinkId(id)),
            "ticket" => new EventData(TicketId: new TicketId(id)),
            "handoff" => new EventData(HandoffId: new HandoffId(id)),
            _ => new EventData(FileId: new FileId(id)),
        });
    }

    private static EventView Envelope(Caller caller, AccountEvent e, string type, string subject, DateTimeOffset at, EventData data) => new(
        "1.0", e.Number.ToString(CultureInfo.InvariantCulture), $"/accounts/{caller.Account}", $"exchange.{type}", subject, at, "application/json", data);

    /// <summary>As the lists of comments show it, but for what its reader's own desk adds.</summary>
    private static CommentView Comment(Entry entry, Handoff handoff, Talked talk)
    {
        var (item, gone) = (Item.Of(entry)!, talk.Retracted.Contains((handoff.Id, entry.Seq)));
        var author = talk.Names[entry.Side == Side.Fulfiller ? handoff.Fulfiller : handoff.Placer];
        return new CommentView(
            entry.OpId, gone ? null : item.Body, "partner", item.Kind, handoff.Id, entry.Seq, new AuthorView(entry.Body.Actor.Name, author), entry.Body.At,
            null, null, gone, gone ? [] : [.. item.Files.Select(f => new FileRef(null, f.Name, f.Size, f.ContentType, f.Sha256))]);
    }

    /// <summary>What was taken back since is told no more, though it happened.</summary>
    private static async Task<HashSet<(HandoffId, long)>> Retracted(ExchangeDb db, IReadOnlyList<HandoffId> handoffs, CancellationToken ct)
    {
        var entries = handoffs.Count == 0 ? [] : await db.Entries.Where(e => handoffs.Contains(e.Handoff) && e.Type == EntryTypes.Retracted).ToListAsync(ct);
        return [.. entries.Select(e => (e.Handoff, ((RetractedData)e.Body.Data!).Seq))];
    }

    private static Task<Dictionary<AccountId, AccountRef>> Names(ExchangeDb db, IReadOnlyList<AccountId> accounts, CancellationToken ct) =>
        db.Accounts.Where(a => accounts.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => new AccountRef(a.Id, a.Name), ct);

    private sealed record Talked(HashSet<(HandoffId, long)> Retracted, Dictionary<AccountId, AccountRef> Names);
}
