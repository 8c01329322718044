using System.Text;
using Exchange.Core.Accounts;
using Exchange.Core.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace Exchange.Web.Shell;

/// <summary>
/// Tells an open page what has changed, so that its live parts fetch themselves anew. It says kinds and ids alone: what has
/// changed is read by a request of its own, which passes the gate.
/// </summary>
public static class Live
{
    private static TimeSpan Heartbeat => TimeSpan.FromSeconds(20);

    public static async Task Stream(HttpContext http, Changes changes, IHostApplicationLifetime host, IPeople people, Membership membership, TimeProvider time)
    {
        var at = http.Features.Get<At>()!;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await using var heard = changes.Listen(at.Caller.Account, ends.Token).GetAsyncEnumerator(ends.Token);

        // Listens from here on, before it says hello: a page that looks again when it hears that misses nothing.
        var next = heard.MoveNextAsync().AsTask();
        try
        {
            await Send(http, "event: hello\ndata: \n\n", ends.Token);
            while (true)
            {
                if (await Task.WhenAny(next, Task.Delay(Heartbeat, time, ends.Token)) != next)
                {
                    ends.Token.ThrowIfCancellationRequested();
                    if (!await StillIn())
                    {
                        return;
                    }

                    await Send(http, ": still here\n\n", ends.Token);
                    continue;
                }

                if (!await next || !await StillIn())
                {
                    return;
                }

                // What one person is told, others of the account do not hear of.
                if (heard.Current is { Kind: Changes.PersonsOwn } own && own.Id != at.Person.Id.Value)
                {
                    next = heard.MoveNextAsync().AsTask();
                    continue;
                }

                // Null: so much changed at once that all live parts look again.
                await Send(http, heard.Current is { } change ? $"event: {change.Kind}\ndata: {change.Id}\n\nevent: {change.Kind}-{change.Id}\ndata: \n\n" : "event: hello\ndata: \n\n", ends.Token);
                next = heard.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the host stops.
        }
        finally
        {
            // What still listens has to end before it is put away.
            await ends.CancelAsync();
            await Task.WhenAny(next);
        }

        // A page that stays open tells nothing more to whom a session or a membership was taken from.
        async ValueTask<bool> StillIn() =>
            await people.Session(at.Session.Id, ends.Token) is not null && await membership.Find(at.Person.Id, at.In.Slug, ends.Token) is not null;
    }

    private static async Task Send(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
