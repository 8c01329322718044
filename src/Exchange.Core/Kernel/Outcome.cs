using System.Diagnostics.CodeAnalysis;

namespace Exchange.Core.Kernel;

/// <summary>What came of an ask: its answer, or the fault that refused it.</summary>
public readonly struct Outcome<T>
{
    private Outcome(T? value, Fault? fault) => (Value, Fault) = (value, fault);

    public T? Value { get; }

    public Fault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Ok => Fault is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Fault fault) => new(default, fault);
}

/// <summary>The answer of an ask that has nothing to say but that it is done.</summary>
public readonly record struct Done : IAnswer<Done>
{
    public Guid Thing => Guid.Empty;

    public static Done Replayed(Guid thing) => default;
}

/// <summary>An answer that can be given again from the id of the thing that was made (Idempotency-Key).</summary>
public interface IAnswer<TSelf>
{
    /// <summary>The id of what the ask made or changed.</summary>
    Guid Thing { get; }

    static abstract TSelf Replayed(Guid thing);
}
