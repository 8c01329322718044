using System.Data.Common;
using System.Text.Json;
using Exchange.Core.Desk;
using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Exchange.Data.Servers;

/// <summary>
/// One unit of work on a database server: one connection, one transaction. Statements that answer nothing are kept back and go
/// out together with the next one that does, or with the commit: a comment takes two round trips.
/// </summary>
internal sealed class ServerUnit(ServerSession session, ServerStatements sql, TimeProvider time, Guid opId) : IUnit
{
    private readonly List<Action> _effects = [];
    private readonly List<(Statement Statement, object?[] Values)> _pending = [];
    private readonly SortedDictionary<Guid, long> _blobs = [];

    public ExchangeDb Db => session.Context(this);

    public DateTimeOffset Now { get; private set; } = time.Present();

    public Guid OpId { get; } = opId;

    public IReadOnlyList<Action> Effects => _effects;

    /// <summary>Whether something that carries the op id is among what was written, so that it can be found out later whether it was committed.</summary>
    public bool Marked { get; private set; }

    public async ValueTask Flush()
    {
        if (session.HasContext)
        {
            await Db.SaveChangesAsync();
        }
    }

    public void AfterCommit(Action effect) => _effects.Add(effect);

    public async ValueTask SendPending()
    {
        if (_pending.Count > 0)
        {
            await session.Run(Taken());
        }
    }

    public async Task Commit(Func<DbConnection, Task>? before, Func<DbConnection, Task>? answering)
    {
        await Flush();
        foreach (var (blob, more) in _blobs)
        {
            Keep(sql.CountBlob, blob, more);
        }

        await session.Commit(Taken(), before, answering);
    }

    public async ValueTask LockLink(LinkId link, bool own)
    {
        await Each(own ? sql.OwnLink : sql.ShareLink, r => r.FieldCount, link.Value);
        Now = time.Present();
    }

    public ValueTask MoveClocks(LinkId link, DateTimeOffset since) => Later(sql.MoveClocks, link.Value, Micros.Of(since), Micros.Of(Now) - Micros.Of(since));

    public async ValueTask<HandoffHead?> LockHandoff(HandoffId handoff)
    {
        Keep(sql.LockHandoff, handoff.Value);
        var rows = await Each(sql.ReadHandoff, ReadHead, handoff.Value);
        Now = time.Present();
        return rows.SingleOrDefault();
    }

    public async ValueTask<HandoffHead?> LockOpenHandoff(TicketId ticket, AccountId account)
    {
        var rows = await Each(sql.LockOpenHandoff, ReadHead, ticket.Value, account.Value);
        Now = time.Present();
        return rows.SingleOrDefault();
    }

    public async ValueTask<TicketHead?> LockTicket(TicketId ticket)
    {
        var rows = await Each(sql.LockTicket, r => new TicketHead(ticket, new AccountId(session.Id(r, 0)), r.GetBoolean(1)), ticket.Value);
        Now = time.Present();
        return rows.SingleOrDefault();
    }

    public async ValueTask<IReadOnlyList<TicketTie>?> ReadTies(TicketId ticket, AccountId account)
    {
        var rows = await Each(sql.ReadTies, r => r.IsDBNull(0) ? null : new TicketTie(new HandoffId(session.Id(r, 0)), r.GetBoolean(1)), ticket.Value, account.Value);
        return rows.Count == 0 ? null : [.. rows.OfType<TicketTie>()];
    }

    public ValueTask Append(HandoffId handoff, IReadOnlyList<Entry> entries)
    {
        foreach (var e in entries)
        {
            Keep(sql.InsertEntry, handoff.Value, e.Seq, e.OpId, e.Type, (int)e.Side, e.Bytes, e.BodyHash, e.Hash);
        }

        Marked = true;
        return Later(sql.MoveHead, handoff.Value, entries[^1].Seq, entries[^1].Hash, Micros.Of(Now));
    }

