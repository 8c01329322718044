using Exchange.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Exchange.Web.Pages;

/// <summary>Chooses the language of this browser; a person's own choice goes before it.</summary>
[Open]
public sealed class LanguageModel : ExchangePage
{
    public IActionResult OnGet(string? to, string? then)
    {
        if (Languages.IsOne(to))
        {
            Response.Cookies.Append(Languages.Cookie, to!, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        }

        return Redirect(Url.IsLocalUrl(then) ? then : "/");
    }
}
