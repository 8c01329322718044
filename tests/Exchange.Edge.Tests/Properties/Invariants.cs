using System.Data.Common;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Properties;

/// <summary>
/// The invariants of the log, read from the tables alone. Watched at every commit, on SQLite on the connection that is about to make it.
/// </summary>
internal sealed class Invariants
{
    private readonly Dictionary<(Guid, int), long> _applied = [];
    private readonly Dictionary<(Guid, long), EntryRow> _read = [];
    private readonly Dictionary<Guid, string> _whole = [];
    private readonly Dictionary<Guid, long> _versions = [];
    private List<EntryRow> _new = [];

    /// <summary>What was broken, where.</summary>
    public List<string> Broken { get; } = [];

    public int Commits { get; private set; }

    /// <summary>What each commit added to the logs, in the order of the commits, until somebody takes it away.</summary>
    public List<IReadOnlyList<EntryRow>> Fresh { get; } = [];

    /// <summary>Where the relay brought which desk, in the order of the commits, until somebody takes it away.</summary>
    public List<(Guid Handoff, int Side, long Applied)> Moved { get; } = [];

    public void Watch(DbConnection connection)
    {
        Commits++;
        Check(Rows.Read(connection));
    }

    public void Check(Rows read)
    {
        // Entries never change: each body is read once, each log verified when it has grown.
        var rows = read with { Entries = read.Entries.SelectMany(g => g).Select(Once).ToLookup(e => e.Handoff) };
        if (_new.Count > 0)
        {
            Fresh.Add(_new);
            _new = [];
        }

        NothingGoesOverASuspendedLink(rows);
        foreach (var handoff in rows.Handoffs)
        {
            var log = rows.Entries[handoff.Id].ToList();
            LogAgreesWithState(handoff, log);
            var now = $"{log.Count} {handoff.LastSeq} {handoff.HeadHash}";
            if (_whole.GetValueOrDefault(handoff.Id) == now)
            {
                continue;
            }

            _whole[handoff.Id] = now;
            if (Chain.Flaw(log, handoff.LastSeq, handoff.HeadHash) is { } flaw)
            {
                Broken.Add($"I2/I13: {flaw} ({handoff.Id})");
            }
        }

        var ops = rows.Entries.SelectMany(g => g).GroupBy(e => e.OpId).Where(g => g.Count() > 1);
        Broken.AddRange(ops.Select(g => $"I4: the op {g.Key} stands in {g.Count()} entries"));
        foreach (var bond in rows.Bonds)
        {
            CursorOnlyGrows(rows, bond);
            DeskHasWhatItShould(rows, bond);
        }

        foreach (var items in rows.Items.Where(g => !rows.Bonds.Any(b => b.Handoff == g.Key.Handoff && b.Side == g.Key.Desk)))
        {
            Broken.Add($"I3: {items.Count()} items of {items.Key.Handoff} stand in a desk without a bond");
        }
    }

    private EntryRow Once(EntryRow row)
    {
        var key = (row.Handoff, row.Seq);
        if (!_read.TryGetValue(key, out var known) || known.Hash != row.Hash)
        {
            _read[key] = known = row;
            _new.Add(row);
        }

        return known;
    }

    /// <summary>While a link is suspended what is said is kept, commands are refused and nothing begins.</summary>
    private void NothingGoesOverASuspendedLink(Rows rows)
    {
        var suspended = rows.Links.Where(l => l.State == "suspended").Select(l => l.Id).ToHashSet();
        foreach (var handoff in rows.Handoffs)
        {
            if (suspended.Contains(handoff.Link))
            {
                if (_versions.GetValueOrDefault(handoff.Id) != handoff.Version)
                {
                    Broken.Add($"link-not-active: handoff {handoff.Id} became {handoff.State} v{handoff.Version} over a suspended link");
                }

                Broken.AddRange(rows.Bonds.Where(b => b.Handoff == handoff.Id && _applied.GetValueOrDefault((b.Handoff, b.Side)) != b.Applied)
                    .Select(b => $"kept: side {b.Side} of {b.Handoff} was brought to {b.Applied} over a suspended link"));
            }

            _versions[handoff.Id] = handoff.Version;
        }
    }

    /// <summary>I1: replaying the entries gives the state and the version that the handoff has.</summary>
    private void LogAgreesWithState(HandoffRow handoff, List<EntryRow> log)
    {
        var moves = log.Where(e => e.State is not null).ToList();
        if (moves.Count == 0 || moves[^1].State != handoff.State || moves.Count != handoff.Version)
        {
            Broken.Add($"I1: handoff {handoff.Id} is {handoff.State} v{handoff.Version}, its log says {moves.LastOrDefault()?.State} v{moves.Count}");
        }
    }

    private void CursorOnlyGrows(Rows rows, BondRow bond)
    {
        var key = (bond.Handoff, bond.Side);
        var last = rows.Handoffs.Single(h => h.Id == bond.Handoff).LastSeq;
        if (bond.Applied > last || bond.Applied < _applied.GetValueOrDefault(key))
        {
            Broken.Add($"I5: bond {key} went from {_applied.GetValueOrDefault(key)} to {bond.Applied} of {last}");
        }

        if (bond.Applied > _applied.GetValueOrDefault(key))
        {
            Moved.Add((bond.Handoff, bond.Side, bond.Applied));
        }

        _applied[key] = bond.Applied;
    }

    /// <summary>I3: its own side's entries up to the last, all others up to the cursor; those that it passed over count as skipped.</summary>
    private void DeskHasWhatItShould(Rows rows, BondRow bond)
    {
        var skipped = rows.Receipts.Where(r => r.Handoff == bond.Handoff && r.Side == bond.Side && r.State == "refused").Select(r => r.Seq).ToHashSet();
        var visible = rows.Entries[bond.Handoff].Where(e => e.Side == bond.Side || (e.Seq <= bond.Applied && !skipped.Contains(e.Seq))).ToList();
        var gone = visible.Select(e => e.Retracts).OfType<long>().ToHashSet();
        var should = visible.Where(e => e.Text is not null)
            .Select(e => $"{e.Seq} {e.OpId} {e.Kind} by {e.Side} {(gone.Contains(e.Seq) ? "retracted" : e.Text)} on {bond.Ticket}");
        var does = rows.Items[(bond.Handoff, bond.Side)]
            .Select(i => $"{i.Seq} {i.Id} {i.Kind} by {i.AuthorSide} {(i.Retracted ? $"retracted{i.Body}" : i.Body)} on {i.Ticket}");
        Compare($"I3: items of {bond.Handoff} in the desk of side {bond.Side} at {bond.Applied}", should, does);

        var announced = visible.SelectMany(e => e.Files).Select(f => $"{f.Id} {f.Sha256} {f.Size}").Distinct(StringComparer.Ordinal);
        var files = rows.Files.Where(f => f.Handoff == bond.Handoff && f.Ticket == bond.Ticket).Select(f => $"{f.Shared} {f.Sha256} {f.Size}");
        Compare($"I3: files of {bond.Handoff} in the desk of side {bond.Side} at {bond.Applied}", announced, files);
    }

    private void Compare(string what, IEnumerable<string> should, IEnumerable<string> does)
    {
        var (wanted, found) = (should.Order(StringComparer.Ordinal).ToList(), does.Order(StringComparer.Ordinal).ToList());
        if (!wanted.SequenceEqual(found, StringComparer.Ordinal))
        {
            Broken.Add($"{what}: missing [{string.Join("; ", wanted.Except(found, StringComparer.Ordinal))}], too much [{string.Join("; ", found.Except(wanted, StringComparer.Ordinal))}]");
        }
    }
}
