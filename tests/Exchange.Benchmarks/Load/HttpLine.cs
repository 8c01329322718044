using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Exchange.Benchmarks;

/// <summary>
/// One keep-alive HTTP/1.1 connection for the load: prebuilt bytes go out, the status and the raw body come back.
/// It shares the cores with the product, so it parses no more than it has to, and blocks its own thread.
/// </summary>
sealed class HttpLine(IPEndPoint address) : IDisposable
{
    const int Timeout = 30_000;

    Socket? socket;
    byte[] buffer = new byte[16 * 1024];
    int start;
    int end;
    byte[] body = new byte[16 * 1024];
    int bodyLength;

    /// <summary>The body of the last answer, until the next request.</summary>
    public ReadOnlySpan<byte> Body => body.AsSpan(0, bodyLength);

    /// <summary>Sends one whole request and reads one whole answer; returns its status.</summary>
    public int Ask(ReadOnlySpan<byte> request)
    {
        try
        {
            socket ??= Connect();
            start = end = bodyLength = 0;
            while (request.Length > 0) request = request[socket.Send(request)..];
            return Answer();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Dispose();
            throw new IOException("The line broke: " + e.Message, e);
        }
    }

    public void Dispose()
    {
        socket?.Dispose();
        socket = null;
    }

    Socket Connect()
    {
        var fresh = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = Timeout,
            SendTimeout = Timeout,
        };
        fresh.Connect(address);
        return fresh;
    }

    int Answer()
    {
        var status = Number(Line()[9..], 'D');
        var length = 0;
        var chunked = false;
        for (var line = Line(); line.Length > 0; line = Line())
        {
            if (Value(line, "content-length:"u8, out var value)) length = Number(value, 'D');
            else if (Value(line, "transfer-encoding:"u8, out _)) chunked = true;
        }

        if (!chunked)
        {
            Take(length);
            return status;
        }

        for (var size = Number(Line(), 'x'); size > 0; size = Number(Line(), 'x'))
        {
            Take(size);
            Line();
        }

        while (Line().Length > 0)
        {
            // Trailers are not used.
        }

        return status;
    }

    static bool Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var found = line.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name);
        value = found ? line[name.Length..].TrimStart((byte)' ') : default;
        return found;
    }

    static int Number(ReadOnlySpan<byte> text, char format) =>
        Utf8Parser.TryParse(text, out int number, out _, format)
            ? number
            : throw new IOException("not an HTTP/1.1 answer");

    /// <summary>The next line without its end; valid until the next read.</summary>
    ReadOnlySpan<byte> Line()
    {
        int at;
        while ((at = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8)) < 0) Fill();
        var line = buffer.AsSpan(start, at);
        start += at + 2;
        return line;
    }

    void Take(int count)
    {
        if (bodyLength + count > body.Length) Array.Resize(ref body, Math.Max(body.Length * 2, bodyLength + count));
        while (count > 0)
        {
            if (start == end) Fill();
            var part = Math.Min(count, end - start);
            buffer.AsSpan(start, part).CopyTo(body.AsSpan(bodyLength));
            start += part;
            bodyLength += part;
            count -= part;
        }
    }

    void Fill()
    {
        if (start == end) start = end = 0;
        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = socket!.Receive(buffer.AsSpan(end));
        if (read == 0) throw new IOException("the host closed it");
        end += read;
    }
}
