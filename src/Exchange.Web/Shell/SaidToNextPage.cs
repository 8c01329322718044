using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Exchange.Web.Shell;

/// <summary>
/// What a page says to the one that comes after it (what was done, what can be taken back) goes along in a cookie, and is gone once it
/// was shown. A part of the old page that fetches itself anew meanwhile, a picture or a draft is no page: it leaves the cookie alone.
/// </summary>
public sealed class SaidToNextPage(CookieTempDataProvider cookie) : ITempDataProvider
{
    public IDictionary<string, object> LoadTempData(HttpContext context) =>
        IsPage(context.Request) ? cookie.LoadTempData(context) : new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);

    public void SaveTempData(HttpContext context, IDictionary<string, object> values)
    {
        if (IsPage(context.Request))
        {
            cookie.SaveTempData(context, values);
        }
    }

    // htmx says that it asks; browsers say what they ask for, on https and on their own machine.
    private static bool IsPage(HttpRequest request) => !request.Headers.ContainsKey("HX-Request") && request.Headers["Sec-Fetch-Mode"].ToString() is ("" or "navigate");
}
