using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Core.Accounts;
using Exchange.Edge.Tests.Routes;
using Exchange.Edge.Tests.TestKit;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>
/// All that the host serves to people, whatever there is: each page and each of its handlers, for each role, at the own desk, at a
/// partner's, at a stranger's, and for nobody. What is expected is read from the marks of the pages and of the asks.
/// </summary>
public sealed partial class The_pages
{
    /// <summary>What somebody asks for himself, as a member of nothing yet.</summary>
    private static readonly string[] OfPersons = [nameof(JoinAccount), nameof(FoundAccount), nameof(RenamePerson)];

    private readonly CapturedLog _log = new();
    private readonly Dictionary<Roles, Browser> _crew = [];
    private ExchangeHost _host = null!;
    private Browser _nobody = null!;
    private IReadOnlyList<Served> _pages = [];

    private static string[] Accounts => ["own", "partner", "stranger"];

    [OneTimeSetUp]
    public async Task Open()
    {
        _host = new ExchangeHost(more: services => services.AddSingleton<ILoggerProvider>(_log)
            .Configure<LoggerFilterOptions>(filter => filter.Rules.Add(new LoggerFilterRule(null, "Exchange.Core.Kernel.Door", LogLevel.Information, null))));
        var (own, partner) = (await _host.SignUp("Own"), await _host.SignUp("Partner"));
        await _host.SignUp("Stranger");
        var invited = (await _host.Call((string)own["apiKey"]!, HttpMethod.Post, "/api/v1/links", new JsonObject())).Body!;
        await _host.Call((string)partner["apiKey"]!, HttpMethod.Post, "/api/v1/links/accept", new JsonObject { ["inviteCode"] = (string)invited["inviteCode"]! });
        foreach (var role in Rights.Each)
        {
            _crew[role] = await Browser.Of(_host, own, $"The {role}", role);
            await _crew[role].Go("/sign-out");
        }

        // Somebody else stays admin, whatever the admin here does to himself.
        using var second = await Browser.Of(_host, own, "Second Admin", Roles.Admin);
        _nobody = new Browser(_host);
        await _nobody.Go("/sign-in");
        _pages = await Served.By(_host);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _nobody.Dispose();
        foreach (var browser in _crew.Values)
        {
            browser.Dispose();
        }

        _host.Dispose();
        _log.Dispose();
    }

    [Test]
    public void Say_once_who_sees_them()
    {
        Assert.That(_pages, Has.Count.GreaterThan(10));
        Assert.That(_pages.Where(page => page.Marks != 1).Select(page => page.Pattern), Is.Empty, "[Sees], [SignedIn] or [Open]: one of them, once");
        Assert.That(_pages.Where(page => page.Pattern.StartsWith("at/", StringComparison.Ordinal) != page.Sees is not null).Select(page => page.Pattern), Is.Empty, "what is below an account says which roles see it, and nothing else does");
    }

    [Test]
    public async Task Send_nobody_anywhere_but_to_the_sign_in()
    {
        foreach (var page in _pages)
        {
            foreach (var call in page.Calls("own"))
            {
                var seen = await Answered(_nobody, call);
                if (page.IsOpen)
                {
                    Assert.That(seen.Status, Is.LessThan(500).And.Not.EqualTo(403), call.ToString());
                }
                else if (call.Method == HttpMethod.Get)
                {
                    Assert.That(seen.Response.Headers.Location?.OriginalString, Does.StartWith("/sign-in?then="), call.ToString());
                }
                else
                {
                    Assert.That(seen.Status, Is.EqualTo(401), call.ToString());
                }
            }
        }
    }

    [Test]
    public async Task Are_shown_to_the_roles_that_they_name_and_to_no_others([ValueSource(typeof(Rights), nameof(Rights.Each))] Roles role)
    {
        foreach (var page in _pages.Where(page => page.Sees is not null))
        {
            foreach (var call in page.Calls("own"))
            {
                var seen = await Answered(_crew[role], call);
                if (!role.Includes(page.Sees!.Value))
                {
                    Assert.That(seen.Status, Is.EqualTo(403), $"{role}: {call}");
                    continue;
                }

                int[] fine = call.Method == HttpMethod.Get && !page.NeedsMore && !call.Path.EndsWith("handler=Row", StringComparison.Ordinal) ? [200, 302] : call.Method == HttpMethod.Get ? [200, 302, 400, 404] : [200, 302, 400, 403, 404, 409, 412, 422];
                Assert.That(seen.Status, Is.AnyOf(fine.Cast<object>().ToArray()), $"{role}: {call}");
                Assert.That(seen.Response.Headers.Location?.OriginalString ?? "", Does.Not.StartWith("/sign-in"), $"{role}: {call}");
            }
        }
    }

    [Test]
    public async Task Of_other_companies_do_not_exist([ValueSource(typeof(Rights), nameof(Rights.Each))] Roles role)
    {
        foreach (var call in _pages.Where(page => page.Sees is not null).SelectMany(page => Accounts[1..].SelectMany(page.Calls)))
        {
            Assert.That((await Answered(_crew[role], call)).Status, Is.EqualTo(404), $"{role}: {call}");
        }
    }

    [Test]
    public async Task Take_no_form_that_is_not_their_own()
    {
        // A customer's page that there is not is 404 before anything else; When_a_customer_asks posts to one that there is.
        foreach (var call in _pages.Where(page => page.Page is not null).SelectMany(page => page.Calls("own")).Where(call => call.Method == HttpMethod.Post && !call.Path.StartsWith("/trouble", StringComparison.Ordinal) && !call.Path.StartsWith("/t/", StringComparison.Ordinal)))
        {
            Assert.That((await _crew[Roles.Admin].Raw(HttpMethod.Post, call.Path)).Status, Is.EqualTo(400), $"{call} without the token of a form");
        }
    }

