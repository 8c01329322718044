using Exchange.Core.Kernel;

namespace Exchange.Core.Events;

/// <summary>Up to which number the events of an account were forgotten: who has read less has missed some.</summary>
public sealed class ForgottenEvents
{
    public required AccountId Account { get; init; }

    /// <summary>The highest number that was forgotten.</summary>
    public required long Number { get; set; }
}

/// <summary>The last number that was given at a time. Events of entries keep no time of their own, so their age is known from this.</summary>
public sealed class EventMark
{
    public required DateTimeOffset At { get; init; }

    public required long Number { get; init; }
}
