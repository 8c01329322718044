namespace Exchange.Core.Kernel;

/// <summary>An id with a type of its own, so that a ticket's id cannot stand where a handoff's is wanted.</summary>
public interface IId<TSelf> : IAnswer<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);

    Guid IAnswer<TSelf>.Thing => Value;

    static TSelf IAnswer<TSelf>.Replayed(Guid thing) => TSelf.From(thing);
}

public readonly record struct AccountId(Guid Value) : IId<AccountId>
{
    public static AccountId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

public readonly record struct LinkId(Guid Value) : IId<LinkId>
{
    public static LinkId From(Guid value) => new(value);

    public static bool operator <(LinkId one, LinkId other) => one.Value.CompareTo(other.Value) < 0;

    public static bool operator >(LinkId one, LinkId other) => one.Value.CompareTo(other.Value) > 0;

    public override string ToString() => Value.ToString("D");
}

public readonly record struct HandoffId(Guid Value) : IId<HandoffId>
{
    public static HandoffId From(Guid value) => new(value);

    public static bool operator <(HandoffId one, HandoffId other) => one.Value.CompareTo(other.Value) < 0;

    public static bool operator >(HandoffId one, HandoffId other) => one.Value.CompareTo(other.Value) > 0;

    public override string ToString() => Value.ToString("D");
}

public readonly record struct TicketId(Guid Value) : IId<TicketId>
{
    public static TicketId From(Guid value) => new(value);

    public static bool operator <(TicketId one, TicketId other) => one.Value.CompareTo(other.Value) < 0;

    public static bool operator >(TicketId one, TicketId other) => one.Value.CompareTo(other.Value) > 0;

    public override string ToString() => Value.ToString("D");
}

public readonly record struct FileId(Guid Value) : IId<FileId>
{
    public static FileId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}

public readonly record struct BlobId(Guid Value) : IId<BlobId>
{
    public static BlobId From(Guid value) => new(value);

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
