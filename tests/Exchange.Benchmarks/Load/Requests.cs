using System.Text;

namespace Exchange.Benchmarks;

/// <summary>Whole HTTP/1.1 requests as bytes.</summary>
static class Requests
{
    public static byte[] Get(string path, string key) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n");

    public static byte[] Post(string path, string key, string json) =>
        Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
            + FormattableString.Invariant($"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}"));
}
