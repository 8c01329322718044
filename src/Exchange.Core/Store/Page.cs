using System.Buffers.Text;
using System.Text.Json.Serialization;

namespace Exchange.Core.Store;

/// <summary>A position in a list: a number, or an id where the list has none.</summary>
public readonly record struct Cursor(long Number, Guid Id)
{
    /// <summary>Where the position is a time; of a cursor that somebody made up, the nearest that there is.</summary>
    public DateTimeOffset Time => Micros.ToTime(Math.Clamp(Number, Micros.Of(DateTimeOffset.MinValue), Micros.Of(DateTimeOffset.MaxValue)));

    /// <summary>Opaque to clients.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[24];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, Number);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static Cursor? TryParse(string text)
    {
        Span<byte> bytes = stackalloc byte[24];
        return text.Length == 32 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == 24
            ? new Cursor(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes), new Guid(bytes[8..], bigEndian: true))
            : null;
    }
}

/// <param name="Limit">1 to 200.</param>
/// <param name="After">Where the previous page ended.</param>
public sealed record PageAsk(int Limit, Cursor? After)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
}

/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

public static class Page
{
    /// <param name="rows">One more than the limit, if there are as many.</param>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, PageAsk ask, Func<T, Cursor> position) => rows.Count > ask.Limit
        ? new Page<T>([.. rows.Take(ask.Limit)], position(rows[ask.Limit - 1]).ToString())
        : new Page<T>(rows, null);
}
