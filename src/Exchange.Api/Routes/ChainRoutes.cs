using Exchange.Api.Http;
using Exchange.Core.Accounts;
using Exchange.Core.Handoffs;
using Exchange.Core.Kernel;

namespace Exchange.Api.Routes;

internal static class ChainRoutes
{
    public static void MapChains(this RouteGroupBuilder api) =>
        api.MapGet("/handoffs/{id:guid}/chain", async (Guid id, Me me, ChainViews views, CancellationToken ct) =>
            Reply.Listed(await views.Of(me.Caller, new HandoffId(id), ct), "handoff"))
            .RequireAuthorization(Scopes.Read).Produces<ChainView>().ProducesProblem(404).WithTags("Handoffs")
            .WithSummary("The hops above and below, as far as the terms show them, and who has to act");
}
