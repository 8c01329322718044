using Exchange.Core.Files;
using Exchange.Core.Store;
using Exchange.Worker.Bus;

namespace Exchange.Api.Routes;

internal static class HealthRoutes
{
    public sealed record Part(string Status, string? Detail);

    /// <param name="Status">healthy, degraded (it serves, but something lags) or unhealthy.</param>
    public sealed record Health(string Status, IReadOnlyDictionary<string, Part> Parts);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new { Status = "healthy" })).AllowAnonymous().DisableRateLimiting().WithTags("Health").WithSummary("The process runs");

        app.MapGet("/health/ready", async (IDialect dialect, IBlobStore blobs, BusHealth bus, CancellationToken ct) =>
        {
            var parts = new Dictionary<string, Part>(StringComparer.Ordinal)
            {
                ["database"] = Show(await dialect.Trouble(ct), "unhealthy"),
                ["files"] = Show(blobs.Trouble(), "unhealthy"),
                ["bus"] = Show(bus.Trouble(), "degraded"),
            };
            var worst = parts.Values.Any(p => p.Status == "unhealthy") ? "unhealthy" : parts.Values.Any(p => p.Status == "degraded") ? "degraded" : "healthy";
            return TypedResults.Json(new Health(worst, parts), statusCode: worst == "unhealthy" ? 503 : 200);
        }).AllowAnonymous().DisableRateLimiting().Produces<Health>().Produces<Health>(503).WithTags("Health").WithSummary("Ready to serve: database and files");
    }

    private static Part Show(string? trouble, string otherwise) => new(trouble is null ? "healthy" : otherwise, trouble);
}
