using Exchange.Contracts.V1;
using Exchange.Core.Desk;
using Exchange.Core.Files;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Live;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>A desk behind the port that keeps its tickets like the built-in one, and refuses or fails when it is told to.</summary>
internal sealed class TestDesk(FileBell bell, Changes changes) : IDesk
{
    public const string Name = "test";

    private readonly BuiltInDesk _inner = new(bell, changes);

    /// <summary>Refuses what it is told, where this answers a fault. It may throw.</summary>
    public Func<DeskTicket, HandoffState, IReadOnlyList<Entry>, Fault?>? Objection { get; set; }

    /// <summary>States that it was told without any entry.</summary>
    public List<HandoffState> StatesAlone { get; } = [];

    public string Kind => Name;

    public ValueTask<Outcome<TicketSnapshot>> Snapshot(IUnit unit, AccountId account, TicketId ticket, Picks picks, bool reopen = false) =>
        _inner.Snapshot(unit, account, ticket, picks, reopen);

    public ValueTask<TicketTraits?> Traits(IUnit unit, AccountId account, TicketId ticket) => _inner.Traits(unit, account, ticket);

    public ValueTask<Outcome<IncomingHandoff>> Incoming(IUnit unit, AccountId account, TicketId ticket) => _inner.Incoming(unit, account, ticket);

    public ValueTask<Outcome<PickedTalk>> Pick(IUnit unit, DeskTicket ticket, Guid? comment, IReadOnlyList<FileId> files) =>
        _inner.Pick(unit, ticket, comment, files);

    public ValueTask Bind(IUnit unit, BoundHandoff handoff) => _inner.Bind(unit, handoff);

    public ValueTask<MirrorTicket> OpenMirror(IUnit unit, BoundHandoff handoff, OfferedData offer) => _inner.OpenMirror(unit, handoff, offer);

    public async ValueTask<Fault?> Tell(
        IUnit unit, DeskTicket ticket, HandoffState state, IReadOnlyList<Entry> entries, IReadOnlyDictionary<Guid, Guid>? origins = null)
    {
        if (entries.Count == 0)
        {
            StatesAlone.Add(state);
        }

        return Objection?.Invoke(ticket, state, entries) ?? await _inner.Tell(unit, ticket, state, entries, origins);
    }

    /// <summary>An objection to entries of the other side that say this.</summary>
    public static Func<DeskTicket, HandoffState, IReadOnlyList<Entry>, Fault?> RefusesText(string text, Func<Fault> fault) =>
        (ticket, _, entries) => entries.Any(e => e.Side != ticket.Side && Item.Of(e)?.Body.Contains(text, StringComparison.Ordinal) == true) ? fault() : null;
}
