using Exchange.Core.Events;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;

namespace Exchange.Core.Store;

/// <summary>One database engine: how units of work are committed, how rows are locked, and the few hot statements.</summary>
public interface IDialect
{
    /// <summary>
    /// Runs one unit of work and answers after its commit. A fault undoes what the unit did. The work may run twice,
    /// after a failure that was not its own, so it has no effect outside the database but through <see cref="IUnit.AfterCommit"/>.
    /// Answers <c>not-ready</c> when the database cannot take it now.
    /// </summary>
    Task<Outcome<T>> Do<T>(Func<IUnit, ValueTask<Outcome<T>>> work, CancellationToken ct);

    /// <summary>A context for reading, outside any unit of work. It sees every commit that was answered before it was made.</summary>
    ExchangeDb Read();

    /// <summary>
    /// How many handoffs the relay brings up to date in one unit. Where tickets are locked meanwhile they are few: a unit that waits
    /// for one writer holds up the writers of all the others.
    /// </summary>
    int HeldAtOnce { get; }

    /// <summary>
    /// Those of these handoffs that are behind and can be brought on now. A ring that came while another relay held the bonds was
    /// passed over, so who held them looks again after its commit. Empty where units never meet.
    /// </summary>
    Task<IReadOnlyList<HandoffId>> StillBehind(IReadOnlyList<HandoffId> handoffs, CancellationToken ct);

    /// <summary>Null when the database can be read and written; otherwise what is wrong, for the operator.</summary>
    Task<string?> Trouble(CancellationToken ct);

    /// <summary>Whether reading failed because the database is away, which is nobody's bug and passes.</summary>
    bool IsAway(Exception e) => false;
}

/// <summary>What one Idempotency-Key had as its effect.</summary>
public sealed record Replay(byte[] Request, Guid OpId, Guid Thing);

/// <summary>One unit of work. Everything done through it is committed together.</summary>
public interface IUnit
{
    /// <summary>The context on the unit's own connection and transaction, for commands of low rate.</summary>
    ExchangeDb Db { get; }

    /// <summary>Not before the locks that were taken so far.</summary>
    DateTimeOffset Now { get; }

    /// <summary>
    /// Made with the ask; the first entry that the ask appends carries it, or the note or message that it stores: so that after
    /// a commit whose answer was lost it can be found out whether it was done.
    /// </summary>
    Guid OpId { get; }

    /// <summary>Writes what the context has pending, before a statement that needs it. The commit does so too.</summary>
    ValueTask Flush();

    /// <summary>Runs once the unit is committed; never for one that is not.</summary>
    void AfterCommit(Action effect);

    // Locks: link, then ancestors from the root down, then handoff, then ticket, then the account's counters; blobs at the commit.
    // The counter of events is locked by its sequencer alone, which takes no other lock.

    /// <summary>Offers share the link; whoever changes it owns it.</summary>
    ValueTask LockLink(LinkId link, bool own);

    /// <summary>Locks the handoff and reads what every command and comment needs of it; null when there is none.</summary>
    ValueTask<HandoffHead?> LockHandoff(HandoffId handoff);

    /// <summary>
    /// Locks the one open handoff of a ticket of this account, and reads of it what a comment from that side needs: the other
    /// side's bond may be missing in it. Null when there is not exactly one.
    /// </summary>
    ValueTask<HandoffHead?> LockOpenHandoff(TicketId ticket, AccountId account);

    /// <summary>Locks the ticket and reads what a comment needs of it; null when there is none.</summary>
    ValueTask<TicketHead?> LockTicket(TicketId ticket);

    /// <summary>The handoffs that a ticket of this account is tied to; null when the account has no such ticket. Takes no lock.</summary>
    ValueTask<IReadOnlyList<TicketTie>?> ReadTies(TicketId ticket, AccountId account);

    /// <summary>Moves what is due of the link's open handoffs after <paramref name="since"/> by the time from then to now. Under the link's own lock, under which no handoff of it changes its state.</summary>
    ValueTask MoveClocks(LinkId link, DateTimeOffset since);

    // Hot statements: append, store, read, apply, move.

    /// <summary>Stores the entries and moves the handoff's <c>last_seq</c>, <c>head_hash</c> and <c>unsettled_since</c>.</summary>
    ValueTask Append(HandoffId handoff, IReadOnlyList<Entry> entries);

    /// <summary>Stores shared items on a ticket, each under the ticket's next append numbers; one that is there already stays as it is.</summary>
    ValueTask StoreItems(TicketId ticket, IReadOnlyList<Desk.PartnerItem> items);

    /// <summary>Takes the ticket's next append number.</summary>
    ValueTask<long> NextItemNumber(TicketId ticket);

