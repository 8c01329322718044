using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Api.Routes;

/// <summary>The company's rules for finding the next partner.</summary>
internal static class RouteRoutes
{
    public static void MapRoutes(this RouteGroupBuilder api)
    {
        var routes = api.MapGroup("/routes").WithTags("Routes");

        routes.MapPost("", async (MakeRoute body, Me me, Door door, RouteViews views, CancellationToken ct) =>
        {
            var outcome = await door.Do<MakeRoute, RouteId>(body, me.Caller, me.Once, ct);
            if (!outcome.Ok)
            {
                return (IResult)new Problem(outcome.Fault);
            }

            // Asked again with the key of a rule that was removed since, there is none to show.
            return await views.One(me.Caller, outcome.Value, ct) is { } rule
                ? TypedResults.Created($"/api/v1/routes/{rule.Id}", rule)
                : new Problem(Fault.NotFound("rule"));
        }).RequireAuthorization(Scopes.Links).Produces<RouteView>(201).ProducesProblem(400).WithSummary("Make a rule: tickets of a category or asset go to these partners, one after another");

        routes.MapGet("", async (Me me, Paging paging, RouteViews views, CancellationToken ct) => TypedResults.Ok(await views.List(me.Caller, paging.Page, ct)))
            .RequireAuthorization(Scopes.Read).WithSummary("The rules, newest first");

        routes.MapGet("/{id:guid}", async (Guid id, Me me, RouteViews views, CancellationToken ct) => Reply.Listed(await views.One(me.Caller, new RouteId(id), ct), "rule"))
            .RequireAuthorization(Scopes.Read).Produces<RouteView>().ProducesProblem(404).WithSummary("One rule");

        routes.MapDelete("/{id:guid}", async (Guid id, Me me, Door door, CancellationToken ct) =>
        {
            var outcome = await door.Do<RemoveRoute, Done>(new RemoveRoute(id), me.Caller, me.Once, ct);
            return outcome.Ok ? TypedResults.NoContent() : (IResult)new Problem(outcome.Fault);
        }).RequireAuthorization(Scopes.Links).Produces(204).ProducesProblem(404).WithSummary("Remove a rule; what it has offered goes on");
    }
}
