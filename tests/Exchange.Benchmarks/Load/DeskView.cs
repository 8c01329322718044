using System.Text;
using System.Text.Json;

namespace Exchange.Benchmarks;

/// <summary>
/// What one desk shows of the other side's voice on one ticket, counted on raw bytes.
/// The list is oldest first and gives no cursor on its last page, so that page is read again until it fills.
/// </summary>
sealed class DeskView(string ticketId, string key, Voice heard)
{
    public const int FullPage = 200;
    public const int SmallPage = 5;

    readonly byte[] mark = Encoding.ASCII.GetBytes(heard.Prefix);
    string? cursor;
    int onFullPages;
    byte[]? request;
    int requestLimit;

    public Voice Heard => heard;

    /// <summary>How many pages were asked for.</summary>
    public int Reads { get; private set; }

    /// <summary>True when the desk shows everything that was acknowledged to the other side.</summary>
    public bool UpToDate(HttpLine line, int limit) => Look(line, limit) >= heard.Acknowledged;

    /// <summary>Reads to where the list ends now, so that a clock that starts next pays for nothing older.</summary>
    public void CatchUp(HttpLine line)
    {
        Look(line, FullPage);
        Look(line, SmallPage);
    }

    /// <summary>Reads on to the end of the list; returns how many comments of the voice are visible by now.</summary>
    public int Look(HttpLine line, int limit)
    {
        while (true)
        {
            Reads++;
            var status = line.Ask(RequestFor(limit));
            if (status != 200)
            {
                throw new BenchmarkFailure(FormattableString.Invariant(
                    $"A list of comments answered {status}: {Encoding.UTF8.GetString(line.Body)}"));
            }

            var onThisPage = Count(line.Body);
            var next = Next(line.Body);
            if (next is null || string.Equals(next, cursor, StringComparison.Ordinal)) return onFullPages + onThisPage;
            onFullPages += onThisPage;
            cursor = next;
            request = null;
        }
    }

    byte[] RequestFor(int limit)
    {
        if (request is null || requestLimit != limit)
        {
            var after = cursor is null ? "" : "&after=" + Uri.EscapeDataString(cursor);
            request = Requests.Get(
                FormattableString.Invariant($"/api/v1/tickets/{ticketId}/comments?limit={limit}{after}"), key);
            requestLimit = limit;
        }

        return request;
    }

    int Count(ReadOnlySpan<byte> page)
    {
        var count = 0;
        for (var at = page.IndexOf(mark); at >= 0; at = page.IndexOf(mark))
        {
            count++;
            page = page[(at + mark.Length)..];
        }

        return count;
    }

    static string? Next(ReadOnlySpan<byte> page)
    {
        var at = page.LastIndexOf("\"next\":"u8);
        if (at < 0) return null;
        var reader = new Utf8JsonReader(page[(at + 7)..], isFinalBlock: false, state: default);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
