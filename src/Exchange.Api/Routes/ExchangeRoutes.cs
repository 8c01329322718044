using Exchange.Api.Http;

namespace Exchange.Api.Routes;

/// <summary>All addresses of the product.</summary>
internal static class ExchangeRoutes
{
    public static void MapExchange(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect("/docs")).AllowAnonymous().ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapHealth();

        var api = app.MapGroup("/api/v1");
        ((IEndpointConventionBuilder)api).Finally(Description.Refusals);
        api.MapAccounts();
        api.MapLinks();
        api.MapRoutes();
        api.MapTerms();
        api.MapTickets();
        api.MapFiles();
        api.MapHandoffs();
        api.MapQuality();
        api.MapEvents();
        api.MapChains();
        api.MapParked();
    }
}
