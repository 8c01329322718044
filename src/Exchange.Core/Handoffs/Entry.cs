using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Exchange.Contracts.V1;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Core.Handoffs;

/// <summary>One fact in a handoff's log: numbered, hashed, never changed.</summary>
public sealed class Entry
{
    private EntryBody? _body;

    public required HandoffId Handoff { get; init; }

    public required long Seq { get; init; }

    /// <summary>The entry's own id; the first entry of an ask carries the ask's.</summary>
    public required Guid OpId { get; init; }

    public required string Type { get; init; }

    public required Side Side { get; init; }

    /// <summary>The exact bytes of the body, as hashed.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>SHA-256 of the bytes; it stays when the bytes are erased.</summary>
    public required byte[] BodyHash { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>The body, read from the bytes once.</summary>
    public EntryBody Body => _body ??= EntryCodec.Read(Type, Bytes);

    public Envelope ToEnvelope() => new(Handoff.Value, Seq, Type, Side.Word(), Hash);

    /// <summary>The next entry of a chain whose head is <paramref name="previous"/>.</summary>
    public static Entry Next(HandoffId handoff, long seq, byte[] previous, Guid opId, Side side, Actor actor, DateTimeOffset at, IEntryData data)
    {
        var salt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(12));
        var bytes = EntryCodec.Write(side.Word(), actor, at, salt, data);
        var type = EntryCodec.TypeOf(data);
        var bodyHash = SHA256.HashData(bytes);
        return new Entry
        {
            Handoff = handoff,
            Seq = seq,
            OpId = opId,
            Type = type,
            Side = side,
            Bytes = bytes,
            BodyHash = bodyHash,
            Hash = HashOf(previous, seq, opId, type, bodyHash),
            _body = new EntryBody(1, salt, side.Word(), actor, at, data, default),
        };
    }

    /// <summary>SHA-256 over five fields, each preceded by its length as a 4-byte big-endian integer.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> previous, long seq, Guid opId, string type, ReadOnlySpan<byte> bodyHash)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, seq);
        var buffer = new byte[(5 * 4) + previous.Length + 8 + 36 + Encoding.UTF8.GetByteCount(type) + bodyHash.Length];
        var at = 0;
        Put(buffer, ref at, previous);
        Put(buffer, ref at, number);
        Put(buffer, ref at, Encoding.UTF8.GetBytes(opId.ToString("D")));
        Put(buffer, ref at, Encoding.UTF8.GetBytes(type));
        Put(buffer, ref at, bodyHash);
        return SHA256.HashData(buffer);
    }

    private static void Put(byte[] buffer, ref int at, ReadOnlySpan<byte> field)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), field.Length);
        field.CopyTo(buffer.AsSpan(at + 4));
        at += 4 + field.Length;
    }
}
