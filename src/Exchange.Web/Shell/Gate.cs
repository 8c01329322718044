using System.Security.Claims;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Exchange.Web.Shell;

/// <summary>
/// Stands before every page: who is it, is he a member of the account in the address, does his role see this page. Closed by
/// default: a page that does not say who sees it is not served.
/// </summary>
public sealed class Gate(RequestDelegate next)
{
    public const string Scheme = "person";
    public const string SessionClaim = "session";
    public const string Account = "account";

    public async Task InvokeAsync(HttpContext context, IPeople people, Membership membership)
    {
        var endpoint = context.GetEndpoint();
        var sees = endpoint?.Metadata.GetMetadata<SeesAttribute>();
        var signedIn = endpoint?.Metadata.GetMetadata<SignedInAttribute>();
        var open = endpoint?.Metadata.GetMetadata<OpenAttribute>();
        var isPage = endpoint?.Metadata.GetMetadata<PageActionDescriptor>() is not null;
        if (endpoint is null && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!isPage && sees is null && signedIn is null && open is null)
        {
            await next(context);
            return;
        }

        if ((sees is null ? 0 : 1) + (signedIn is null ? 0 : 1) + (open is null ? 0 : 1) != 1)
        {
            throw new InvalidOperationException($"{endpoint!.DisplayName} has to say once who sees it: [Sees], [SignedIn] or [Open].");
        }

        var session = await Session(context, people);
        Languages.Speak(context, session?.Person.Language);
        if (session is not null)
        {
            context.Features.Set(session);
        }
        else if (open is null)
        {
            SendToSignIn(context);
            return;
        }

        if (open is null)
        {
            // What somebody reads after signing in stands in no cache when he has signed out. A file says for itself how long it is kept.
            context.Response.Headers.CacheControl = "no-cache, no-store";
        }

        if (sees is not null && !await Enter(context, session!, sees, membership))
        {
            return;
        }

        await next(context);
    }

    /// <summary>Lets a person in: the cookie holds the session's id alone.</summary>
    public static Task Welcome(HttpContext context, PersonSession session) => context.SignInAsync(
        Scheme,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionClaim, session.Id.ToString())], Scheme)),
        new AuthenticationProperties { IsPersistent = true });

    private static async Task<PersonSession?> Session(HttpContext context, IPeople people)
    {
        var cookie = await context.AuthenticateAsync(Scheme);
        return Guid.TryParse(cookie.Principal?.FindFirstValue(SessionClaim), out var id) ? await people.Session(id, context.RequestAborted) : null;
    }

    private static async Task<bool> Enter(HttpContext context, PersonSession session, SeesAttribute sees, Membership membership)
    {
        var slug = context.Request.RouteValues[Account] as string ?? "";
        if (await membership.Find(session.Person.Id, slug, context.RequestAborted) is not var (caller, account))
        {
            // What is not his does not exist.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return false;
        }

        if (!caller.Roles!.Value.Includes(sees.Roles))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return false;
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(session.Person.TimeZone ?? account.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        context.Features.Set(new At(session, account, caller, zone));
        return true;
    }

    private static void SendToSignIn(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && !context.Request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.Redirect($"/sign-in?then={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
            return;
        }

        // A part of a page that stands open: the script sends the whole page there.
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers["HX-Redirect"] = "/sign-in";
    }
}
