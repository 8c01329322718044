using System.Buffers.Binary;
using Exchange.Core.Kernel;

namespace Exchange.Core.Links;

/// <summary>One version of a link's terms, as the answer of what was done with it.</summary>
/// <param name="Thing">
/// For the replay of a request: the version alone, in the shape of an id. The link stands in the address of the request.
/// </param>
public readonly record struct TermsId(Guid Thing, int Version) : IAnswer<TermsId>
{
    public static TermsId Of(int version)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], version);
        return new TermsId(new Guid(bytes, bigEndian: true), version);
    }

    public static TermsId Replayed(Guid thing)
    {
        Span<byte> bytes = stackalloc byte[16];
        thing.TryWriteBytes(bytes, bigEndian: true, out _);
        return new TermsId(thing, BinaryPrimitives.ReadInt32BigEndian(bytes[12..]));
    }
}