    /// <summary>After all the others: what they have asked at the door.</summary>
    [Test]
    [Order(int.MaxValue)]
    public async Task Ask_the_door_as_the_person_who_looks_at_them([ValueSource(typeof(Rights), nameof(Rights.Each))] Roles role)
    {
        foreach (var call in _pages.Where(page => page.Sees is { } roles && role.Includes(roles)).SelectMany(page => page.Calls("own")).Where(call => call.Method == HttpMethod.Post))
        {
            await Answered(_crew[role], call);
        }

        var asks = typeof(Core.Kernel.Door).Assembly.GetTypes().Where(t => t.IsDefined(typeof(AllowedToAttribute), false)).ToDictionary(t => t.Name, t => Rights.Of(t)!.Value, StringComparer.Ordinal);
        var asked = _log.Lines.Select(line => Line().Match(line)).Where(match => match.Success && match.Groups["person"].Value == _crew[role].Person.ToString()).ToList();
        if (role == Roles.Admin)
        {
            Assert.That(asked.Select(match => match.Groups["verb"].Value), Has.Some.EqualTo(nameof(ChangeAccount)), "what is asked is seen here");
        }

        foreach (var (verb, outcome) in asked.Select(match => (match.Groups["verb"].Value, match.Groups["outcome"].Value)).Distinct().Where(ask => !OfPersons.Contains(ask.Item1)))
        {
            var may = asks[verb] != Roles.None && role.Includes(asks[verb]);
            Assert.That(may || outcome == "forbidden", Is.True, $"{role} may not ask {verb}, and the door let him: the page does not ask as the person");
        }
    }

    /// <summary>What is not a page and says no mark is an endpoint of the API, of health, or a file that everybody may load.</summary>
    [Test]
    public void Are_all_there_is_beside_the_api_and_files()
    {
        var rest = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => Served.Of(e) is null).ToList();
        Assert.That(rest, Is.Not.Empty);
        // The last one gives files of the project while it is not published.
        string[] known = ["api/v1/", "health/", "openapi/", "{**path:file}"];
        var unknown = rest.Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            .Select(e => e.RoutePattern.RawText!.TrimStart('/')).Where(pattern => !known.Any(start => pattern.StartsWith(start, StringComparison.Ordinal)));
        Assert.That(unknown, Is.Empty, "give it [Sees], [SignedIn] or [Open]");
        var open = rest.Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal) && e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null);
        Assert.That(open.Select(e => e.RoutePattern.RawText), Is.SubsetOf(new[] { "/api/v1/accounts" }), "every other call wants a key");
    }

    private static Task<Seen> Answered(Browser browser, Called call) => call.Method == HttpMethod.Get
        ? call.Streams ? browser.Headers(call.Path) : browser.Raw(HttpMethod.Get, call.Path)
        : browser.Raw(HttpMethod.Post, call.Path, browser.Token());

    [GeneratedRegex(@"Exchange\.Core\.Kernel\.Door: (?<verb>\w+) (?<outcome>[\w-]+) .*by person (?<person>\S+) in ", RegexOptions.None, 1000)]
    private static partial Regex Line();
}

/// <summary>One request.</summary>
internal sealed record Called(HttpMethod Method, string Path, bool Streams)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>What the host serves to people: a page with its handlers, or a live endpoint.</summary>
internal sealed record Served(string Pattern, Roles? Sees, bool IsOpen, int Marks, CompiledPageActionDescriptor? Page)
{
    /// <summary>Whether the address names more than an account: then there is nothing at the one that is tried.</summary>
    public bool NeedsMore => Pattern.Replace("{account}", "", StringComparison.Ordinal).Contains('{', StringComparison.Ordinal);

    public static async Task<IReadOnlyList<Served>> By(ExchangeHost host)
    {
        var (loader, served) = (host.Services.GetRequiredService<PageLoader>(), new List<Served>());
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (Of(endpoint) is { } one)
            {
                var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
                served.Add(one with { Page = page is null ? null : await loader.LoadAsync(page, Microsoft.AspNetCore.Http.EndpointMetadataCollection.Empty) });
            }
        }

        return served;
    }

    public static Served? Of(RouteEndpoint endpoint)
    {
        var (sees, signedIn, open) = (endpoint.Metadata.OfType<SeesAttribute>().ToList(), endpoint.Metadata.OfType<SignedInAttribute>().Count(), endpoint.Metadata.OfType<OpenAttribute>().Count());
        var marks = sees.Count + signedIn + open;
        return marks == 0 && endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null ? null
            : new Served(endpoint.RoutePattern.RawText!.TrimStart('/'), sees.FirstOrDefault()?.Roles, open > 0, marks, null);
    }

    public IEnumerable<Called> Calls(string account)
    {
        var path = "/" + Regex.Replace(Pattern.Replace("{account}", account, StringComparison.Ordinal), @"\{[^}]*\}", part =>
            part.Value.Contains(":guid", StringComparison.Ordinal) ? "11111111-2222-4333-8444-555555555555" : part.Value.StartsWith("{status", StringComparison.Ordinal) ? "404" : "987654321", RegexOptions.None, TimeSpan.FromSeconds(1));
        if (Page is null)
        {
            return [new Called(HttpMethod.Get, path, Streams: true)];
        }

        var handlers = Page.HandlerMethods.Select(h => new Called(h.HttpMethod == "Post" ? HttpMethod.Post : HttpMethod.Get, h.Name is null ? path : $"{path}?handler={h.Name}", Streams: false));

        // A page without a handler for GET is shown all the same.
        return handlers.Append(new Called(HttpMethod.Get, path, Streams: false)).Distinct();
    }
}
