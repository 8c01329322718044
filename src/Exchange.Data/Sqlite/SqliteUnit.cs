using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.Data.Sqlite;

namespace Exchange.Data.Sqlite;

/// <summary>
/// One unit of work behind the gate. There is one writer, so the locks of other engines are plain reads here;
/// the order in which they are asked for is the same.
/// </summary>
internal sealed class SqliteUnit(SqliteStatements sql, Func<SqliteExchangeDb> db, DateTimeOffset now) : IUnit
{
    private const int EventRows = 20;

    private static readonly string InsertOneEvent = InsertEvents(1);

    private static readonly string InsertManyEvents = InsertEvents(EventRows);

    private readonly List<Action> _effects = [];
    private SqliteExchangeDb? _db;

    public ExchangeDb Db => _db ??= db();

    public DateTimeOffset Now { get; } = now;

    public Guid OpId { get; } = Ids.New(now);

    public IReadOnlyList<Action> Effects => _effects;

    public async ValueTask Flush()
    {
        if (_db is not null)
        {
            await _db.SaveChangesAsync();
        }
    }

    public void AfterCommit(Action effect) => _effects.Add(effect);

    public ValueTask LockLink(LinkId link, bool own) => default;

    public ValueTask MoveClocks(LinkId link, DateTimeOffset since)
    {
        sql.Run(
            """
            UPDATE handoff SET accept_by = CASE WHEN accept_by > $2 THEN accept_by + $3 ELSE accept_by END, respond_by = CASE WHEN respond_by > $2 THEN respond_by + $3 ELSE respond_by END,
                   resolve_by = CASE WHEN resolve_by > $2 THEN resolve_by + $3 ELSE resolve_by END, due_at = CASE WHEN due_at > $2 THEN due_at + $3 ELSE due_at END
            WHERE link = $1 AND over_at IS NULL AND (accept_by > $2 OR respond_by > $2 OR resolve_by > $2 OR due_at > $2)
            """,
            Bytes(link.Value), Micros.Of(since), Micros.Of(Now) - Micros.Of(since));
        return default;
    }

    public ValueTask<HandoffHead?> LockHandoff(HandoffId handoff) => new(sql.One(
        """
        SELECT h.link, l.state, h.placer, h.fulfiller, h.state, h.version, h.last_seq, h.head_hash,
               p.desk_kind, p.ticket, f.desk_kind, f.ticket
        FROM handoff h JOIN link l ON l.id = h.link
        LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1
        LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2
        WHERE h.id = $1
        """,
        r =>
        {
            var (placer, fulfiller) = (new AccountId(Id(r, 2)), new AccountId(Id(r, 3)));
            return new HandoffHead(
                handoff, new LinkId(Id(r, 0)), Words<LinkState>.Parse(r.GetString(1)), placer, fulfiller, Words<HandoffState>.Parse(r.GetString(4)),
                r.GetInt64(5), r.GetInt64(6), r.GetFieldValue<byte[]>(7),
                r.IsDBNull(8) ? null : new BondHead(placer, r.GetString(8), new TicketId(Id(r, 9))),
                r.IsDBNull(10) ? null : new BondHead(fulfiller, r.GetString(10), new TicketId(Id(r, 11))));
        },
        Bytes(handoff.Value)));

    public async ValueTask<HandoffHead?> LockOpenHandoff(TicketId ticket, AccountId account) =>
        (await ReadTies(ticket, account))?.Where(t => t.IsOpen).ToList() is [{ } only] ? await LockHandoff(only.Handoff) : null;

    public ValueTask<TicketHead?> LockTicket(TicketId ticket) => new(sql.One(
        "SELECT account, is_mirror FROM ticket WHERE id = $1",
        r => new TicketHead(ticket, new AccountId(Id(r, 0)), r.GetBoolean(1)),
        Bytes(ticket.Value)));

    public ValueTask<IReadOnlyList<TicketTie>?> ReadTies(TicketId ticket, AccountId account)
    {
        var rows = new List<TicketTie?>();
        sql.Each(
            """
            SELECT h.handoff, h.is_open FROM ticket t LEFT JOIN ticket_handoff h ON h.ticket = t.id
            WHERE t.id = $1 AND t.account = $2
            """,
            rows, r => r.IsDBNull(0) ? null : new TicketTie(new HandoffId(Id(r, 0)), r.GetBoolean(1)), Bytes(ticket.Value), Bytes(account.Value));
        return new(rows.Count == 0 ? null : [.. rows.OfType<TicketTie>()]);
    }