    public ValueTask StoreItems(TicketId ticket, IReadOnlyList<PartnerItem> items)
    {
        foreach (var item in items)
        {
            Keep(sql.InsertItem,
                item.Handoff.Value, item.Seq, (int)item.Desk, ticket.Value, item.Id, item.Kind, item.Body, (int)item.AuthorSide,
                item.AuthorKind, item.AuthorId, item.AuthorName, Micros.Of(item.At), item.DerivedFrom, Micros.Of(Now));
        }

        return default;
    }

    public async ValueTask<long> NextItemNumber(TicketId ticket) => (await Each(sql.NextItemNumber, r => r.GetInt64(0), ticket.Value, Micros.Of(Now))).Single();

    public ValueTask StoreNote(Note note)
    {
        Marked = true;
        return Later(sql.InsertNote, note.Id, note.Ticket.Value, note.Body, Json(note.Author), Micros.Of(note.At), note.DerivedFrom, Micros.Of(Now));
    }

    public ValueTask StoreMessage(CustomerMessage message)
    {
        Marked = true;
        return Later(sql.InsertMessage, message.Id, message.Ticket.Value, message.Body, Json(message.Author), Micros.Of(message.At), message.DerivedFrom, Micros.Of(Now),
            message.MailDue is { } due ? Micros.Of(due) : null);
    }

    public ValueTask CountBlob(BlobId blob)
    {
        _blobs[blob.Value] = _blobs.GetValueOrDefault(blob.Value) + 1;
        return default;
    }

    public async ValueTask<long> NextTicketNumber(AccountId account) => (await Each(sql.NextTicketNumber, r => r.GetInt64(0), account.Value)).Single();

    public async ValueTask<IReadOnlyList<DueBond>> TakeBonds(IReadOnlyList<HandoffId> handoffs) => await Each(
        sql.TakeBonds,
        r => new DueBond(
            new HandoffId(session.Id(r, 0)), (Side)r.GetInt32(1), new AccountId(session.Id(r, 2)), r.GetString(3), new TicketId(session.Id(r, 4)),
            r.GetInt64(5), r.GetInt64(6), Words<HandoffState>.Parse(r.GetString(7)), r.GetInt64(8), r.GetInt32(9), r.GetBoolean(10), r.GetInt64(11)),
        Values(handoffs), Micros.Of(Now));

    public async ValueTask<IReadOnlyList<Entry>> ReadEntries(HandoffId handoff, long after, int most, Side? by = null) =>
        await Each(sql.ReadEntries, ReadEntry, handoff.Value, after, most, (int?)by);

    public async ValueTask<ILookup<HandoffId, Entry>> ReadLogs(IReadOnlyCollection<KeyValuePair<HandoffId, long>> after, int most) =>
        (await Each(sql.ReadLogs, ReadEntry, after.Select(a => a.Key.Value).ToArray(), after.Select(a => a.Value).ToArray(), most)).ToLookup(e => e.Handoff);

    public ValueTask MoveBond(DueBond bond, long applied) => Later(sql.MoveBond, bond.Handoff.Value, (int)bond.Side, applied);

    public ValueTask NoteTold(DueBond bond) => Later(sql.NoteTold, bond.Handoff.Value, (int)bond.Side, bond.Version);

    public ValueTask HoldBond(DueBond bond, DateTimeOffset? nextAttempt, string? parkedCause) => Later(
        sql.HoldBond, bond.Handoff.Value, (int)bond.Side, nextAttempt is { } next ? Micros.Of(next) : null, parkedCause is null ? null : Micros.Of(Now), parkedCause);

    public ValueTask WriteReceipts(IReadOnlyList<Receipt> receipts)
    {
        foreach (var r in receipts)
        {
            Keep(sql.WriteReceipt, r.Handoff.Value, r.Seq, (int)r.Side, r.State.Word(), r.Reason, Micros.Of(r.At), r.Head);
        }

        return default;
    }

    public ValueTask Settle(IReadOnlyList<HandoffId> handoffs) => Later(sql.Settle, (object)Values(handoffs));

    public async ValueTask<long> LockEvents() => (await Each(sql.LockEvents, r => r.GetInt64(0))).Single();

