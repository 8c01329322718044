using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Exchange.Core.Store;

namespace Exchange.Edge.Tests.Pages;

/// <summary>A mail as it came over the wire.</summary>
internal sealed record Mail(string Envelope, string Raw)
{
    /// <summary>What the reader sees.</summary>
    public string Text => Encoding.UTF8.GetString(Convert.FromBase64String(Raw[(Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].ReplaceLineEndings("")));
}

/// <summary>A small real SMTP server on this machine, which keeps what it is given.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<Mail> _came = Channel.CreateUnbounded<Mail>();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    /// <param name="refuseFirst">So many connections are turned away, as by a server that is busy.</param>
    public Mailbox(int refuseFirst = 0)
    {
        _listener.Start();
        Settings = new MailSettings { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, From = "desk@exchange.example", Tls = false, Links = "https://desk.example/" };
        _serving = Serve(refuseFirst);
    }

    public MailSettings Settings { get; }

    public async Task<Mail> Next()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _came.Reader.ReadAsync(patience.Token);
    }

    public bool IsEmpty => !_came.Reader.TryPeek(out _);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _ = _serving.ContinueWith(_ => _end.Dispose(), TaskScheduler.Default);
    }

    private async Task Serve(int refuse)
    {
        try
        {
            for (var n = 0; ; n++)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
                await Talk(reader, writer, n < refuse);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Talk(StreamReader reader, StreamWriter writer, bool refuse)
    {
        await writer.WriteLineAsync(refuse ? "421 busy" : "220 here");
        var envelope = new StringBuilder();
        while (!refuse && await reader.ReadLineAsync(_end.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var raw = new StringBuilder();
                    while (await reader.ReadLineAsync(_end.Token) is { } text && text != ".")
                    {
                        raw.Append(CultureInfo.InvariantCulture, $"{text}\r\n");
                    }

                    await _came.Writer.WriteAsync(new Mail(envelope.ToString(), raw.ToString()), _end.Token);
                    await writer.WriteLineAsync("250 kept");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    envelope.AppendLine(line);
                    await writer.WriteLineAsync("250 well");
                    break;
            }
        }
    }
}

/// <summary>The codes that an authenticator app shows (RFC 6238).</summary>
internal static class App
{
    public static string Code(string key, DateTimeOffset now)
    {
        var bits = string.Concat(key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(now.ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // The standard says so.
        var hash = System.Security.Cryptography.HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24 | hash[at + 1] << 16 | hash[at + 2] << 8 | hash[at + 3]) % 1_000_000;
        return number.ToString("000000", CultureInfo.InvariantCulture);
    }

    public static string Find(string html, string pattern) => Regex.Match(html, pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups[1].Value;
}
