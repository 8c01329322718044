using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Exchange.Benchmarks;

/// <summary>What B1 carries for one comment: where it belongs, when its clock began, and bytes for the entry and its hash.</summary>
readonly record struct BareMessage(long Handoff, long Seq, long Began)
{
    const int Head = 3 * sizeof(long);

    static readonly byte[] Filler = RandomNumberGenerator.GetBytes(32 + Commits.EntryBytes);

    public byte[] ToBytes()
    {
        var bytes = new byte[Head + Filler.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Handoff);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), Seq);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), Began);
        Filler.CopyTo(bytes, Head);
        return bytes;
    }

    public static BareMessage From(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64BigEndian(bytes),
        BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadInt64BigEndian(bytes[16..]));
}
