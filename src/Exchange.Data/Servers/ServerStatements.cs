namespace Exchange.Data.Servers;

/// <summary>
/// The hot statements of a database server (replication rule 11). Each locks what its name says before it reads, so that what
/// is read is what was committed last.
/// </summary>
public abstract class ServerStatements
{
    /// <summary>link</summary>
    public abstract Statement ShareLink { get; }

    /// <summary>link</summary>
    public abstract Statement OwnLink { get; }

    /// <summary>link, since when, by how much: what is due of its open handoffs later than that</summary>
    public abstract Statement MoveClocks { get; }

    /// <summary>handoff; no rows wanted. A statement of its own: what is joined to a row that was waited for would be older than the row.</summary>
    public abstract Statement LockHandoff { get; }

    /// <summary>handoff: link, link state, placer, fulfiller, state, version, last seq, head hash, desk kind and ticket of the placer and of the fulfiller, handoff</summary>
    public abstract Statement ReadHandoff { get; }

    /// <summary>ticket, account: as <see cref="ReadHandoff"/> with the handoff after it; locks the handoff, and reads of it alone what is not older than the lock</summary>
    public abstract Statement LockOpenHandoff { get; }

    /// <summary>ticket: account, is mirror</summary>
    public abstract Statement LockTicket { get; }

    /// <summary>ticket, account: handoff, is open</summary>
    public abstract Statement ReadTies { get; }

    /// <summary>handoff, seq, op id, type, side, bytes, body hash, hash</summary>
    public abstract Statement InsertEntry { get; }

    /// <summary>handoff, last seq, head hash, now</summary>
    public abstract Statement MoveHead { get; }

    /// <summary>handoff, seq, desk, ticket, id, kind, body, author side, author kind, author id, author name, at, derived from, now: under the ticket's next number, once</summary>
    public abstract Statement InsertItem { get; }

    /// <summary>id, ticket, body, author, at, derived from, now: under the ticket's next number</summary>
    public abstract Statement InsertNote { get; }

    /// <summary>As <see cref="InsertNote"/>, and when a mail is due.</summary>
    public abstract Statement InsertMessage { get; }

    /// <summary>blob, how many more</summary>
    public abstract Statement CountBlob { get; }

    /// <summary>ticket, now: the number</summary>
    public abstract Statement NextItemNumber { get; }

    /// <summary>account: the number</summary>
    public abstract Statement NextTicketNumber { get; }

    /// <summary>handoffs, now: handoff, side, account, desk kind, ticket, applied, last, state, version, attempts, is parked, told version; those that others hold, and those of suspended links, are passed over</summary>
    public abstract Statement TakeBonds { get; }

    /// <summary>handoff, after, most, side or null: the entry</summary>
    public abstract Statement ReadEntries { get; }

    /// <summary>handoffs, their positions, most of each: the entries, by handoff and seq</summary>
    public abstract Statement ReadLogs { get; }

    /// <summary>handoff, side, applied</summary>
    public abstract Statement MoveBond { get; }

    /// <summary>handoff, side, version</summary>
    public abstract Statement NoteTold { get; }

    /// <summary>handoff, side, next attempt, parked at, parked cause</summary>
    public abstract Statement HoldBond { get; }

    /// <summary>handoff, seq, side, state, reason, at, head; a later one takes the place of an earlier</summary>
    public abstract Statement WriteReceipt { get; }

    /// <summary>handoffs; those that others hold are passed over</summary>
    public abstract Statement Settle { get; }

    /// <summary>the last number; locks the counter of events</summary>
    public abstract Statement LockEvents { get; }

    /// <summary>
    /// handoffs, most: handoff, placer, fulfiller, the three positions (own, placer, fulfiller), how far the placer and the fulfiller
    /// may come, seq, side; by handoff and seq, all of one moment
    /// </summary>
    public abstract Statement ReadDueEvents { get; }

    /// <summary>first number, accounts, handoffs, seqs</summary>
    public abstract Statement InsertEvents { get; }

    /// <summary>handoffs, own, placer, fulfiller</summary>
    public abstract Statement MoveEvents { get; }

    /// <summary>last number</summary>
    public abstract Statement CountEvents { get; }

    /// <summary>scope, key: waits until no other unit has this key, for as long as the engine waits for a lock; no rows wanted</summary>
    public abstract Statement LockReplay { get; }

    /// <summary>scope, key, not older than: request, op id, thing</summary>
    public abstract Statement FindReplay { get; }

    /// <summary>scope, key, request, op id, thing, at</summary>
    public abstract Statement Remember { get; }

    /// <summary>op id: one row if a unit that carried it was committed</summary>
    public abstract Statement WasDone { get; }

    /// <summary>handoffs, now: those that are behind and can be brought on</summary>
    public abstract Statement StillBehind { get; }

    /// <summary>By name, for the approved text.</summary>
    public IEnumerable<(string Name, Statement Statement)> All => typeof(ServerStatements).GetProperties()
        .Where(p => p.PropertyType == typeof(Statement)).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (p.Name, (Statement)p.GetValue(this)!));
}
