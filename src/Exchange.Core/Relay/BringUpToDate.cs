using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Relay;

/// <summary>Brings the desks of these handoffs up to date with their logs: entries applied+1 .. last, in order.</summary>
/// <param name="Only">One side alone, to find which desk it is that refuses; null for both.</param>
/// <param name="Most">Entries of one bond in one go; one at a time finds which entry it is.</param>
public sealed record BringUpToDate(IReadOnlyList<HandoffId> Handoffs, Side? Only, int Most) : IAsk<Brought>, IUpkeep;

/// <param name="Behind">Handoffs that have more than one batch to go.</param>
public sealed record Brought(IReadOnlyList<HandoffId> Behind) : IAnswer<Brought>
{
    public Guid Thing => Guid.Empty;

    public static Brought Replayed(Guid thing) => new([]);
}

public sealed class BringUpToDateDeed(Desks desks) : IDeed<BringUpToDate, Brought>
{
    /// <summary>Entries of one bond in one go.</summary>
    public const int Batch = 100;

    public async ValueTask<Outcome<Brought>> Do(BringUpToDate ask, Caller caller, IUnit unit)
    {
        var behind = new HashSet<HandoffId>();
        var receipts = new List<Receipt>();
        foreach (var bonds in (await unit.TakeBonds(ask.Handoffs)).Where(b => ask.Only is null || b.Side == ask.Only).GroupBy(b => b.Handoff))
        {
            IReadOnlyList<Entry>? log = null;
            var from = bonds.Where(b => !b.Parked).Select(b => b.Applied).DefaultIfEmpty().Min();
            foreach (var bond in bonds)
            {
                var desk = desks.Of(bond.DeskKind);
                var ticket = new DeskTicket(bond.Handoff, bond.Side, bond.Account, bond.Ticket);
                if (bond.Parked)
                {
                    // What the handoff is now still reaches a desk that refuses an item, beside the ordered items.
                    if (bond.ToldVersion < bond.Version)
                    {
                        if (await desk.Tell(unit, ticket, bond.State, []) is { } cannot)
                        {
                            return cannot;
                        }

                        await unit.NoteTold(bond);
                    }

                    continue;
                }

                log ??= await unit.ReadEntries(bond.Handoff, from, ask.Most);
                var due = log.Where(e => e.Seq > bond.Applied).ToList();
                var others = due.Where(e => e.Side != bond.Side).ToList();
                if (others.Count > 0 && await desk.Tell(unit, ticket, bond.State, others) is { } refused)
                {
                    return refused;
                }

                var applied = due.Count > 0 ? due[^1].Seq : bond.Applied;
                await unit.MoveBond(bond, applied);
                receipts.AddRange(others.Select(e => new Receipt
                {
                    Handoff = bond.Handoff, Seq = e.Seq, Side = bond.Side, State = ReceiptState.Applied, At = unit.Now, Head = due[^1].Hash,
                }));
                if (applied < bond.Last)
                {
                    behind.Add(bond.Handoff);
                }
            }
        }

        await unit.WriteReceipts(receipts);
        return new Brought([.. behind]);
    }
}