    public ValueTask Append(HandoffId handoff, IReadOnlyList<Entry> entries)
    {
        foreach (var e in entries)
        {
            sql.Run(
                "INSERT INTO entry (handoff, seq, op_id, type, side, bytes, body_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                Bytes(handoff.Value), e.Seq, Bytes(e.OpId), e.Type, (int)e.Side, e.Bytes, e.BodyHash, e.Hash);
        }

        var last = entries[^1];
        sql.Run(
            "UPDATE handoff SET last_seq = $2, head_hash = $3, unsettled_since = coalesce(unsettled_since, $4) WHERE id = $1",
            Bytes(handoff.Value), last.Seq, last.Hash, Micros.Of(Now));
        return default;
    }

    public ValueTask StoreItems(TicketId ticket, IReadOnlyList<PartnerItem> items)
    {
        var first = Take(ticket, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            sql.Run(
                """
                INSERT INTO partner_item (handoff, seq, desk, ticket, number, id, kind, body, author_side, author_kind, author_id, author_name, at, derived_from, retracted)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0)
                ON CONFLICT (handoff, seq, desk) DO NOTHING
                """,
                Bytes(item.Handoff.Value), item.Seq, (int)item.Desk, Bytes(ticket.Value), first + i, Bytes(item.Id), item.Kind, item.Body, (int)item.AuthorSide,
                item.AuthorKind, item.AuthorId, item.AuthorName, Micros.Of(item.At), item.DerivedFrom is { } d ? Bytes(d) : null);
        }

        return default;
    }

    public ValueTask<long> NextItemNumber(TicketId ticket) => new(Take(ticket, 1));

    public ValueTask StoreNote(Note note)
    {
        sql.Run(
            "INSERT INTO note (id, ticket, number, body, author, at, derived_from, retracted) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
            Bytes(note.Id), Bytes(note.Ticket.Value), Take(note.Ticket, 1), note.Body, Json(note.Author), Micros.Of(note.At), note.DerivedFrom is { } d ? Bytes(d) : null);
        return default;
    }

    public ValueTask StoreMessage(CustomerMessage message)
    {
        sql.Run(
            "INSERT INTO customer_message (id, ticket, number, body, author, at, derived_from, retracted, mail_due) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
            Bytes(message.Id), Bytes(message.Ticket.Value), Take(message.Ticket, 1), message.Body, Json(message.Author), Micros.Of(message.At),
            message.DerivedFrom is { } d ? Bytes(d) : null, message.MailDue is { } due ? Micros.Of(due) : null);
        return default;
    }

    public ValueTask CountBlob(BlobId blob)
    {
        sql.Run("UPDATE blob SET count = count + 1 WHERE id = $1", Bytes(blob.Value));
        return default;
    }

    public ValueTask<long> NextTicketNumber(AccountId account) => new(sql.One(
        "UPDATE account_counter SET tickets = tickets + 1 WHERE account = $1 RETURNING tickets", r => r.GetInt64(0), Bytes(account.Value)));

    public ValueTask<IReadOnlyList<DueBond>> TakeBonds(IReadOnlyList<HandoffId> handoffs)
    {
        var bonds = new List<DueBond>();
        foreach (var handoff in handoffs)
        {
            sql.Each(
                """
                SELECT b.side, b.account, b.desk_kind, b.ticket, b.applied_seq, h.last_seq, h.state, h.version, b.attempts, b.parked_at IS NOT NULL, b.told_version
                FROM bond b JOIN handoff h ON h.id = b.handoff JOIN link l ON l.id = h.link
                WHERE b.handoff = $1 AND b.applied_seq < h.last_seq AND (b.next_attempt_at IS NULL OR b.next_attempt_at <= $2)
                  AND l.state <> 'suspended'
                ORDER BY b.side
                """,
                bonds,
                r => new DueBond(
                    handoff, (Side)r.GetInt32(0), new AccountId(Id(r, 1)), r.GetString(2), new TicketId(Id(r, 3)), r.GetInt64(4), r.GetInt64(5),
                    Words<HandoffState>.Parse(r.GetString(6)), r.GetInt64(7), r.GetInt32(8), r.GetBoolean(9), r.GetInt64(10)),
                Bytes(handoff.Value), Micros.Of(Now));
        }

        return new(bonds);
    }

    public ValueTask<IReadOnlyList<Entry>> ReadEntries(HandoffId handoff, long after, int most, Side? by = null)
    {
        var entries = new List<Entry>();
        sql.Each(
            "SELECT seq, op_id, type, side, bytes, body_hash, hash FROM entry WHERE handoff = $1 AND seq > $2 AND ($4 IS NULL OR side = $4) ORDER BY seq LIMIT $3",
            entries,
            r => new Entry
            {
                Handoff = handoff,
                Seq = r.GetInt64(0),
                OpId = Id(r, 1),
                Type = r.GetString(2),
                Side = (Side)r.GetInt32(3),
                Bytes = r.GetFieldValue<byte[]>(4),
                BodyHash = r.GetFieldValue<byte[]>(5),
                Hash = r.GetFieldValue<byte[]>(6),
            },
            Bytes(handoff.Value), after, most, (int?)by);
        return new(entries);
    }

    public async ValueTask<ILookup<HandoffId, Entry>> ReadLogs(IReadOnlyCollection<KeyValuePair<HandoffId, long>> after, int most)
    {
        var entries = new List<Entry>();
        foreach (var (handoff, seq) in after)
        {
            entries.AddRange(await ReadEntries(handoff, seq, most));
        }

        return entries.ToLookup(e => e.Handoff);
    }

    public ValueTask MoveBond(DueBond bond, long applied)
    {
        sql.Run(
            "UPDATE bond SET applied_seq = $3, attempts = 0, next_attempt_at = NULL WHERE handoff = $1 AND side = $2 AND applied_seq < $3",
            Bytes(bond.Handoff.Value), (int)bond.Side, applied);
        return default;
    }

    public ValueTask NoteTold(DueBond bond)
    {
        sql.Run(
            "UPDATE bond SET told_version = $3, next_attempt_at = NULL WHERE handoff = $1 AND side = $2", Bytes(bond.Handoff.Value), (int)bond.Side, bond.Version);
        return default;
    }

    public ValueTask HoldBond(DueBond bond, DateTimeOffset? nextAttempt, string? parkedCause)
    {
        sql.Run(
            """
            UPDATE bond SET attempts = attempts + 1, next_attempt_at = $3, parked_at = coalesce(parked_at, $4), parked_cause = coalesce(parked_cause, $5),
                   told_version = CASE WHEN parked_at IS NULL THEN 0 ELSE told_version END
            WHERE handoff = $1 AND side = $2
            """,
            Bytes(bond.Handoff.Value), (int)bond.Side, nextAttempt is { } next ? Micros.Of(next) : null, parkedCause is null ? null : Micros.Of(Now), parkedCause);
        return default;
    }

    public ValueTask WriteReceipts(IReadOnlyList<Receipt> receipts)
    {
        foreach (var r in receipts)
        {
            sql.Run(
                """
                INSERT INTO receipt (handoff, seq, side, state, reason, at, head) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (handoff, seq, side) DO UPDATE SET state = excluded.state, reason = excluded.reason, at = excluded.at, head = excluded.head
                """,
                Bytes(r.Handoff.Value), r.Seq, (int)r.Side, r.State.Word(), r.Reason, Micros.Of(r.At), r.Head);
        }

        return default;
    }

    public ValueTask Settle(IReadOnlyList<HandoffId> handoffs)
    {
        foreach (var handoff in handoffs)
        {
            sql.Run(
                """
                UPDATE handoff SET unsettled_since = NULL
                WHERE id = $1 AND unsettled_since IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM bond b WHERE b.handoff = handoff.id AND b.applied_seq < handoff.last_seq)
                  AND EXISTS (SELECT 1 FROM event_cursor c WHERE c.handoff = handoff.id
                              AND c.own_seq >= handoff.last_seq AND c.placer_seq >= handoff.last_seq AND c.fulfiller_seq >= handoff.last_seq)
                """,
                Bytes(handoff.Value));
        }

        return default;
    }

    public ValueTask<long> LockEvents() => new(sql.One("SELECT last FROM event_counter WHERE id = 1", r => r.GetInt64(0)));

    public ValueTask<IReadOnlyList<DueEntries>> ReadDueEvents(IReadOnlyList<HandoffId> handoffs, int most)
    {
        var due = new List<DueEntries>();
        foreach (var handoff in handoffs)
        {
            var rows = new List<DueEntryRow>();
            sql.Each(
                """
                SELECT h.placer, h.fulfiller, h.own_seq, h.placer_seq, h.fulfiller_seq, h.placer_to, h.fulfiller_to, e.seq, e.side
                FROM (
                  SELECT h.id, h.placer, h.fulfiller, h.last_seq,
                         coalesce(c.own_seq, 0) AS own_seq, coalesce(c.placer_seq, 0) AS placer_seq, coalesce(c.fulfiller_seq, 0) AS fulfiller_seq,
                         coalesce(p.applied_seq, 0) AS placer_to, coalesce(f.applied_seq, CASE WHEN l.state = 'suspended' THEN 0 ELSE h.last_seq END) AS fulfiller_to
                  FROM handoff h JOIN link l ON l.id = h.link
                  LEFT JOIN bond p ON p.handoff = h.id AND p.side = 1
                  LEFT JOIN bond f ON f.handoff = h.id AND f.side = 2
                  LEFT JOIN event_cursor c ON c.handoff = h.id
                  WHERE h.id = $1
                ) h JOIN entry e ON e.handoff = h.id AND e.seq <= h.last_seq
                  AND e.seq > min(h.own_seq, CASE WHEN h.placer_to > h.placer_seq THEN h.placer_seq ELSE h.own_seq END,
                                  CASE WHEN h.fulfiller_to > h.fulfiller_seq THEN h.fulfiller_seq ELSE h.own_seq END)
                ORDER BY e.seq LIMIT $2
                """,
                rows,
                r => new DueEntryRow(
                    new EventPosition(handoff, r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)), new AccountId(Id(r, 0)), new AccountId(Id(r, 1)),
                    r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), (Side)r.GetInt32(8)),
                Bytes(handoff.Value), most);
            due.AddRange(DueEntryRow.Together(rows));
            most -= rows.Count;
            if (most <= 0)
            {
                break;
            }
        }

