using System.Security.Cryptography;
using System.Text;
using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Core.Tests.Handoffs;

/// <summary>A verifier of the hash chain, written from replication.md and sharing no code with the writer.</summary>
internal static class Chain
{
    public static readonly HandoffId Handoff = new(Guid.Parse("0195569e-3a00-7000-8000-000000000001"));
    public static readonly Actor Anna = new("person", "0195569e-3a00-7000-8000-00000000000a", "Anna Ährlich");
    public static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_560);

    public static List<Entry> Of(params IReadOnlyList<IEntryData> said)
    {
        var chain = new List<Entry>();
        for (var i = 0; i < said.Count; i++)
        {
            var previous = i == 0 ? new byte[32] : chain[^1].Hash;
            chain.Add(Entry.Next(Handoff, i + 1, previous, OpId(i), i % 2 == 0 ? Side.Placer : Side.Fulfiller, Anna, At.AddSeconds(i), said[i]));
        }

        return chain;
    }

    public static Guid OpId(int i) => Guid.Parse($"0195569e-3a00-7000-8000-{i + 100:x12}");

    /// <summary>The number of the first entry that does not fit; null when the log is whole and ends at this head.</summary>
    public static long? FirstBreak(IReadOnlyList<Entry> log, byte[] head)
    {
        var previous = new byte[32];
        for (var i = 0; i < log.Count; i++)
        {
            var e = log[i];
            var body = SHA256.HashData(e.Bytes);
            var hash = Hash(previous, e.Seq, e.OpId.ToString(), e.Type, body);
            if (e.Seq != i + 1 || !body.SequenceEqual(e.BodyHash) || !hash.SequenceEqual(e.Hash))
            {
                return i + 1;
            }

            previous = hash;
        }

        return previous.SequenceEqual(head) ? null : log.Count + 1;
    }

    public static byte[] Hash(byte[] previous, long seq, string opId, string type, byte[] bodyHash)
    {
        using var all = new MemoryStream();
        foreach (var field in (byte[][])[previous, Big(seq, 8), Encoding.ASCII.GetBytes(opId.ToLowerInvariant()), Encoding.UTF8.GetBytes(type), bodyHash])
        {
            all.Write(Big(field.Length, 4));
            all.Write(field);
        }

        return SHA256.HashData(all.ToArray());
    }

    public static Entry With(Entry e, long? seq = null, Guid? opId = null, string? type = null, byte[]? bytes = null, byte[]? bodyHash = null, byte[]? hash = null) => new()
    {
        Handoff = e.Handoff,
        Seq = seq ?? e.Seq,
        OpId = opId ?? e.OpId,
        Type = type ?? e.Type,
        Side = e.Side,
        Bytes = bytes ?? e.Bytes,
        BodyHash = bodyHash ?? e.BodyHash,
        Hash = hash ?? e.Hash,
    };

    public static byte[] Flipped(byte[] bytes, int at, byte mask)
    {
        var copy = bytes.ToArray();
        copy[at % copy.Length] ^= mask == 0 ? (byte)1 : mask;
        return copy;
    }

    private static byte[] Big(long value, int bytes) => [.. Enumerable.Range(0, bytes).Select(i => (byte)(value >> (8 * (bytes - 1 - i))))];
}
