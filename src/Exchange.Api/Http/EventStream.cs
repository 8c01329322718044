using System.Text;
using System.Text.Json;
using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Exchange.Api.Http;

/// <summary>
/// Events as server-sent events, without an end. It ends when the reader goes, is too slow, holds a key that works no more, or the
/// host stops; the reader comes again with the number of the last event it has.
/// </summary>
internal sealed class EventStream(
    EventFeed feed, Keyring keyring, TimeProvider time, IHostApplicationLifetime host, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json)
{
    /// <summary>After so long a silence a comment is sent, so that nobody between takes the line for dead.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A reader that does not take what was written for so long is dropped: nothing is kept for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task Write(HttpContext http, Bearer bearer, long after)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            // The position without an event: who loses the line before the first one comes again from here.
            await Send(http, $"id: {after}\n\n", ends.Token);
            var sent = time.GetTimestamp();
            await foreach (var events in feed.Follow(bearer.Caller, after, ends.Token))
            {
                if (!await StillHolds(http, bearer, ends.Token))
                {
                    return;
                }

                if (events.Count > 0 || time.GetElapsedTime(sent) >= Heartbeat)
                {
                    await Send(http, events.Count > 0 ? string.Concat(events.Select(Text)) : ": still here\n\n", ends.Token);
                    sent = time.GetTimestamp();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, was too slow, or the host stops.
        }
    }

    private async Task<bool> StillHolds(HttpContext http, Bearer bearer, CancellationToken ct) =>
        KeyAuthentication.Secret(http.Request) is { } secret && await keyring.Find(secret, ct) is { } now && now.Caller.Account == bearer.Caller.Account;

    private string Text(EventView e) => $"id: {e.Id}\nevent: {e.Type}\ndata: {JsonSerializer.Serialize(e, json.Value.SerializerOptions)}\n\n";

    private async Task Send(HttpContext http, string text, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, time);

        // Cut off, and not only given up: that ends what is waited for here too, as the request's own end does.
        await using var late = limit.Token.Register(http.Abort);
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
