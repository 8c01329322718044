using System.IO.Compression;
using Exchange.Core.Accounts;
using Exchange.Core.Notices;
using Exchange.Web.Pages;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Exchange.Web;

/// <summary>The pages, for the host.</summary>
public static class WebSetup
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <param name="keys">The folder of the keys that protect cookies and forms. All nodes share it; they lie in it as they are, so nobody else may read it.</param>
    public static void AddExchangeWeb(this IServiceCollection services, string keys)
    {
        services.AddDataProtection().SetApplicationName("exchange").PersistKeysToFileSystem(new DirectoryInfo(keys));
        new AuthenticationBuilder(services).AddCookie(Gate.Scheme, cookie =>
        {
            cookie.Cookie.Name = "exchange";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = true;
        });
        services.AddHttpContextAccessor();
        services.AddSingleton<Texts>();
        services.AddSingleton<Show>();
        services.AddSingleton<DemoPeople>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<Pages.Desk.TicketScenes>();
        services.AddSingleton<CustomerLimits>();
        services.AddSingleton<FormStamp>();
        services.AddSingleton<CustomerUploads>();
        services.AddSingleton<NoticeWords>();
        services.AddSingleton<ILetters, NoticeLetters>();
        services.AddAntiforgery(forgery => forgery.Cookie.Name = "exchange-form");
        services.AddRazorPages().AddApplicationPart(typeof(WebSetup).Assembly).AddCookieTempDataProvider(cookie => cookie.Cookie.Name = "exchange-said");
        services.AddSingleton<CookieTempDataProvider>();
        services.Replace(ServiceDescriptor.Singleton<ITempDataProvider, SaidToNextPage>());
        services.AddRouting(routing => routing.LowercaseUrls = true);

        // Pages alone: what a program asks for is small, and a stream of events must not wait in a packer. Behind TLS too: the one secret
        // that stands beside what somebody can make a page show, the form's token, is masked anew in each answer.
        services.AddResponseCompression(packing =>
        {
            packing.EnableForHttps = true;
            packing.MimeTypes = ["text/html"];
            packing.Providers.Add<BrotliCompressionProvider>();
            packing.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    /// <summary>Before the endpoints: headers of the pages, and the gate.</summary>
    public static void UseExchangeWeb(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase))
            {
                // A page of a library, with scripts of its own.
                return next();
            }

            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            CustomerHeaders.Set(context);
            return next();
        });
        app.UseResponseCompression();
        app.UseMiddleware<Gate>();
    }

    public static void MapExchangeWeb(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets().AllowAnonymous();
        app.MapGet("/at/{account}/live", Live.Stream).AllowAnonymous().WithMetadata(new SeesAttribute(Roles.Any)).ExcludeFromDescription();
    }
}
