using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>What the tables hold, read by plain SQL: it shares no code with what wrote them.</summary>
internal sealed record HandoffRow(
    Guid Id, Guid Link, Guid Placer, Guid Fulfiller, string State, long Version, long LastSeq, string HeadHash, bool Unsettled, bool Over);

internal sealed record LinkRow(Guid Id, string State);

internal sealed record EntryRow(Guid Handoff, long Seq, Guid OpId, string Type, int Side, byte[] Bytes, string BodyHash, string Hash)
{
    private JsonElement? _data;

    public JsonElement Data => _data ??= JsonDocument.Parse(Bytes).RootElement.GetProperty("data");

    /// <summary>The state that this entry moved the handoff to.</summary>
    public string? State => Data.TryGetProperty("state", out var state) ? state.GetString() : null;

    /// <summary>The text that stands in the conversation; null for an entry that nobody said anything in.</summary>
    public string? Text => Type switch
    {
        "commented" => Get("body"),
        "asked" => Get("question"),
        "answered" => Get("text"),
        "resolved" => Get("solution"),
        "reworked" or "returned" => Said(""),
        "declined" => Said("Declined: "),
        "recalled" => Said("Recalled: "),
        "held" => Said("On hold: "),
        "resumed" => $"Resumed: {Get("reason")}",
        "countered" => $"Counter-offer: {Counter}",
        "counter_accepted" => $"Counter-offer accepted: {Counter}",
        "counter_rejected" => "Counter-offer rejected: the first offer stands.",
        "expired" => "The offer expired: nobody accepted it in time.",
        "recall_requested" => Said("Recall requested: "),
        "recall_agreed" => "The recall was agreed to.",
        "recall_refused" => $"Recall refused: {Get("reason")}",
        "recall_withdrawn" => "The recall was withdrawn: the work goes on.",
        "severed" => "The link between the companies has ended: this ticket is no longer shared.",
        "rated" => $"Rated {Judged}",
        "rating_changed" => $"Rating changed to {Judged}",
        "rating_replied" => $"Reply to the rating: {Get("text")}",
        "skipped" => $"Our desk could not take entry {Data.GetProperty("seq").GetInt64()} of this handoff, and goes on without it" + (Get("text") is { } note ? $": {note}" : ""),
        _ => null,
    };

    public string? Kind => Type switch
    {
        "commented" => "comment",
        "asked" => "question",
        "answered" => "answer",
        "resolved" => "solution",
        "reworked" => "rework",
        "returned" => "return",
        "declined" or "recalled" or "held" or "resumed" or "severed" or "countered" or "counter_accepted" or "counter_rejected" or "expired"
            or "recall_requested" or "recall_agreed" or "recall_refused" or "recall_withdrawn" or "rated" or "rating_changed" or "rating_replied" or "skipped" => "system",
        _ => null,
    };

    public DateTimeOffset At => JsonDocument.Parse(Bytes).RootElement.GetProperty("at").GetDateTimeOffset();

    /// <summary>What kind of actor it was: a person, a rule, the system.</summary>
    public string ActorKind => JsonDocument.Parse(Bytes).RootElement.GetProperty("actor").GetProperty("kind").GetString()!;

    public long? Retracts => Type == "retracted" ? Data.GetProperty("seq").GetInt64() : null;

    /// <summary>The ids, hashes and sizes of the files that it announces.</summary>
    public IEnumerable<(Guid Id, string Sha256, long Size)> Files
    {
        get
        {
            var files = Type == "file_added" ? [Data.GetProperty("file")]
                : Type is "commented" or "answered" && Data.TryGetProperty("files", out var named) ? named.EnumerateArray().ToArray() : [];
            return files.Select(f => (f.GetProperty("id").GetGuid(), f.GetProperty("sha256").GetString()!, f.GetProperty("size").GetInt64()));
        }
    }

    private string Judged => $"{Data.GetProperty("score").GetInt32()} of 5{(string.IsNullOrWhiteSpace(Get("comment")) ? "" : $": {Get("comment")}")}";

    private string? Get(string name) => Data.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>What a counter-offer proposes, without a time: the tests name none.</summary>
    private string Counter
    {
        get
        {
            var counter = Data.GetProperty("counter");
            string? price = counter.TryGetProperty("price", out var p) ? $"{p.GetProperty("amount").GetDecimal().ToString(CultureInfo.InvariantCulture)} {p.GetProperty("currency").GetString()}" : null;
            string?[] parts = [price, counter.TryGetProperty("scope", out var scope) ? scope.GetString() : null, counter.TryGetProperty("text", out var text) ? text.GetString() : null];
            return string.Join("; ", parts.Where(part => part is not null));
        }
    }

    private string Said(string prefix) => prefix + (string.IsNullOrWhiteSpace(Get("text")) ? Get("reason") : $"{Get("reason")}: {Get("text")}");
}

internal sealed record BondRow(Guid Handoff, int Side, Guid Account, Guid Ticket, long Applied, int Attempts, bool Parked, string? Cause);

internal sealed record ItemRow(Guid Handoff, long Seq, int Desk, Guid Ticket, Guid Id, string Kind, string Body, int AuthorSide, bool Retracted);

internal sealed record TieRow(Guid Ticket, Guid Handoff, int Side, string State, bool Open);

internal sealed record TicketRow(Guid Id, Guid Account, string Status, bool IsMirror);

internal sealed record FileRow(Guid Id, Guid Ticket, Guid Account, Guid Blob, string Audience, Guid? Handoff, Guid? Shared, Guid? CameBy, string State, string Sha256, long Size);

