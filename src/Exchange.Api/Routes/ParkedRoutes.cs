using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;
using Exchange.Core.Relay;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

/// <summary>The health centre: what is stuck at one's own desk, and what to do about it.</summary>
internal static class ParkedRoutes
{
    public sealed record SkipBody(string? Note);

    public sealed record CauseBody(string? Cause);

    /// <param name="Count">How many handoffs are tried again.</param>
    public sealed record RetriedView(int Count);

    public static void MapParked(this RouteGroupBuilder api)
    {
        api.MapGet("/health", async (Me me, HealthViews views, CancellationToken ct) => TypedResults.Ok(await views.Of(me.Caller, ct)))
            .RequireAuthorization(Scopes.Read).WithTags("Health").WithSummary("The own desk and links: state, lag and what waits");

        var parked = api.MapGroup("/parked").WithTags("Health");

        parked.MapGet("", async (string? cause, Me me, Paging paging, ParkedViews views, CancellationToken ct) =>
            TypedResults.Ok(await views.List(me.Caller, cause, paging.Page, ct)))
            .RequireAuthorization(Scopes.Read).WithSummary("Entries that the own desk could not take; parked last first");

        parked.MapGet("/causes", async (Me me, ParkedViews views, CancellationToken ct) =>
            TypedResults.Ok(new Page<CauseView>(await views.Causes(me.Caller, ct), null)))
            .RequireAuthorization(Scopes.Read).WithSummary("The same by cause; the most frequent first");

        parked.MapGet("/{id:guid}", async (Guid id, Me me, ParkedViews views, CancellationToken ct) =>
            Reply.Listed(await views.One(me.Caller, new HandoffId(id), ct), "parked handoff"))
            .RequireAuthorization(Scopes.Read).Produces<ParkedView>().ProducesProblem(404).WithSummary("One of them");

        parked.MapPost("/{id:guid}/retry", async (Guid id, Me me, HttpContext http, Door door, HandoffViews views, CancellationToken ct) =>
            await http.With(
                await door.Do<RetryParked, HandoffId>(new RetryParked(new HandoffId(id)), me.Caller, me.Once, ct), handoff => views.One(me.Caller, handoff, ct), v => v.Version))
            .RequireAuthorization(Scopes.Work).Produces<HandoffView>().ProducesProblem(404).WithSummary("Try it again");

        parked.MapPost("/{id:guid}/skip", async (Guid id, SkipBody? body, Me me, HttpContext http, Door door, HandoffViews views, CancellationToken ct) =>
            await http.With(
                await door.Do<SkipParked, HandoffId>(new SkipParked(new HandoffId(id), body?.Note), me.Caller, me.Once, ct), handoff => views.One(me.Caller, handoff, ct), v => v.Version))
            .RequireAuthorization(Scopes.Work).Produces<HandoffView>().ProducesProblem(404).ProducesProblem(409).WithSummary("Pass over the one entry; the partner is told, with the note");

        parked.MapPost("/retry", async (CauseBody body, Me me, Door door, TimeProvider time, CancellationToken ct) => await RetryAll(body, me, door, time.Present(), ct))
            .RequireAuthorization(Scopes.Work).Produces<RetriedView>().ProducesProblem(400).WithSummary("Try all of one cause again; answers how many");
    }

    /// <summary>Page after page, each a unit of work of its own. Asked twice it does no harm, so an Idempotency-Key changes nothing.</summary>
    private static async Task<IResult> RetryAll(CauseBody body, Me me, Door door, DateTimeOffset now, CancellationToken ct)
    {
        for (var retried = 0; ;)
        {
            var page = await door.Do<RetryParkedCause, Retried>(new RetryParkedCause(body.Cause, now), me.Caller, null, ct);
            if (!page.Ok)
            {
                return new Problem(page.Fault);
            }

            retried += page.Value.Count;
            if (page.Value.Count < RetryParkedCauseDeed.Most)
            {
                return TypedResults.Ok(new RetriedView(retried));
            }
        }
    }
}
