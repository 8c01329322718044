using Exchange.Core.Handoffs;
using Exchange.Core.Links;

namespace Exchange.Core.Quality;

/// <summary>What of one handoff its figures are made of.</summary>
/// <param name="Judgement">The placer's rating, if there is one that the reader sees.</param>
/// <param name="SuspendedSince">Of an open handoff whose link is suspended now. Suspensions that are over have moved its clocks.</param>
public sealed record ScoreRow(
    HandoffState State,
    DateTimeOffset OfferedAt,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? OverAt,
    DateTimeOffset? RespondBy,
    DateTimeOffset? ResolveBy,
    int ReworkCount,
    int Minutes,
    Judgement? Judgement,
    DateTimeOffset? SuspendedSince = null);

/// <summary>The figures of a rating: 1 to 5.</summary>
public sealed record Judgement(int Score, int? Quality, int? Speed, int? Communication);

/// <summary>Adds up how a fulfiller did for a placer. Pure: rows go in, figures come out.</summary>
/// <param name="now">What has no end yet is looked at as of now.</param>
public sealed class Scorecard(DateTimeOffset now)
{
    private readonly List<TimeSpan> _accepted = [];
    private readonly List<TimeSpan> _resolved = [];
    private readonly Votes _score = new();
    private readonly Votes _quality = new();
    private readonly Votes _speed = new();
    private readonly Votes _communication = new();
    private readonly Kept _respondBy = new();
    private readonly Kept _resolveBy = new();
    private readonly Dictionary<HandoffState, int> _ended = [];
    private int _offered;
    private int _reworks;
    private int _reworked;
    private int _minutes;

    public void Add(ScoreRow row)
    {
        _offered++;
        _ended[row.State] = _ended.GetValueOrDefault(row.State) + 1;
        if (row.AcceptedAt is { } accepted)
        {
            _accepted.Add(accepted - row.OfferedAt);
            if (row.ResolvedAt is { } resolved)
            {
                _resolved.Add(resolved - accepted);
                _reworked += row.ReworkCount > 0 ? 1 : 0;
            }
        }

        // An offer that was declined was answered too; one that was taken back before it was answered counts for nothing.
        var answered = row.AcceptedAt ?? (row.State == HandoffState.Declined ? row.OverAt : null);
        _respondBy.Add(Suspension.Moved(row.RespondBy, row.SuspendedSince, now), answered, row.State == HandoffState.Expired ? null : row.OverAt, now);
        if (row.AcceptedAt is not null)
        {
            _resolveBy.Add(Suspension.Moved(row.ResolveBy, row.SuspendedSince, now), row.ResolvedAt, row.OverAt, now);
        }

        _reworks += row.ReworkCount;
        _minutes += row.Minutes;
        if (row.Judgement is { } judgement)
        {
            _score.Add(judgement.Score);
            _quality.Add(judgement.Quality);
            _speed.Add(judgement.Speed);
            _communication.Add(judgement.Communication);
        }
    }

    public Figures Figures()
    {
        var (declined, expired) = (Ended(HandoffState.Declined), Ended(HandoffState.Expired));
        return new Figures(
            _offered, _accepted.Count, declined, expired, Share(_accepted.Count, _accepted.Count + declined + expired),
            Times(_accepted), _resolved.Count, Times(_resolved), _respondBy.Show(), _resolveBy.Show(),
            _reworks, Share(_reworked, _resolved.Count), Ended(HandoffState.Returned), Ended(HandoffState.Recalled), _minutes,
            new RatingFigures(_score.Count, _score.Mean, _quality.Mean, _speed.Mean, _communication.Mean, _score.Distribution));
    }

    private int Ended(HandoffState state) => _ended.GetValueOrDefault(state);