internal sealed record ReceiptRow(Guid Handoff, long Seq, int Side, string State, string? Reason, string Head);

internal sealed record Rows(
    IReadOnlyList<LinkRow> Links,
    IReadOnlyList<HandoffRow> Handoffs,
    ILookup<Guid, EntryRow> Entries,
    IReadOnlyList<BondRow> Bonds,
    ILookup<(Guid Handoff, int Desk), ItemRow> Items,
    IReadOnlyList<TieRow> Ties,
    IReadOnlyList<TicketRow> Tickets,
    IReadOnlyList<FileRow> Files,
    IReadOnlyList<ReceiptRow> Receipts)
{
    public static Rows Read(DbConnection c) => new(
        Each(c, "SELECT id, state FROM link", r => new LinkRow(Id(r, 0), r.GetString(1))),
        Each(c, $"SELECT id, link, placer, fulfiller, state, version, last_seq, head_hash, {Is("unsettled_since")}, {Is("over_at")} FROM handoff ORDER BY id",
            r => new HandoffRow(Id(r, 0), Id(r, 1), Id(r, 2), Id(r, 3), r.GetString(4), Number(r, 5), Number(r, 6), Hex(r, 7), Flag(r, 8), Flag(r, 9))),
        Each(c, "SELECT handoff, seq, op_id, type, side, bytes, body_hash, hash FROM entry ORDER BY handoff, seq",
            r => new EntryRow(Id(r, 0), Number(r, 1), Id(r, 2), r.GetString(3), r.GetInt32(4), (byte[])r[5], Hex(r, 6), Hex(r, 7))).ToLookup(e => e.Handoff),
        Each(c, $"SELECT handoff, side, account, ticket, applied_seq, attempts, {Is("parked_at")}, parked_cause FROM bond ORDER BY handoff, side",
            r => new BondRow(Id(r, 0), r.GetInt32(1), Id(r, 2), Id(r, 3), Number(r, 4), r.GetInt32(5), Flag(r, 6), r.IsDBNull(7) ? null : r.GetString(7))),
        Each(c, "SELECT handoff, seq, desk, ticket, id, kind, body, author_side, retracted FROM partner_item ORDER BY handoff, desk, seq",
            r => new ItemRow(Id(r, 0), Number(r, 1), r.GetInt32(2), Id(r, 3), Id(r, 4), r.GetString(5), r.GetString(6), r.GetInt32(7), Flag(r, 8)))
            .ToLookup(i => (i.Handoff, i.Desk)),
        Each(c, "SELECT ticket, handoff, side, state, is_open FROM ticket_handoff",
            r => new TieRow(Id(r, 0), Id(r, 1), r.GetInt32(2), r.GetString(3), Flag(r, 4))),
        Each(c, "SELECT id, account, status, is_mirror FROM ticket", r => new TicketRow(Id(r, 0), Id(r, 1), r.GetString(2), Flag(r, 3))),
        Each(c, "SELECT id, ticket, account, blob, audience, handoff, shared, came_by, state, sha256, size FROM desk_file",
            r => new FileRow(Id(r, 0), Id(r, 1), Id(r, 2), Id(r, 3), r.GetString(4), r.IsDBNull(5) ? null : Id(r, 5), r.IsDBNull(6) ? null : Id(r, 6),
                r.IsDBNull(7) ? null : Id(r, 7), r.GetString(8), r.GetString(9), Number(r, 10))),
        Each(c, "SELECT handoff, seq, side, state, reason, head FROM receipt",
            r => new ReceiptRow(Id(r, 0), Number(r, 1), r.GetInt32(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4), Hex(r, 5))));

    public static List<T> Each<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static Guid Id(DbDataReader reader, int column) => Id(reader[column]);

    /// <summary>An engine has its own UUID, or 16 bytes.</summary>
    public static Guid Id(object value) => value is Guid id ? id : new Guid((byte[])value, bigEndian: true);

    public static IReadOnlyList<string> TableNames(DbConnection connection) => Each(
        connection,
        connection is Microsoft.Data.Sqlite.SqliteConnection
            ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            : "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY table_name",
        r => r.GetString(0));

    /// <summary>Every value of every row, with the row's values by column.</summary>
    public static IEnumerable<(string Table, Dictionary<string, object> Row)> Everything(DbConnection connection)
    {
        foreach (var table in TableNames(connection))
        {
            foreach (var row in Each(connection, $"SELECT * FROM \"{table}\"", r =>
                Enumerable.Range(0, r.FieldCount).ToDictionary(r.GetName, r.GetValue, StringComparer.Ordinal)))
            {
                yield return (table, row);
            }
        }
    }

    /// <summary>One value for the whole database: equal before and after where nothing was changed, in whatever order a server gives the rows.</summary>
    public static string Digest(DbConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in Everything(connection).Select(Digest).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(row));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Digest((string Table, Dictionary<string, object> Row) of)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(of.Table));
        foreach (var (name, value) in of.Row)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(value as byte[] ?? Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Is(string column) => $"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END";

    private static long Number(DbDataReader reader, int column) => Convert.ToInt64(reader[column], CultureInfo.InvariantCulture);

    private static bool Flag(DbDataReader reader, int column) => Convert.ToBoolean(reader[column], CultureInfo.InvariantCulture);

    private static string Hex(DbDataReader reader, int column) => Convert.ToHexString((byte[])reader[column]);
}
