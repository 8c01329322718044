using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>
/// The addresses of the customer's pages are secrets: no other site learns of them by a referrer, no machine lists them, no cache
/// keeps them. What stands in their place when something is not there is held to the same.
/// </summary>
internal static class CustomerHeaders
{
    public static void Set(HttpContext context)
    {
        var asked = context.Features.Get<IStatusCodeReExecuteFeature>() is { } first ? new PathString(first.OriginalPath) : context.Request.Path;
        if (!asked.StartsWithSegments("/t", StringComparison.OrdinalIgnoreCase) && !asked.StartsWithSegments("/for", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var headers = context.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers.CacheControl = "no-cache, no-store";
    }
}
