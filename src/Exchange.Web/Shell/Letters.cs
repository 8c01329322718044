using Microsoft.AspNetCore.Http;

namespace Exchange.Web.Shell;

/// <summary>Whether single letters are keys in this browser (WCAG 2.1.4): somebody who speaks to his computer turns them off.</summary>
public static class Letters
{
    public const string Cookie = "keys";

    private const string Off = "off";

    public static bool AreOn(HttpContext context) => context.Request.Cookies[Cookie] != Off;

    public static void Turn(HttpContext context, bool on)
    {
        if (on)
        {
            context.Response.Cookies.Delete(Cookie);
        }
        else
        {
            context.Response.Cookies.Append(Cookie, Off, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        }
    }
}
