using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Exchange.Journeys;

/// <summary>Requests that no well-behaved client sends: bodies cut off, bodies without end, bytes that are no text.</summary>
static class RawHttp
{
    /// <summary>Sends a body of any size piece by piece, and reads the answer meanwhile: a server may answer, and close, before it has read it all.</summary>
    public static async Task<Reply> Post(ExchangeProcess exchange, Company who, string path, string contentType, long size, bool chunked, ReadOnlyMemory<byte> start)
    {
        using var client = await Connect(exchange);
        var stream = client.GetStream();
        var length = chunked ? "Transfer-Encoding: chunked" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {size}");
        await stream.WriteAsync(Head(exchange, who, path, contentType, length));
        var sending = SendBody(stream, size, chunked, start);
        var answer = await ReadAnswer(stream, $"POST {path} with {size} bytes");
        client.Close();
        await sending;
        return answer;
    }

    /// <summary>Promises more than it sends, then hangs up: politely (a FIN) or not (a reset).</summary>
    public static async Task PostCutOff(ExchangeProcess exchange, Company who, string path, string contentType, long promised, ReadOnlyMemory<byte> sent, bool reset)
    {
        using var client = await Connect(exchange);
        var stream = client.GetStream();
        var length = promised < 0 ? "Transfer-Encoding: chunked" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {promised}");
        await stream.WriteAsync(Head(exchange, who, path, contentType, length));
        if (promised < 0)
        {
            await stream.WriteAsync(ChunkSize(sent.Length));
        }

        await stream.WriteAsync(sent);
        await stream.FlushAsync();
        if (reset)
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        client.Close();
    }

    static async Task<TcpClient> Connect(ExchangeProcess exchange)
    {
        var client = new TcpClient();
        await client.ConnectAsync(exchange.Address.Host, exchange.Address.Port);
        return client;
    }

    static byte[] Head(ExchangeProcess exchange, Company who, string path, string contentType, string length) => Encoding.ASCII.GetBytes(
        $"POST /api/v1/{path} HTTP/1.1\r\nHost: {exchange.Address.Authority}\r\nAuthorization: Bearer {who.Key}\r\nContent-Type: {contentType}\r\n{length}\r\nConnection: close\r\n\r\n");

    static byte[] ChunkSize(int size) => Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + "\r\n");

    static async Task SendBody(NetworkStream stream, long size, bool chunked, ReadOnlyMemory<byte> start)
    {
        var filler = new byte[64 * 1024];
        Array.Fill(filler, (byte)'x');
        try
        {
            for (long sent = 0; sent < size;)
            {
                var piece = sent == 0 && start.Length > 0 ? start : filler.AsMemory(0, (int)Math.Min(filler.Length, size - sent));
                if (chunked)
                {
                    await stream.WriteAsync(ChunkSize(piece.Length));
                }

                await stream.WriteAsync(piece);
                if (chunked)
                {
                    await stream.WriteAsync("\r\n"u8.ToArray());
                }

                sent += piece.Length;
            }

            if (chunked)
            {
                await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The server answered and closed: what it has to say is in the answer.
        }
    }

    static async Task<Reply> ReadAnswer(NetworkStream stream, string asked)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; !IsWhole(received) && (read = await stream.ReadAsync(buffer, deadline.Token)) > 0;)
            {
                received.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // Reset after the answer: what came counts.
        }

        return Parse(received.ToArray(), asked);
    }

    static bool IsWhole(MemoryStream received)
    {
        var text = Encoding.Latin1.GetString(received.GetBuffer(), 0, (int)received.Length);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var headers = Headers(text[..end]);
        return headers.TryGetValue("Content-Length", out var length)
            ? text.Length - end - 4 >= int.Parse(length, CultureInfo.InvariantCulture)
            : text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);
    }

    static Reply Parse(byte[] received, string asked)
    {
        var text = Encoding.Latin1.GetString(received);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new AssertionException($"{asked}: the connection ended without an answer ({received.Length} bytes)");
        }

        var headers = Headers(text[..end]);
        var body = headers.GetValueOrDefault("Transfer-Encoding") is "chunked" ? Unchunked(text[(end + 4)..]) : text[(end + 4)..];
        return new(asked, int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), headers, Encoding.Latin1.GetBytes(body));
    }

    static Dictionary<string, string> Headers(string head) => head.Split("\r\n").Skip(1)
        .Select(line => line.Split(": ", 2))
        .ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.OrdinalIgnoreCase);

    static string Unchunked(string body)
    {
        var whole = new StringBuilder();
        while (body.IndexOf("\r\n", StringComparison.Ordinal) is var line and > 0)
        {
            var size = int.Parse(body.AsSpan(0, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            whole.Append(body.AsSpan(line + 2, Math.Min(size, body.Length - line - 2)));
            body = body[Math.Min(body.Length, line + 2 + size + 2)..];
        }

        return whole.ToString();
    }
}
