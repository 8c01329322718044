using System.Globalization;
using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Events;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Routes;

internal static class EventRoutes
{
    public static void MapEvents(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Events");

        events.MapGet("", async (string? after, int? limit, Me me, EventViews views, CancellationToken ct) =>
        {
            if (limit is < 1 or > PageAsk.MaxLimit)
            {
                throw new Refusal(Fault.Invalid("limit", $"'limit' is a whole number from 1 to {PageAsk.MaxLimit}."));
            }

            var page = await views.List(me.Caller, await Position("after", after, me, views, ct), limit ?? PageAsk.DefaultLimit, ct);

            // After it was read: what is forgotten from now on is in it.
            await Whole(after, me, views, ct);
            return TypedResults.Ok(page);
        }).RequireAuthorization(Scopes.Read).ProducesProblem(400).ProducesProblem(410).WithSummary("The account's own events, oldest first")
            .WithDescription("Each item is a CloudEvent 1.0 in JSON; they come in the envelope of all lists. 'after' is the id of an event (or 'latest'): the answer has those after it. 'next' is null at the end; to go on later, send the id of the last event you have. Events are kept for a time that the operator sets (90 days as a rule): where one after 'after' is forgotten already, the answer is 410 'events-forgotten' and never a list with a gap. Without 'after' the list begins with the oldest that is kept.");

        events.MapGet("/stream", async (string? after, Me me, HttpContext http, EventViews views, EventStream stream, CancellationToken ct) =>
        {
            var last = http.Request.Headers["Last-Event-ID"];
            var (field, text) = last.Count > 0 ? ("Last-Event-ID", last.ToString()) : ("after", after);
            var from = await Position(field, text, me, views, ct);
            await Whole(text, me, views, ct);
            await stream.Write(http, http.Features.Get<Bearer>()!, from);
        }).RequireAuthorization(Scopes.Read).Produces(200, contentType: "text/event-stream").ProducesProblem(400).ProducesProblem(410)
            .WithSummary("The same as they come, as server-sent events")
            .WithDescription("Each has its number as 'id', its type as 'event' and the CloudEvent as 'data'. Last-Event-ID, or 'after', resumes after an event: nothing is left out and nothing comes twice. Without either it begins with the oldest; 'after=latest' begins with what comes next. Comments keep the line alive. A position after which events are forgotten already is answered with 410 'events-forgotten'.");
    }

    /// <summary>Refuses a position after which something is missing. Who names none wants what there is.</summary>
    private static async Task Whole(string? text, Me me, EventViews views, CancellationToken ct)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) && await views.Misses(me.Caller, after, ct))
        {
            throw new Refusal(new Fault(
                Codes.EventsForgotten,
                "Events after this one were forgotten because of their age. Read what you follow anew from its own lists, then go on here without a position or with 'latest'."));
        }
    }

    private static async Task<long> Position(string field, string? text, Me me, EventViews views, CancellationToken ct) => text switch
    {
        null or "" => 0,
        "latest" => await views.Latest(me.Caller, ct),
        _ => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new Refusal(Fault.Invalid(field, $"'{field}' is the id of an event, or 'latest'.")),
    };
}