    public async ValueTask<IReadOnlyList<DueEntries>> ReadDueEvents(IReadOnlyList<HandoffId> handoffs, int most) => [.. DueEntryRow.Together(await Each(
        sql.ReadDueEvents,
        r => new DueEntryRow(
            new EventPosition(new HandoffId(session.Id(r, 0)), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)), new AccountId(session.Id(r, 1)), new AccountId(session.Id(r, 2)),
            r.GetInt64(6), r.GetInt64(7), r.GetInt64(8), (Side)r.GetInt32(9)),
        Values(handoffs), most))];

    public ValueTask WriteEvents(long first, IReadOnlyList<EntryEvent> events)
    {
        foreach (var some in events.Chunk(500))
        {
            Keep(sql.InsertEvents, first, some.Select(e => e.Account.Value).ToArray(), some.Select(e => e.Handoff.Value).ToArray(), some.Select(e => e.Seq).ToArray());
            first += some.Length;
        }

        return default;
    }

    public ValueTask MoveEvents(IReadOnlyList<EventPosition> positions) => positions.Count == 0 ? default : Later(
        sql.MoveEvents, positions.Select(at => at.Handoff.Value).ToArray(), positions.Select(at => at.Own).ToArray(),
        positions.Select(at => at.Placer).ToArray(), positions.Select(at => at.Fulfiller).ToArray());

    public ValueTask CountEvents(long last) => Later(sql.CountEvents, last);

    public async ValueTask<Outcome<Replay?>> FindReplay(Once once)
    {
        Keep(sql.LockReplay, once.Scope, once.Key);
        try
        {
            var found = await Each(
                sql.FindReplay, r => new Replay(r.GetFieldValue<byte[]>(0), session.Id(r, 1), session.Id(r, 2)),
                once.Scope, once.Key, Micros.Of(Now - TimeSpan.FromDays(1)));
            return found.SingleOrDefault();
        }
        catch (DbException e) when (session.WaitedTooLong(e))
        {
            return new Fault(Codes.InFlight, "A request with this Idempotency-Key is still under way: send this one again in a moment.");
        }
    }

    public ValueTask Remember(Once once, Replay replay) =>
        Later(sql.Remember, once.Scope, once.Key, replay.Request, replay.OpId, replay.Thing, Micros.Of(Now));

    private static Guid[] Values(IReadOnlyList<HandoffId> handoffs) => [.. handoffs.Select(h => h.Value)];

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private HandoffHead ReadHead(DbDataReader r)
    {
        var (placer, fulfiller) = (new AccountId(session.Id(r, 2)), new AccountId(session.Id(r, 3)));
        return new HandoffHead(
            new HandoffId(session.Id(r, 12)), new LinkId(session.Id(r, 0)), Words<LinkState>.Parse(r.GetString(1)), placer, fulfiller,
            Words<HandoffState>.Parse(r.GetString(4)), r.GetInt64(5), r.GetInt64(6), r.GetFieldValue<byte[]>(7),
            r.IsDBNull(8) ? null : new BondHead(placer, r.GetString(8), new TicketId(session.Id(r, 9))),
            r.IsDBNull(10) ? null : new BondHead(fulfiller, r.GetString(10), new TicketId(session.Id(r, 11))));
    }

    private Entry ReadEntry(DbDataReader r) => new()
    {
        Handoff = new HandoffId(session.Id(r, 0)),
        Seq = r.GetInt64(1),
        OpId = session.Id(r, 2),
        Type = r.GetString(3),
        Side = (Side)r.GetInt32(4),
        Bytes = r.GetFieldValue<byte[]>(5),
        BodyHash = r.GetFieldValue<byte[]>(6),
        Hash = r.GetFieldValue<byte[]>(7),
    };

    private ValueTask Later(Statement statement, params object?[] values)
    {
        Keep(statement, values);
        return default;
    }

    private void Keep(Statement statement, params object?[] values) => _pending.Add((statement, values));

    private async ValueTask<List<T>> Each<T>(Statement statement, Func<DbDataReader, T> read, params object?[] values)
    {
        Keep(statement, values);
        return await session.Read(Taken(), read);
    }

    private (Statement, object?[])[] Taken()
    {
        var taken = _pending.ToArray();
        _pending.Clear();
        return taken;
    }
}
