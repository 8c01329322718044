using System.Globalization;
using System.Threading.RateLimiting;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Exchange.Web;
using Exchange.Worker;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;

namespace Exchange.Api.Http;

/// <summary>What stands between the network and the routes: keys, limits, problems, the description of the API.</summary>
internal static class HttpSetup
{
    /// <summary>The largest body that is not a file, in bytes.</summary>
    public const long MostBody = 1024 * 1024;

    public static void AddExchangeHttp(this WebApplicationBuilder builder, Settings settings)
    {
        // What the pages load lies in their own project until it is published. Its files do not change while the host runs: to look
        // for others, the library would take every address with a dot in it, those of /docs too.
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBody;
        });
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<Exceptions>();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<EventStream>();
        builder.Services.AddWebEncoders().AddAuthenticationCore(authentication => authentication.DefaultScheme = KeyAuthentication.Key);
        new AuthenticationBuilder(builder.Services)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Key, null);
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var scope in Scopes.All)
        {
            builder.Services.AddAuthorizationBuilder().AddPolicy(scope, policy => policy.RequireClaim(KeyAuthentication.ScopeClaim, scope));
        }

        builder.Services.AddRateLimiter(limiter => Limit(limiter, settings));
        builder.Services.AddOpenApi("v1", openApi => openApi.AddOperationTransformer<Description>().AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Ticket exchange";
            document.Info.Description = "Tickets handed over between linked service desks. Every refusal is an RFC 9457 problem with a stable code.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key of your account." };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        }));
    }

    public static void UseExchangeHttp(this WebApplication app)
    {
        app.UseWhen(context => !IsApi(context), pages => pages.UseStatusCodePagesWithReExecute("/trouble/{0}"));
        app.UseExceptionHandler();
        app.UseWhen(IsApi, api => api.UseStatusCodePages(context => context.HttpContext.Response.StatusCode switch
        {
            404 => Problem.Write(context.HttpContext, new Fault(Codes.NotFound, "There is nothing at this address: see /docs.")),
            405 => Problem.Write(context.HttpContext, 405, "method-not-allowed", "Not with this method", "This address takes other methods: see /docs."),
            413 => Problem.Write(context.HttpContext, Unreadable.TooLarge),
            415 => Problem.Write(context.HttpContext, Unreadable.NotJson),
            400 => Problem.Write(context.HttpContext, Unreadable.CutOff),
            _ => Task.CompletedTask,
        }));
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();

        // It has no endpoints, and the gate lets nothing past that has none.
        app.UseSwaggerUI(docs =>
        {
            docs.RoutePrefix = "docs";
            docs.DocumentTitle = "Ticket exchange API";
            docs.SwaggerEndpoint("/openapi/v1.json", "v1");
        });
        app.UseExchangeWeb();
        app.UseAuthorization();
    }

    private static readonly string[] NotPages = ["/api", "/openapi", "/docs", "/health"];

    private static bool IsApi(HttpContext context) => Array.Exists(NotPages, place => context.Request.Path.StartsWithSegments(place, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whose requests are counted together: a key's, or without one an address's.</summary>
    internal static string Asker(HttpContext context) => context.Features.Get<Bearer>()?.Prefix ?? $"address {context.Connection.RemoteIpAddress}";

    internal static TokenBucketRateLimiterOptions Bucket(RateLimitSettings rate, int mostWaiting)
    {
        var inTenths = rate.PerSecond >= 10;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = rate.Burst,
            TokensPerPeriod = inTenths ? rate.PerSecond / 10 : rate.PerSecond,
            ReplenishmentPeriod = inTenths ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(1),
            QueueLimit = mostWaiting,
        };
    }

    /// <summary>Refuses, and says when to come back.</summary>
    internal static ValueTask TooMany(OnRejectedContext context, string why)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.HttpContext.Response.Headers.RetryAfter = seconds;
        return new ValueTask(Problem.Write(context.HttpContext, new Fault(Codes.RateLimited, $"{why} Send the request again in {seconds} s.")));
    }

    private static void Limit(RateLimiterOptions limiter, Settings settings)
    {
        var rate = settings.Exchange.RateLimit;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
            context => RateLimitPartition.GetTokenBucketLimiter(Asker(context), _ => Bucket(rate, 0)));
        limiter.OnRejected = (context, _) => TooMany(context, $"This key may send {rate.PerSecond} requests a second.");
        limiter.AddPolicy(TicketPace.Name, new TicketPace(settings.Exchange.TicketRate));
    }
}
