using Exchange.Api.Http;
using Exchange.Web;

namespace Exchange.Api.Routes;

/// <summary>All addresses of the product.</summary>
internal static class ExchangeRoutes
{
    public static void MapExchange(this WebApplication app)
    {
        app.MapExchangeWeb();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapHealth();

        var api = app.MapGroup("/api/v1");
        ((IEndpointConventionBuilder)api).Finally(Description.Refusals);
        api.MapAccounts();
        api.MapMembers();
        api.MapLinks();
        api.MapRoutes();
        api.MapTerms();
        api.MapTickets();
        api.MapFields();
        api.MapFiles();
        api.MapHandoffs();
        api.MapQuality();
        api.MapEvents();
        api.MapChains();
        api.MapParked();
    }
}
