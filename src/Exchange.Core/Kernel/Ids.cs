namespace Exchange.Core.Kernel;

/// <summary>An id with a type of its own, so that a ticket's id cannot stand where a handoff's is wanted.</summary>
public interface IId<TSelf> : IAnswer<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

public readonly record struct AccountId(Guid Value) : IId<AccountId>
{
    public Guid Thing => Value;

    public static AccountId From(Guid value) => new(value);

    public static AccountId Replayed(Guid thing) => new(thing);

    public override string ToString() => Value.ToString("D");
}

public readonly record struct KeyId(Guid Value) : IId<KeyId>
{
    public Guid Thing => Value;

    public static KeyId From(Guid value) => new(value);

    public static KeyId Replayed(Guid thing) => new(thing);

    public static bool operator <(KeyId one, KeyId other) => one.Value.CompareTo(other.Value) < 0;

    public static bool operator >(KeyId one, KeyId other) => one.Value.CompareTo(other.Value) > 0;

    public override string ToString() => Value.ToString("D");
}

public readonly record struct LinkId(Guid Value) : IId<LinkId>
{
    public Guid Thing => Value;

    public static LinkId From(Guid value) => new(value);

    public static LinkId Replayed(Guid thing) => new(thing);

    public static bool operator <(LinkId one, LinkId other) => one.Value.CompareTo(other.Value) < 0;

    public static bool operator >(LinkId one, LinkId other) => one.Value.CompareTo(other.Value) > 0;

    public override string ToString() => Value.ToString("D");
}

public readonly record struct HandoffId(Guid Value) : IId<HandoffId>
{
    public Guid Thing => Value;

    public static HandoffId From(Guid value) => new(value);

    public static HandoffId Replayed(Guid thing) => new(thing);

    public static bool operator <(HandoffId one, HandoffId other) => one.Value.CompareTo(other.Value) < 0;

    public static bool operator >(HandoffId one, HandoffId other) => one.Value.CompareTo(other.Value) > 0;

    public override string ToString() => Value.ToString("D");
}

public readonly record struct TicketId(Guid Value) : IId<TicketId>
{
    public Guid Thing => Value;

    public static TicketId From(Guid value) => new(value);

    public static TicketId Replayed(Guid thing) => new(thing);

    public override string ToString() => Value.ToString("D");
}

public readonly record struct FileId(Guid Value) : IId<FileId>
{
    public Guid Thing => Value;

    public static FileId From(Guid value) => new(value);

    public static FileId Replayed(Guid thing) => new(thing);

    public override string ToString() => Value.ToString("D");
}

public readonly record struct BlobId(Guid Value) : IId<BlobId>
{
    public Guid Thing => Value;

    public static BlobId From(Guid value) => new(value);

    public static BlobId Replayed(Guid thing) => new(thing);

    public override string ToString() => Value.ToString("D");
}

/// <summary>Makes ids and times.</summary>
public static class Ids
{
    /// <summary>A UUIDv7: ids made later sort later, so indexes grow at their end.</summary>
    public static Guid New(DateTimeOffset now) => Guid.CreateVersion7(now);

    /// <summary>The present, in UTC, truncated to microseconds: what every database here can keep.</summary>
    public static DateTimeOffset Present(this TimeProvider time)
    {
        var ticks = time.GetUtcNow().UtcTicks;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
