using System.Buffers.Binary;
using System.IO.Compression;

namespace Exchange.Api.Demo;

/// <summary>A small picture of a few colours, drawn by hand, and written as PNG.</summary>
internal sealed class TinyPng
{
    public const int Width = 96;
    public const int Height = 64;

    private const byte White = 0, Black = 1, Grey = 2, Red = 3, Green = 4, Amber = 5, Night = 6;
    private static readonly byte[] Colours = [250, 250, 247, 24, 24, 28, 190, 192, 196, 200, 44, 40, 46, 150, 84, 232, 160, 36, 18, 28, 44];
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    // The segments of a display, from the top round to the upper left, and the middle one last.
    private static readonly Dictionary<char, string> Segments = new()
    {
        ['0'] = "abcdef", ['1'] = "bc", ['2'] = "abdeg", ['3'] = "abcdg", ['4'] = "bcfg", ['5'] = "acdfg", ['6'] = "acdefg", ['7'] = "abc",
        ['8'] = "abcdefg", ['9'] = "abcdfg", ['E'] = "adefg", ['-'] = "g",
    };

    private readonly byte[] _dots = new byte[Width * Height];

    /// <summary>A label with a bar code of its own.</summary>
    /// <param name="printed">How much of it was printed, from the left: 1 is a good label.</param>
    public static TinyPng Label(string code, double printed = 1)
    {
        var png = new TinyPng();
        png.Box(0, 0, Width, Height, Grey);
        png.Box(6, 6, 84, 52, White);
        var (x, end) = (12, 12 + (int)(72 * printed));
        for (var i = 0; x < end; i++)
        {
            var wide = 1 + ((code[i % code.Length] + i) % 3);
            png.Box(x, 12, Math.Min(wide, end - x), 30, Black);
            x += wide + 1 + (code[i % code.Length] % 2);
        }

        for (var i = 0; i < code.Length && 14 + (i * 6) < end; i++)
        {
            png.Box(14 + (i * 6), 47, 4, 5, Black);
        }

        return png;
    }

    /// <summary>A dial with a red zone at its end.</summary>
    /// <param name="value">Where the needle stands, from 0 to 1.</param>
    public static TinyPng Gauge(double value)
    {
        var png = new TinyPng();
        png.Box(0, 0, Width, Height, White);
        for (var step = 0; step <= 400; step++)
        {
            var at = step / 400.0;
            for (var radius = 38; radius <= 44; radius++)
            {
                png.Polar(at, radius, at > 0.8 ? Red : at > 0.6 ? Amber : Green);
            }
        }

        for (var radius = 0; radius <= 34; radius++)
        {
            png.Polar(value, radius, Black);
            png.Polar(value + 0.01, radius, Black);
        }

        png.Box(44, 52, 9, 9, Black);
        return png;
    }

    /// <summary>A display of up to four digits, E and hyphens.</summary>
    public static TinyPng Display(string text)
    {
        var png = new TinyPng();
        png.Box(0, 0, Width, Height, Grey);
        png.Box(5, 5, 86, 54, Night);
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var segment in Segments[text[i]])
            {
                png.Segment(12 + (i * 20), 14, segment);
            }
        }

        return png;
    }

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 8; // bits for each dot
        header[9] = 3; // a dot is the number of a colour
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, Colours);
        Chunk(file, "IDAT"u8, Packed());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            for (var row = 0; row < Height; row++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(_dots, row * Width, Width);
            }
        }

        return packed.ToArray();
    }

    private void Segment(int x, int y, char segment)
    {
        var (dx, dy, width, height) = segment switch
        {
            'a' => (1, 0, 12, 3),
            'b' => (11, 2, 3, 15),
            'c' => (11, 19, 3, 15),
            'd' => (1, 33, 12, 3),
            'e' => (0, 19, 3, 15),
            'f' => (0, 2, 3, 15),
            _ => (1, 16, 12, 3),
        };
        Box(x + dx, y + dy, width, height, Amber);
    }

    private void Polar(double at, int radius, byte colour)
    {
        var angle = Math.PI * (1 - at);
        Box(48 + (int)Math.Round(radius * Math.Cos(angle)), 56 - (int)Math.Round(radius * Math.Sin(angle)), 1, 1, colour);
    }

    private void Box(int x, int y, int width, int height, byte colour)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(Width, x + width); column++)
            {
                _dots[(row * Width) + column] = colour;
            }
        }
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. type, .. data]));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xffffffff;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320);
            }
        }

        return ~crc;
    }
}
