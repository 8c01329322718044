using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Quality;

/// <summary>
/// The placer's judgement of one handoff, as figures. What was said stands in the log alone. One row for each handoff: its key
/// is what keeps a second rating out.
/// </summary>
public sealed class Rating
{
    /// <summary>How long after its end a handoff may be rated.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    /// <summary>How long a rating may be changed.</summary>
    public static readonly TimeSpan ChangeWindow = TimeSpan.FromHours(72);

    public required HandoffId Handoff { get; init; }

    /// <summary>1 to 5.</summary>
    public required int Score { get; set; }

    public int? Quality { get; set; }

    public int? Speed { get; set; }

    public int? Communication { get; set; }

    public required DateTimeOffset RatedAt { get; init; }

    /// <summary>The entry that rated first.</summary>
    public required long FirstSeq { get; init; }

    /// <summary>The entry that says the figures above.</summary>
    public required long Seq { get; set; }

    /// <summary>The fulfiller's reply; null until there is one.</summary>
    public long? ReplySeq { get; set; }

    /// <summary>Whether there is work to judge: it was closed or returned, or recalled after it had begun.</summary>
    public static bool HasWork(Handoff handoff) => handoff.State is HandoffState.Closed or HandoffState.Returned
        || (handoff.State == HandoffState.Recalled && handoff.StartedAt is not null);

    /// <summary>Why there is nothing to rate; null where there is.</summary>
    public static string? NothingToRate(Handoff handoff) => HasWork(handoff)
        ? null
        : handoff.State switch
        {
            HandoffState.Recalled => "The handoff was recalled before the work began: there is nothing to rate.",
            _ when handoff.State.IsOver() => $"The handoff is {handoff.State.Word()}: there is nothing to rate.",
            _ => $"The handoff is {handoff.State.Word()}: it can be rated when it is closed.",
        };

    /// <summary>Why it is too late to rate; null while it is not.</summary>
    public static string? TooLateToRate(Handoff handoff, DateTimeOffset now) => now <= handoff.OverAt + Window
        ? null
        : $"The handoff ended on {handoff.OverAt:yyyy-MM-dd HH:mm} UTC, and can be rated for {Window.TotalDays} days after that.";

    /// <summary>Why it is too late to change this rating; null while it is not.</summary>
    public string? TooLateToChange(DateTimeOffset now) => now <= RatedAt + ChangeWindow
        ? null
        : $"It was rated on {RatedAt:yyyy-MM-dd HH:mm} UTC, and a rating can be changed for {ChangeWindow.TotalHours} hours.";
}

/// <summary>
/// What the placer notes for itself beside a rating. It never leaves the placer's own views: no entry, message or word of the port
/// can hold one.
/// </summary>
public sealed class RatingNote
{
    public required HandoffId Handoff { get; init; }

    public required string Text { get; set; }

    /// <summary>Who wrote it last.</summary>
    public required Actor Author { get; set; }

    public required DateTimeOffset At { get; set; }
}