    private static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);

    private static TimeFigures Times(List<TimeSpan> times)
    {
        times.Sort();
        return new TimeFigures(times.Count, Rank(times, 0.5), Rank(times, 0.9));
    }

    /// <summary>The nearest rank: the least time that so large a share of all did not exceed.</summary>
    private static double? Rank(List<TimeSpan> sorted, double share) => sorted.Count == 0
        ? null
        : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)].TotalSeconds, 3);

    /// <summary>A clock against what was done.</summary>
    private sealed class Kept
    {
        private int _kept;
        private int _missed;
        private int _running;
        private int _without;

        public void Add(DateTimeOffset? due, DateTimeOffset? done, DateTimeOffset? ended, DateTimeOffset now)
        {
            if (due is not { } by)
            {
                _without++;
            }
            else if (done is { } at)
            {
                (_kept, _missed) = at <= by ? (_kept + 1, _missed) : (_kept, _missed + 1);
            }
            else if ((ended ?? now) > by)
            {
                _missed++;
            }
            else if (ended is null)
            {
                _running++;
            }
        }

        public ClockFigures Show() => new(_kept, _missed, _running, _without);
    }

    /// <summary>
    /// Votes from 1 to 5. Their mean is smoothed: five votes of 3.5 are added to those that were given, so that few votes say
    /// little; and it is not shown at all before there are five.
    /// </summary>
    private sealed class Votes
    {
        private const int Fewest = 5;
        private const int PriorVotes = 5;
        private const double Prior = 3.5;

        private readonly int[] _given = new int[5];

        public int Count => _given.Sum();

        public double? Mean => Count < Fewest
            ? null
            : Math.Round(((PriorVotes * Prior) + _given.Select((times, i) => times * (i + 1)).Sum()) / (PriorVotes + Count), 2);

        public IReadOnlyList<int>? Distribution => Count < Fewest ? null : _given;

        public void Add(int? vote)
        {
            if (vote is { } given)
            {
                _given[given - 1]++;
            }
        }
    }
}

/// <summary>The hard figures of a fulfiller, by the time at which handoffs were offered.</summary>
/// <param name="AcceptanceRate">Accepted, of those that were accepted, declined or left to expire; 0 to 1, and absent without any.</param>
/// <param name="AcceptTime">From the offer until it was accepted.</param>
/// <param name="Resolved">Handoffs that were resolved at least once.</param>
/// <param name="ResolveTime">From accepted until resolved first, waiting included.</param>
/// <param name="RespondBy">Whether the offer was answered, by accepting or declining, in time.</param>
/// <param name="ResolveBy">Whether what was accepted was resolved first in time.</param>
/// <param name="ReworkCount">How often work was sent back.</param>
/// <param name="ReworkShare">Resolved handoffs of which work was sent back, of all that were resolved; 0 to 1.</param>
/// <param name="Recalled">At any time, before the start too.</param>
/// <param name="LabourMinutes">As the fulfiller said when it resolved.</param>
public sealed record Figures(
    int Offered,
    int Accepted,
    int Declined,
    int Expired,
    double? AcceptanceRate,
    TimeFigures AcceptTime,
    int Resolved,
    TimeFigures ResolveTime,
    ClockFigures RespondBy,
    ClockFigures ResolveBy,
    int ReworkCount,
    double? ReworkShare,
    int Returned,
    int Recalled,
    int LabourMinutes,
    RatingFigures Ratings);

/// <summary>How long something took, in seconds. Both are nearest ranks: times that really occurred.</summary>
/// <param name="P90">Nine of ten took no longer.</param>
public sealed record TimeFigures(int Count, double? Median, double? P90);

/// <summary>How often a due time was kept.</summary>
/// <param name="Running">Not due yet, and not done.</param>
/// <param name="Without">Nothing was due. What ended undone before it was due is counted nowhere.</param>
public sealed record ClockFigures(int Kept, int Missed, int Running, int Without);

/// <summary>
/// How the work was rated. Each mean is smoothed: <c>(5 * 3.5 + sum of the votes) / (5 + number of the votes)</c>, so that one vote
/// more or less does not swing it. Under five votes it is absent.
/// </summary>
/// <param name="Count">Handoffs that were rated.</param>
/// <param name="Mean">Of the overall score.</param>
/// <param name="Distribution">How many gave 1, 2, 3, 4 and 5 overall; absent under five, as the mean.</param>
public sealed record RatingFigures(int Count, double? Mean, double? Quality, double? Speed, double? Communication, IReadOnlyList<int>? Distribution);
