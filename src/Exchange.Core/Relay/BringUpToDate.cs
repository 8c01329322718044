using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Relay;

/// <summary>Brings the desks of these handoffs up to date with their logs: entries applied+1 .. last, in order.</summary>
/// <param name="Only">One side alone, to find which desk it is that refuses; null for both.</param>
/// <param name="Most">Entries of one bond in one go; one at a time finds which entry it is.</param>
[AllowedTo(Roles.None)]
public sealed record BringUpToDate(IReadOnlyList<HandoffId> Handoffs, Side? Only, int Most) : IAsk<Brought>, IUpkeep;

/// <param name="Behind">Handoffs that have more than one batch to go.</param>
/// <param name="Held">Handoffs whose bonds were held meanwhile, so that others passed them over.</param>
public sealed record Brought(IReadOnlyList<HandoffId> Behind, IReadOnlyList<HandoffId> Held) : IAnswer<Brought>
{
    public Guid Thing => Guid.Empty;

    public static Brought Replayed(Guid thing) => new([], []);
}

public sealed class BringUpToDateDeed(Desks desks) : IDeed<BringUpToDate, Brought>
{
    /// <summary>Entries of one bond in one go.</summary>
    public const int Batch = 100;

    public async ValueTask<Outcome<Brought>> Do(BringUpToDate ask, Caller caller, IUnit unit)
    {
        // In order of the tickets, since a desk locks them: two relays at the tickets of many handoffs meet in one order.
        var bonds = (await unit.TakeBonds(ask.Handoffs)).Where(b => ask.Only is null || b.Side == ask.Only).OrderBy(b => b.Ticket.Value).ToList();
        var from = bonds.Where(b => !b.Parked).GroupBy(b => b.Handoff).ToDictionary(g => g.Key, g => g.Min(b => b.Applied));
        var logs = from.Count == 0 ? null : await unit.ReadLogs(from, ask.Most);
        var behind = new HashSet<HandoffId>();
        var receipts = new List<Receipt>();
        foreach (var bond in bonds)
        {
            var desk = desks.Of(bond.DeskKind);
            if ((bond.Parked ? await TellState(unit, desk, bond) : await TellEntries(unit, desk, bond, logs![bond.Handoff], receipts, behind)) is { } refused)
            {
                return refused;
            }
        }

        await unit.WriteReceipts(receipts);
        return new Brought([.. behind], [.. bonds.Select(b => b.Handoff).Distinct()]);
    }

    /// <summary>What the handoff is now still reaches a desk that refuses an item, beside the ordered items.</summary>
    private static async ValueTask<Fault?> TellState(IUnit unit, IDesk desk, DueBond bond)
    {
        if (bond.ToldVersion >= bond.Version)
        {
            return null;
        }

        if (await desk.Tell(unit, TicketOf(bond), bond.State, []) is { } refused)
        {
            return refused;
        }

        await unit.NoteTold(bond);
        return null;
    }

    private static async ValueTask<Fault?> TellEntries(
        IUnit unit, IDesk desk, DueBond bond, IEnumerable<Entry> log, List<Receipt> receipts, HashSet<HandoffId> behind)
    {
        // Not past what was there when the bond was taken: what comes after may have been said on a link suspended since, and is kept.
        var due = log.Where(e => e.Seq > bond.Applied && e.Seq <= bond.Last).ToList();
        if (due.Count == 0)
        {
            return null;
        }

        var others = due.Where(e => e.Side != bond.Side).ToList();
        if (others.Count > 0 && await desk.Tell(unit, TicketOf(bond), bond.State, others) is { } refused)
        {
            return refused;
        }

        await unit.MoveBond(bond, due[^1].Seq);
        receipts.AddRange(others.Select(e => new Receipt
        {
            Handoff = bond.Handoff, Seq = e.Seq, Side = bond.Side, State = ReceiptState.Applied, At = unit.Now, Head = due[^1].Hash,
        }));
        if (due[^1].Seq < bond.Last)
        {
            behind.Add(bond.Handoff);
        }

        return null;
    }

    private static DeskTicket TicketOf(DueBond bond) => new(bond.Handoff, bond.Side, bond.Account, bond.Ticket);
}
