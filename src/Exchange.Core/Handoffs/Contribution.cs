using Exchange.Contracts.V1;
using Exchange.Core.Links;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>
/// What the fulfiller of one handoff has put into it so far (semantics 8): numbers alone, never a text. The three times add up to how
/// long the handoff was open, without the time during which its link was suspended.
/// </summary>
/// <param name="ActiveSeconds">It was the fulfiller's turn, and nothing kept it from going on; while it waited for partners of its own, too.</param>
/// <param name="WaitingSeconds">It was the placer's turn (a question, a counter-offer, a solution to confirm), or the work was on hold.</param>
/// <param name="TransportSeconds">It had become one side's turn, and that side's desk did not have the entry yet: charged to nobody.</param>
/// <param name="Comments">What the fulfiller said for its own sake and has not taken back.</param>
/// <param name="Files">What the fulfiller sent.</param>
/// <param name="Rework">How often the placer sent its work back.</param>
/// <param name="Minutes">Labour of all its resolves.</param>
public sealed record Contribution(long ActiveSeconds, long WaitingSeconds, long TransportSeconds, int Comments, int Files, int Rework, int Minutes)
{
    /// <param name="entries">Of one handoff, oldest first.</param>
    /// <param name="receipts">Of these entries; those of others do no harm.</param>
    /// <param name="suspensions">Of the handoff's link, past ones too.</param>
    public static Contribution Of(
        IEnumerable<Entry> entries, IReadOnlyCollection<Receipt> receipts, IReadOnlyCollection<Suspension> suspensions, DateTimeOffset now)
    {
        var tally = new ContributionTally();
        foreach (var entry in entries)
        {
            tally.Add(entry);
        }

        return tally.Sum(receipts, suspensions, now);
    }
}

/// <summary>Goes through a log entry by entry and keeps of it what <see cref="Contribution"/> needs: no text stays in memory.</summary>
public sealed class ContributionTally
{
    /// <summary>The wire names of entries that move a handoff.</summary>
    public static readonly IReadOnlyList<string> Moving = [.. EntryCodec.All.Where(t => t.Value.IsAssignableTo(typeof(IStateEntry))).Select(t => t.Key)];

    /// <summary>The wire names of what counts where the fulfiller entered it.</summary>
    public static readonly IReadOnlyList<string> Said = [EntryTypes.Commented, EntryTypes.FileAdded, EntryTypes.Retracted];

    private readonly List<Move> _moves = [];
    private readonly Dictionary<long, IReadOnlyList<Guid>> _comments = [];
    private readonly List<(long Seq, Guid File)> _files = [];
    private readonly List<(long Seq, long Comment)> _retracted = [];
    private int _rework;
    private int _minutes;

    /// <param name="entry">The one after those that were added before.</param>
    public void Add(Entry entry)
    {
        var data = entry.Body.Data;
        if (data is IStateEntry move)
        {
            _moves.Add(new Move(entry.Seq, entry.Side, entry.Body.At, Words<HandoffState>.Parse(move.State), data is CounteredData));
        }

        switch (data)
        {
            case ReworkedData:
                _rework++;
                break;
            case ResolvedData resolved:
                _minutes += resolved.Minutes ?? 0;
                break;
            case CommentedData said when entry.Side == Side.Fulfiller:
                _comments[entry.Seq] = [.. said.Files.Select(f => f.Id)];
                break;
            case FileAddedData sent when entry.Side == Side.Fulfiller:
                _files.Add((entry.Seq, sent.File.Id));
                break;
            case RetractedData taken when entry.Side == Side.Fulfiller:
                _retracted.Add((entry.Seq, taken.Seq));
                break;
        }
    }

    public Contribution Sum(IReadOnlyCollection<Receipt> receipts, IReadOnlyCollection<Suspension> suspensions, DateTimeOffset now)
    {
        var arrived = receipts.Where(r => r.State != ReceiptState.Parked).ToDictionary(r => (r.Seq, r.Side), r => r.At);

        // What is kept on a suspended link counts for nobody yet: else its number would tell the placer that something was said.
        var suspended = suspensions.Any(s => s.Until is null);
        bool Counts(long seq) => !suspended || arrived.ContainsKey((seq, Side.Placer));
        var gone = _retracted.Where(r => Counts(r.Seq)).Select(r => r.Comment).ToHashSet();
        var comments = _comments.Where(c => Counts(c.Key) && !gone.Contains(c.Key)).ToList();
        var files = comments.SelectMany(c => c.Value).Concat(_files.Where(f => Counts(f.Seq)).Select(f => f.File)).Distinct();
        var times = Spend(arrived, suspensions, now);
        return new Contribution(Seconds(times.Active), Seconds(times.Waiting), Seconds(times.Transport), comments.Count, files.Count(), _rework, _minutes);
    }

    private (TimeSpan Active, TimeSpan Waiting, TimeSpan Transport) Spend(
        Dictionary<(long Seq, Side Desk), DateTimeOffset> arrived, IReadOnlyCollection<Suspension> suspensions, DateTimeOffset now)
    {
        var (active, waiting, transport) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        Side? before = null;
        for (var i = 0; i < _moves.Count; i++)
        {
            var move = _moves[i];
            var end = i + 1 < _moves.Count ? _moves[i + 1].At : now;
            if (move.Turn is { } turn)
            {
                // The turn passes when the desk whose turn it is has the entry; one's own, and an offer, one has at once.
                var passes = turn != before && move.By != turn && !(turn == Side.Fulfiller && move.State == HandoffState.Offered);
                var there = !passes ? move.At : arrived.TryGetValue((move.Seq, turn), out var at) && at < end ? at : end;
                transport += Between(move.At, there);
                if (turn == Side.Fulfiller && move.State != HandoffState.OnHold)
                {
                    active += Between(there, end);
                }
                else
                {
                    waiting += Between(there, end);
                }
            }

            before = move.Turn;
        }

        return (active, waiting, transport);

        TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => to <= from
            ? TimeSpan.Zero
            : to - from - Suspension.Stretches(suspensions, from, to).Aggregate(TimeSpan.Zero, (stood, stretch) => stood + (stretch.Until - stretch.Since));
    }

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private sealed record Move(long Seq, Side By, DateTimeOffset At, HandoffState State, bool Countered)
    {
        public Side? Turn { get; } = Waiting.For(State, Countered);
    }
}
