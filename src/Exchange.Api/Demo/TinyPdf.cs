using System.Globalization;
using System.Text;

namespace Exchange.Api.Demo;

/// <summary>Writes a PDF of one page with a title and some lines of text. It has what every reader asks for, and nothing else.</summary>
internal static class TinyPdf
{
    private const int Left = 64;
    private const int Top = 770;

    /// <param name="lines">Letters of Latin-1 alone: the fonts that every reader brings have no others.</param>
    public static byte[] Page(string title, params IReadOnlyList<string> lines)
    {
        var content = Content(title, lines);
        return File(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            Invariant($"<< /Length {Encoding.Latin1.GetByteCount(content)} >>\nstream\n{content}\nendstream"),
            $"<< /Title ({Escaped(title)}) >>",
        ]);
    }

    private static byte[] File(IReadOnlyList<string> objects)
    {
        using var file = new MemoryStream();
        var offsets = new List<long>();

        // Bytes above 127 in the second line tell programs that move files that this one is binary.
        Write("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Position);
            Write(Invariant($"{i + 1} 0 obj\n{objects[i]}\nendobj\n"));
        }

        var xref = file.Position;
        Write(Invariant($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        offsets.ForEach(offset => Write(Invariant($"{offset:D10} 00000 n \n")));
        Write(Invariant($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info {objects.Count} 0 R >>\nstartxref\n{xref}\n%%EOF\n"));
        return file.ToArray();

        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
    }

    private static string Content(string title, IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"BT /F2 18 Tf {Left} {Top} Td ({Escaped(title)}) Tj ET\n");
        text.Append(CultureInfo.InvariantCulture, $"0.6 w {Left} {Top - 12} m {595 - Left} {Top - 12} l S\n");
        text.Append(CultureInfo.InvariantCulture, $"BT /F1 11 Tf 17 TL {Left} {Top - 40} Td\n");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"({Escaped(line)}) Tj T*\n");
        }

        return text.Append("ET").ToString();
    }

    private static string Escaped(string text) => text.All(c => c is >= ' ' and <= '\u00ff')
        ? text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)
        : throw new ArgumentException($"Only letters of Latin-1 can be written in this PDF: {text}", nameof(text));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
