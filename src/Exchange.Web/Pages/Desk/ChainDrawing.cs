using System.Globalization;
using Exchange.Core.Handoffs;
using Exchange.Web.Shell;

namespace Exchange.Web.Pages.Desk;

/// <param name="Class">What it says: <c>seg-ball</c>, <c>seg-open</c> or <c>seg-late</c>.</param>
/// <param name="X">Per cent of the width.</param>
public sealed record Segment(string Class, double X, double Width)
{
    public string Left => X.ToString("0.0", CultureInfo.InvariantCulture) + "%";

    public string Wide => Math.Max(0.4, Width).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}

/// <summary>One company of a chain as it is drawn.</summary>
/// <param name="Under">What is known of it, in a line below its name.</param>
/// <param name="Seal"><c>i</c> oneself, <c>p</c> an own partner, <c>h</c> further away, <c>x</c> hidden.</param>
/// <param name="State">Of the handoff that ties it to the row above, or for one above the viewer to the row below.</param>
/// <param name="InTime">Of what is done: whether it was in time; null where nothing was due.</param>
/// <param name="Said">The picture in words.</param>
public sealed record RelayRow(
    int Depth, string Name, string Under, string Seal, string? State, DateTimeOffset? Due, DateTimeOffset? Since, bool? InTime, bool Holds, bool Late,
    IReadOnlyList<Segment> Segments, IReadOnlyList<double> DueAt, string Said)
{
    /// <summary>What this company has put into the chain; null where that is not shown, and for the one at the top.</summary>
    public Contribution? Contribution { get; init; }
}

/// <summary>Draws a chain as a relay, one row a company: who had the ball when, as far as it is shown to the reader. Pure but for the texts.</summary>
public sealed class ChainDrawing(Texts t, Show show, string me, IReadOnlyDictionary<Guid, HandoffView> own)
{
    /// <summary>Where now stands, in per cent.</summary>
    public const double NowAt = 91;

    private readonly List<RelayRow> _rows = [];
    private DateTimeOffset _from;
    private DateTimeOffset _to;
    private IReadOnlyList<HolderView> _ball = [];

    public IReadOnlyList<RelayRow> Draw(ChainView chain)
    {
        (_from, _to, _ball) = (Earliest(chain.Top), show.Now, chain.Ball);
        _from = _from >= _to ? _to - TimeSpan.FromMinutes(1) : _from;
        if (chain.Top.Direction == "out")
        {
            Mine(0, null, [chain.Top]);
            Below(chain.Top, 1);
        }
        else
        {
            Above(chain.Top, 0, null);
        }

        return _rows;
    }

    /// <summary>Times along the top; of a chain of a few minutes each minute once.</summary>
    public IReadOnlyList<(string X, string Words)> Axis()
    {
        var days = (_to - _from).TotalHours > 30;
        return [.. Enumerable.Range(0, 4).Select(i =>
        {
            var when = _from + ((_to - _from) * i / 4);
            return (X: At(when).ToString("0.0", CultureInfo.InvariantCulture) + "%", Words: show.Local(when).ToString(days ? "d MMM HH:mm" : "HH:mm", CultureInfo.CurrentCulture));
        }).DistinctBy(mark => mark.Words, StringComparer.Ordinal)];
    }

    /// <summary>The companies above the viewer, from the top; under the last of them he stands himself.</summary>
    /// <param name="before">The hop that brought this row's company in; null for the top.</param>
    private void Above(HopView hop, int depth, HopView? before)
    {
        _rows.Add(Row(hop, depth, hop.Children is [var next, ..] ? next : null, above: true) with { Contribution = before?.Contribution });
        if (hop.Direction != "in")
        {
            foreach (var child in hop.Children)
            {
                Above(child, depth + 1, hop);
            }

            return;
        }

        Mine(depth + 1, hop, hop.Children);
        foreach (var child in hop.Children)
        {
            Below(child, depth + 2);
        }
    }

    private void Below(HopView hop, int depth)
    {
        _rows.Add(Row(hop, depth, hop.Children is [var next, ..] ? next : null, above: false) with { Contribution = hop.Contribution });
        foreach (var child in hop.Children)
        {
            Below(child, depth + 1);
        }
    }

    /// <param name="came">The handoff that the viewer fulfils; null where the ticket is its own.</param>
    private void Mine(int depth, HopView? came, IReadOnlyList<HopView> handed)
    {
        var holds = _ball.Any(b => b.Who == "you");
        var first = handed.Count > 0 && handed[0].Times is { } times ? times.OfferedAt : (DateTimeOffset?)null;
        var begun = came?.Times?.AcceptedAt ?? came?.Times?.OfferedAt ?? first;
        var due = came is null ? null : Due(came);
        var now = _ball.FirstOrDefault(b => b.Who == "you")?.Since;
        var number = came?.Id is { } id && own.TryGetValue(id.Value, out var h) ? h.Fulfiller.TicketNumber
            : handed.Count > 0 && handed[0].Id is { } out1 && own.TryGetValue(out1.Value, out var o) ? o.Placer.TicketNumber : null;
        var segments = begun is { } from ? Segments(from, first, came?.Times?.OverAt, now, due, holds) : [];
        _rows.Add(new RelayRow(
            depth, me, number is null ? t["you"] : t["{0} · you", number], "i", came?.State, due, came?.Times?.AcceptedAt, InTime(came), holds, holds && show.IsOver(due),
            segments, DueMarks(due), Spoken(segments, now)) { Contribution = came?.Contribution });
    }

