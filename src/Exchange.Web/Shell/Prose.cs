using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace Exchange.Web.Shell;

/// <summary>
/// What people write, as HTML: paragraphs, line breaks, and links to http and https. Nothing that was written is HTML by itself:
/// all of it is encoded, and what is not understood stays as it was typed.
/// </summary>
public static partial class Prose
{
    // What a sentence puts behind an address does not belong to it.
    private const string Behind = ".,;:!?'\"»”’…";

    public static IHtmlContent Html(string? text)
    {
        var html = new StringBuilder();
        foreach (var paragraph in Paragraphs().Split((text ?? "").ReplaceLineEndings("\n").Trim('\n')).Where(p => !string.IsNullOrWhiteSpace(p)))
        {
            html.Append("<p dir=\"auto\">").AppendJoin("<br>", paragraph.TrimEnd().Split('\n').Select(Line)).Append("</p>");
        }

        return new HtmlString(html.ToString());
    }

    private static string Line(string line)
    {
        var html = new StringBuilder();
        var from = 0;
        foreach (var match in Addresses().EnumerateMatches(line))
        {
            var length = Address(line.AsSpan(match.Index, match.Length));
            var address = line.Substring(match.Index, length);
            if (match.Index < from || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0 || uri.UserInfo.Length > 0)
            {
                continue;
            }

            // The words are what was typed, the address is what the browser would make of it: both encoded.
            html.Append(Encoded(line[from..match.Index]))
                .Append("<a class=\"lnk\" rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"").Append(Encoded(uri.AbsoluteUri)).Append("\">")
                .Append(Encoded(address)).Append("</a>");
            from = match.Index + length;
        }

        return html.Append(Encoded(line[from..])).ToString();
    }

    /// <summary>How much of it is the address: marks behind it are not, and a bracket only where it was opened in it.</summary>
    private static int Address(ReadOnlySpan<char> found)
    {
        var length = found.Length;
        while (length > 0)
        {
            var last = found[length - 1];
            if (Behind.Contains(last, StringComparison.Ordinal) || (last == ')' && found[..length].Count(')') > found[..length].Count('(')) || last is ']' or '>')
            {
                length--;
                continue;
            }

            break;
        }

        return length;
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    [GeneratedRegex(@"\n[ \t]*\n\s*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Paragraphs();

    [GeneratedRegex(@"\bhttps?://[^\s<>""\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Addresses();
}
