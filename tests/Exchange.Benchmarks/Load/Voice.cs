using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Exchange.Benchmarks;

/// <summary>
/// One side speaking on one ticket: numbers its comments, and remembers which were acknowledged.
/// One thread at a time uses a voice, so its comments have an order that the audit can demand.
/// </summary>
sealed class Voice
{
    const int BodyLength = 200;
    const int Digits = 7;

    readonly byte[] request;
    readonly int numberAt;
    readonly HashSet<int> unanswered = [];

    public Voice(string name, string ticketId, string key, string audience)
    {
        Prefix = $"bench-{name}-";
        var number = new string('0', Digits);
        var text = $"{Prefix}{number} ";
        request = Requests.Post(
            $"/api/v1/tickets/{ticketId}/comments",
            key,
            $$"""{"body":"{{text}}{{Words.Filler(BodyLength - text.Length)}}","audience":"{{audience}}"}""");
        numberAt = request.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) + Prefix.Length;
    }

    /// <summary>What every comment of this voice, and none of another, starts with.</summary>
    public string Prefix { get; }

    public int Posted { get; private set; }

    public int Acknowledged { get; private set; }

    /// <summary>The first thing that went wrong, for the report.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Posts the next comment.</summary>
    public bool Say(HttpLine line)
    {
        Posted++;
        Utf8Formatter.TryFormat(Posted, request.AsSpan(numberAt, Digits), out _, new('D', Digits));
        try
        {
            var status = line.Ask(request);
            if (status == 201)
            {
                Acknowledged++;
                return true;
            }

            Trouble ??= FormattableString.Invariant($"{status} {Encoding.UTF8.GetString(line.Body)}");
        }
        catch (IOException e)
        {
            Trouble ??= e.Message;
        }

        unanswered.Add(Posted);
        return false;
    }

    public bool WasAcknowledged(int number) => number >= 1 && number <= Posted && !unanswered.Contains(number);

    /// <summary>The number of a comment of this voice, or null when another wrote it.</summary>
    public int? NumberOf(string body) =>
        body.StartsWith(Prefix, StringComparison.Ordinal)
        && body.Length >= Prefix.Length + Digits
        && int.TryParse(body.AsSpan(Prefix.Length, Digits), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
