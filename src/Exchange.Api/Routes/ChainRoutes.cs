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
            .WithSummary("The hops above and below, as far as the terms show them, what each contributed, and who has to act")
            .WithDescription("Of one's own handoffs, and of hops shown by alias or name, 'contribution' has what the fulfiller put in: activeSeconds (its turn), waitingSeconds "
                + "(the placer's turn, or on hold) and transportSeconds (on its way to the desk whose turn it was), without the time the link was suspended; its comments and files, "
                + "how often its work was sent back (rework), and its labour in minutes.");
}