    /// <summary>Stores the note under its ticket's next append number.</summary>
    ValueTask StoreNote(Desk.Note note);

    /// <summary>Stores the message under its ticket's next append number.</summary>
    ValueTask StoreMessage(Desk.CustomerMessage message);

    /// <summary>One more file refers to these bytes. Many handoffs may share them, so it is counted at the commit, in the order of ids.</summary>
    ValueTask CountBlob(BlobId blob);

    /// <summary>Takes the account's next ticket number.</summary>
    ValueTask<long> NextTicketNumber(AccountId account);

    /// <summary>Locks the bonds of these handoffs that are behind, skipping those that others hold, those whose next attempt is not due, and those of a suspended link. Parked ones come too, for their state.</summary>
    ValueTask<IReadOnlyList<DueBond>> TakeBonds(IReadOnlyList<HandoffId> handoffs);

    /// <summary>Entries after <paramref name="after"/>, oldest first.</summary>
    /// <param name="by">The entries of one side alone; null for all.</param>
    ValueTask<IReadOnlyList<Entry>> ReadEntries(HandoffId handoff, long after, int most, Side? by = null);

    /// <summary>The entries after each handoff's position, oldest first, so many of each at most.</summary>
    ValueTask<ILookup<HandoffId, Entry>> ReadLogs(IReadOnlyCollection<KeyValuePair<HandoffId, long>> after, int most);

    /// <summary>Moves the cursor forward and clears what went wrong before; never moves it back.</summary>
    ValueTask MoveBond(DueBond bond, long applied);

    /// <summary>Notes that a parked bond's desk knows the handoff's present state.</summary>
    ValueTask NoteTold(DueBond bond);

    /// <summary>Counts a failure; with a cause the bond is parked (and stays so), and not before that time it is tried again.</summary>
    ValueTask HoldBond(DueBond bond, DateTimeOffset? nextAttempt, string? parkedCause);

    /// <summary>One receipt for each entry and side: a later one takes the place of an earlier.</summary>
    ValueTask WriteReceipts(IReadOnlyList<Receipt> receipts);

    /// <summary>Clears <c>unsettled_since</c> where every bond has caught up with the <c>last_seq</c> that is there now, and so have the events.</summary>
    ValueTask Settle(IReadOnlyList<HandoffId> handoffs);

    /// <summary>Locks the one counter of events: there is one sequencer at a time. The last number that was given.</summary>
    ValueTask<long> LockEvents();

    /// <summary>What of these handoffs may be events by now and has no number, so many entries at most. Under the counter's lock.</summary>
    ValueTask<IReadOnlyList<DueEntries>> ReadDueEvents(IReadOnlyList<HandoffId> handoffs, int most);

    /// <summary>Stores events of entries, numbered from the first on.</summary>
    ValueTask WriteEvents(long first, IReadOnlyList<EntryEvent> events);

    ValueTask MoveEvents(IReadOnlyList<EventPosition> positions);

    /// <summary>Notes the last number that was given.</summary>
    ValueTask CountEvents(long last);

    /// <summary>Null when this key was not used. Waits for a request with the same key that is under way; the fault says that this took too long.</summary>
    ValueTask<Outcome<Replay?>> FindReplay(Once once);

    ValueTask Remember(Once once, Replay replay);
}

/// <summary>A handoff under its lock: what every command and comment needs, in one statement.</summary>
/// <param name="LinkState">Read without a lock.</param>
public sealed record HandoffHead(
    HandoffId Id,
    LinkId Link,
    Links.LinkState LinkState,
    AccountId Placer,
    AccountId Fulfiller,
    HandoffState State,
    long Version,
    long LastSeq,
    byte[] HeadHash,
    BondHead? PlacerBond,
    BondHead? FulfillerBond)
{
    public Side? SideOf(AccountId account) =>
        account == Placer ? Side.Placer : account == Fulfiller ? Side.Fulfiller : null;

    /// <summary>Null for the exchange too: it has no desk, and its entries go to both by the relay.</summary>
    public BondHead? BondOf(Side side) => side switch
    {
        Side.Placer => PlacerBond,
        Side.Fulfiller => FulfillerBond,
        _ => null,
    };
}

/// <summary>The ticket that a handoff is tied to on one side.</summary>
public sealed record BondHead(AccountId Account, string DeskKind, TicketId Ticket);

/// <summary>One handoff of a ticket, as its desk knows it.</summary>
public sealed record TicketTie(HandoffId Handoff, bool IsOpen);

/// <summary>A ticket under its lock.</summary>
public sealed record TicketHead(TicketId Id, AccountId Account, bool IsMirror);
