using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>Verifies the hash chain of a handoff from what the contract says of it, and from nothing else.</summary>
internal static class Chain
{
    /// <returns>What is wrong first; null when the chain is whole and ends in this head.</returns>
    public static string? Flaw(IEnumerable<EntryRow> entries, long lastSeq, string headHash)
    {
        var previous = new byte[32];
        long seq = 0;
        foreach (var entry in entries)
        {
            seq++;
            if (entry.Seq != seq)
            {
                return $"entry {seq} is missing";
            }

            var body = SHA256.HashData(entry.Bytes);
            if (!Hex(body).Equals(entry.BodyHash, StringComparison.OrdinalIgnoreCase))
            {
                return $"the body of entry {seq} was changed";
            }

            using var fields = new MemoryStream();
            foreach (var field in (byte[][])[previous, Number(seq, 8), Encoding.UTF8.GetBytes(entry.OpId.ToString("D", CultureInfo.InvariantCulture)), Encoding.UTF8.GetBytes(entry.Type), body])
            {
                fields.Write(Number(field.Length, 4));
                fields.Write(field);
            }

            previous = SHA256.HashData(fields.ToArray());
            if (!Hex(previous).Equals(entry.Hash, StringComparison.OrdinalIgnoreCase))
            {
                return $"the hash of entry {seq} does not follow from the one before";
            }
        }

        return seq != lastSeq ? $"the log ends with {seq}, and its head is {lastSeq}"
            : !Hex(previous).Equals(headHash, StringComparison.OrdinalIgnoreCase) ? "the head is not that of the last entry"
            : null;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private static byte[] Number(long value, int bytes)
    {
        var big = new byte[bytes];
        for (var i = bytes - 1; i >= 0; i--, value >>= 8)
        {
            big[i] = (byte)value;
        }

        return big;
    }
}