        return new(due);
    }

    public ValueTask WriteEvents(long first, IReadOnlyList<EntryEvent> events)
    {
        // Two rows for each comment: many in one statement, and the rest one by one.
        foreach (var some in events.Chunk(EventRows))
        {
            var (rows, step) = some.Length == EventRows ? (InsertManyEvents, EventRows) : (InsertOneEvent, 1);
            for (var at = 0; at < some.Length; at += step)
            {
                sql.Run(rows, [.. some.AsSpan(at, step).ToArray().SelectMany(e => new object?[] { Bytes(e.Account.Value), first++, Bytes(e.Handoff.Value), e.Seq })]);
            }
        }

        return default;
    }

    public ValueTask MoveEvents(IReadOnlyList<EventPosition> positions)
    {
        foreach (var at in positions)
        {
            sql.Run(
                """
                INSERT INTO event_cursor (handoff, own_seq, placer_seq, fulfiller_seq) VALUES ($1, $2, $3, $4)
                ON CONFLICT (handoff) DO UPDATE SET own_seq = excluded.own_seq, placer_seq = excluded.placer_seq, fulfiller_seq = excluded.fulfiller_seq
                """,
                Bytes(at.Handoff.Value), at.Own, at.Placer, at.Fulfiller);
        }

        return default;
    }

    public ValueTask CountEvents(long last)
    {
        sql.Run("UPDATE event_counter SET last = $1 WHERE id = 1", last);
        return default;
    }

    /// <summary>Units run one after another, so none with the same key can be under way.</summary>
    public ValueTask<Outcome<Replay?>> FindReplay(Once once) => new((Outcome<Replay?>)sql.One(
        "SELECT request, op_id, thing FROM idempotency WHERE scope = $1 AND key = $2 AND at > $3",
        r => new Replay(r.GetFieldValue<byte[]>(0), Id(r, 1), Id(r, 2)),
        once.Scope, once.Key, Micros.Of(Now - TimeSpan.FromDays(1))));

    public ValueTask Remember(Once once, Replay replay)
    {
        sql.Run(
            "INSERT OR REPLACE INTO idempotency (scope, key, request, op_id, thing, at) VALUES ($1, $2, $3, $4, $5, $6)",
            once.Scope, once.Key, replay.Request, Bytes(replay.OpId), Bytes(replay.Thing), Micros.Of(Now));
        return default;
    }

    /// <summary>A write that changes nothing anybody reads, to see whether writing works again.</summary>
    public ValueTask<Outcome<Done>> Probe()
    {
        sql.Run($"PRAGMA user_version = {sql.One("PRAGMA user_version", r => r.GetInt32(0)) ^ 1}");
        return new(default(Done));
    }

    private static string InsertEvents(int rows) => $"INSERT INTO account_event (account, number, handoff, seq) VALUES {string.Join(", ",
        Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"(${(4 * i) + 1}, ${(4 * i) + 2}, ${(4 * i) + 3}, ${(4 * i) + 4})")))}";

    private static byte[] Bytes(Guid id) => IdColumns.Bytes(id);

    private static Guid Id(SqliteDataReader reader, int column) => IdColumns.Id(reader.GetFieldValue<byte[]>(column));

    private static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, System.Text.Json.JsonSerializerOptions.Web);

    /// <summary>Takes so many append numbers of a ticket, and answers the first.</summary>
    private long Take(TicketId ticket, int count) => sql.One(
        "UPDATE ticket SET last_item = last_item + $2, changed_at = $3 WHERE id = $1 RETURNING last_item",
        r => r.GetInt64(0), Bytes(ticket.Value), count, Micros.Of(Now)) - count + 1;
}