    private RelayRow Row(HopView hop, int depth, HopView? next, bool above)
    {
        var alias = hop.Alias is null ? null : t["Partner {0}", hop.Alias[(hop.Alias.LastIndexOf(' ') + 1)..]];
        var name = hop.Account?.Name ?? alias ?? t["One more company"];
        var mine = hop.Id is { } id && own.TryGetValue(id.Value, out var h) ? h : null;
        var number = mine is null ? null : above ? mine.Placer.TicketNumber : mine.Fulfiller.TicketNumber;
        var under = mine is not null ? (number is null ? t["your partner"] : t["{0} · your partner", number])
            : hop.Account is not null ? t["shown by name"] : alias is not null ? t["alias, name not shown"] : hop.Clocks is not null ? t["state and clock only"] : t["state only"];
        var held = _ball.FirstOrDefault(b => b.Who is not null && b.Who != "you" && (b.Who == hop.Account?.Name || b.Who == hop.Alias));
        var due = Due(hop);
        var segments = hop.Times is not { } times ? []
            : above ? Segments(times.OfferedAt, times.OfferedAt, times.OverAt, held?.Since, null, held is not null)
            : Segments(times.OfferedAt, First(next?.Times?.OfferedAt, times.ResolvedAt, times.OverAt, Elsewhere(hop)), times.OverAt, held?.Since, due, held is not null);
        return new RelayRow(
            depth, name, under, mine is not null ? "p" : hop.Account is null && alias is null ? "x" : "h", hop.State, due, hop.Times?.AcceptedAt ?? hop.Times?.OfferedAt,
            InTime(hop), held is not null, show.IsOver(due) && !above, segments, above ? [] : DueMarks(due),
            hop.Times is null ? t["its times are not shown to you"] : Spoken(segments, held?.Since));
    }

    /// <summary>Since when the ball of a hop is with who placed it.</summary>
    private static DateTimeOffset? Elsewhere(HopView hop) => hop.State is "waiting_placer" or "resolved" ? hop.Ball?.Since : null;

    /// <summary>Open from one time to another; in hand until it was given on, and again since it came back.</summary>
    private List<Segment> Segments(DateTimeOffset from, DateTimeOffset? given, DateTimeOffset? over, DateTimeOffset? again, DateTimeOffset? due, bool holds)
    {
        var end = over ?? _to;
        var segments = new List<Segment> { Piece("seg-open", from, end) };
        if (holds && again <= from)
        {
            Ball(segments, from, end, due);
            return segments;
        }

        var until = First(given, over, holds ? again : null) ?? _to;
        if (until > from)
        {
            Ball(segments, from, until, due);
        }

        if (holds && again > from && over is null)
        {
            Ball(segments, again.Value, _to, due);
        }

        return segments;
    }

    private void Ball(List<Segment> segments, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? due)
    {
        if (due is { } by && by < to)
        {
            if (by > from)
            {
                segments.Add(Piece("seg-ball", from, by));
            }

            segments.Add(Piece("seg-late", by > from ? by : from, to));
            return;
        }

        segments.Add(Piece("seg-ball", from, to));
    }

    private string Spoken(List<Segment> segments, DateTimeOffset? now) => segments.Count == 0 ? ""
        : now is { } since ? t["has the ball since {0}", show.When(since)]
        : segments.Exists(s => s.Class is "seg-ball" or "seg-late") ? t["had the ball for {0}", show.Span(segments.Where(s => s.Class is "seg-ball" or "seg-late").Aggregate(TimeSpan.Zero, (sum, s) => sum + ((_to - _from) * (s.Width / NowAt))))]
        : t["open, the ball was elsewhere"];

    private Segment Piece(string name, DateTimeOffset from, DateTimeOffset to) => new(name, At(from), At(to) - At(from));

    private List<double> DueMarks(DateTimeOffset? due) => due is { } by && by >= _from && by <= _to ? [At(by)] : [];

    private double At(DateTimeOffset when) => Math.Clamp((when - _from) / (_to - _from), 0, 1) * NowAt;

    private static DateTimeOffset? Due(HopView hop) => hop.State switch
    {
        "offered" => hop.Clocks?.AcceptBy,
        "accepted" => hop.Clocks?.RespondBy ?? hop.Clocks?.ResolveBy,
        "in_progress" or "waiting_placer" or "on_hold" or "recall_requested" => hop.Clocks?.ResolveBy,
        _ => null,
    };

    private static bool? InTime(HopView? hop) => hop is { Times.ResolvedAt: { } done, Clocks.ResolveBy: { } by } && hop.State is "resolved" or "closed" ? done <= by : null;

    private static DateTimeOffset? First(params DateTimeOffset?[] times) => times.Min();

    private static DateTimeOffset Earliest(HopView hop) =>
        hop.Children.Select(Earliest).Append(hop.Times?.OfferedAt ?? DateTimeOffset.MaxValue).Min();
}
