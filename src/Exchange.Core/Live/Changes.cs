using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Live;

/// <summary>
/// What has changed, for the pages and streams that are open now. A deed says so for after its commit; whoever listens on this
/// node hears it at once, other nodes over the bus. Forgetful: who cannot keep up is told that he missed something.
/// </summary>
public sealed class Changes
{
    /// <summary>The kind of a change that is one person's own; its id is his.</summary>
    public const string PersonsOwn = "notice";

    private const int MostWaiting = 1000;

    private readonly ConcurrentDictionary<Listener, AccountId> _listeners = new();

    private readonly Channel<Change> _others = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>What was said on this node, for the other nodes.</summary>
    public ChannelReader<Change> ForOthers => _others.Reader;

    public void Ticket(IUnit unit, AccountId account, TicketId ticket) => After(unit, new Change(account.Value, "ticket", ticket.Value));

    public void Handoff(IUnit unit, AccountId account, HandoffId handoff) => After(unit, new Change(account.Value, "handoff", handoff.Value));

    public void Link(IUnit unit, AccountId account, LinkId link) => After(unit, new Change(account.Value, "link", link.Value));

    /// <summary>There are new events of this account, with their numbers.</summary>
    public void Event(IUnit unit, AccountId account) => After(unit, new Change(account.Value, "event", account.Value));

    /// <summary>One of its members was told something, or has read it. Others of the account hear nothing of it: see the stream of the pages.</summary>
    public void Notice(IUnit unit, AccountId account, PersonId person) => After(unit, new Change(account.Value, PersonsOwn, person.Value));

    /// <summary>Tells who listens on this node.</summary>
    public void Tell(Change change)
    {
        foreach (var (listener, account) in _listeners)
        {
            if (account.Value == change.Account)
            {
                listener.Hear(change);
            }
        }
    }

    /// <summary>What changes for an account from now on; null where so much changed at once that some of it was dropped.</summary>
    public async IAsyncEnumerable<Change?> Listen(AccountId account, [EnumeratorCancellation] CancellationToken ct)
    {
        var listener = new Listener();
        _listeners[listener] = account;
        try
        {
            while (await listener.Heard.WaitToReadAsync(ct))
            {
                while (listener.Heard.TryRead(out var change))
                {
                    yield return change;
                }

                if (listener.TakeMissed())
                {
                    yield return null;
                }
            }
        }
        finally
        {
            _listeners.TryRemove(listener, out _);
        }
    }

    /// <summary>After the commit of what changed.</summary>
    public void Handoff(AccountId account, HandoffId handoff) => Everywhere(new Change(account.Value, "handoff", handoff.Value));

    private void After(IUnit unit, Change change) => unit.AfterCommit(() => Everywhere(change));

    private void Everywhere(Change change)
    {
        Tell(change);
        _others.Writer.TryWrite(change);
    }

    private sealed class Listener
    {
        private readonly Channel<Change> _channel = Channel.CreateBounded<Change>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        private int _missed;

        public ChannelReader<Change> Heard => _channel.Reader;

        public void Hear(Change change)
        {
            if (!_channel.Writer.TryWrite(change))
            {
                Volatile.Write(ref _missed, 1);
            }
        }

        public bool TakeMissed() => Interlocked.Exchange(ref _missed, 0) == 1;
    }
}
