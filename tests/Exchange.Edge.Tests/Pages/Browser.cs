using System.Net;
using System.Text.Json.Nodes;
using Exchange.Contracts.V1;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.Routes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>What came back: after all redirects, of the last one.</summary>
/// <param name="Path">Where it is, with its query.</param>
internal sealed record Seen(int Status, string Path, string Html, HttpResponseMessage Response)
{
    /// <summary>The words alone, decoded, blanks made one.</summary>
    public string Text => Markup.TextOf(Html);
}

/// <summary>
/// Somebody at the pages without script: he opens addresses, fills forms in and presses their buttons, as they stand on the page
/// that he sees. A field that the form does not have cannot be filled in.
/// </summary>
internal sealed class Browser : IDisposable
{
    public const string Password = "a quiet place to work";

    private readonly HttpClient _client;

    public Browser(ExchangeHost host, string language = "en")
    {
        _client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        _client.DefaultRequestHeaders.Add("Accept-Language", language);
        _client.DefaultRequestHeaders.Add("User-Agent", "A browser of the tests");
    }

    public Seen Now { get; private set; } = null!;

    public PersonId Person { get; private set; }

    public string Email { get; private set; } = "";

    /// <summary>A new person, a member of this account with these roles, who has signed in.</summary>
    /// <param name="account">What sign-up has answered.</param>
    public static async Task<Browser> Of(ExchangeHost host, JsonNode account, string name, Roles roles, string language = "en")
    {
        var (person, email) = await Register(host, name);
        var id = new AccountId(Guid.Parse((string)account["id"]!));
        var door = host.Services.GetRequiredService<Door>();
        var caller = new Caller(id, (string)account["name"]!, new Actor("key", "tests", "Tests"));
        var invited = await door.Do<InviteMember, MemberInvited>(new InviteMember(email, roles), caller, null, CancellationToken.None);
        var joined = await door.Do<JoinAccount, Joined>(new JoinAccount(invited.Value!.Code, person, name, email), Caller.Stranger, null, CancellationToken.None);
        Assert.That(joined.Ok, Is.True, joined.Fault?.Detail);
        return await SignedIn(host, person, email, language);
    }

    /// <summary>A new person in no account, who has signed in.</summary>
    public static async Task<Browser> OfNobody(ExchangeHost host, string name)
    {
        var (person, email) = await Register(host, name);
        return await SignedIn(host, person, email, "en");
    }

    /// <summary>Opens an address and follows where it leads.</summary>
    public Task<Seen> Go(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>One request without following: for refusals and parts of a page.</summary>
    public async Task<Seen> Raw(HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        var response = await _client.SendAsync(request);
        return new Seen((int)response.StatusCode, path, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>A part of the page that fetches itself anew, because something has changed.</summary>
    public async Task<Seen> Live(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("HX-Request", "true");
        var response = await _client.SendAsync(request);
        return new Seen((int)response.StatusCode, path, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>The head of an answer that does not end, such as a stream of events.</summary>
    public async Task<Seen> Headers(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Dispose();
        return new Seen((int)response.StatusCode, path, "", response);
    }

    /// <summary>An answer that does not end, for who reads on.</summary>
    public Task<HttpResponseMessage> Stream(string path) => _client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

    /// <summary>The token of the form on the page he sees, for <see cref="Raw"/>.</summary>
    public (string Name, string Value) Token() => ("__RequestVerificationToken", Markup.Token(Now.Html));

    /// <summary>Presses the button with these words, with what its form holds and what is filled in.</summary>
    public Task<Seen> Press(string button, params (string Name, string? Value)[] fields) => PressIn(null, button, fields);

    /// <summary>The same, where several buttons have these words: the one whose form holds this text or value.</summary>
    public Task<Seen> PressIn(string? within, string button, params (string Name, string? Value)[] fields)
    {
        var form = Markup.Forms(Now.Html).FirstOrDefault(f => f.Has(button) && (within is null || WebUtility.HtmlDecode(f.Html).Contains(within, StringComparison.Ordinal)));
        Assert.That(form, Is.Not.Null, $"{Now.Path} ({Now.Status}) has no button '{button}'{(within is null ? "" : $" in a form with '{within}'")}: {Now.Text}");
        var (method, to, filled) = form!.Fill(button, fields);
        var address = to.Length == 0 ? Now.Path : to;
        return method == HttpMethod.Get
            ? Go($"{address.Split('?')[0]}?{string.Join('&', filled.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"))}")
            : Send(method, address, new FormUrlEncodedContent(filled));
    }

    public void Dispose() => _client.Dispose();

    private static async Task<(PersonId Person, string Email)> Register(ExchangeHost host, string name)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}.{Guid.NewGuid():N}@people.example";
        var made = await host.Services.GetRequiredService<IPeople>().Register(email, name, Password, CancellationToken.None);
        Assert.That(made.Ok, Is.True, made.Fault?.Detail);
        return (made.Value, email);
    }

    private static async Task<Browser> SignedIn(ExchangeHost host, PersonId person, string email, string language)
    {
        var browser = new Browser(host, language) { Person = person, Email = email };
        await browser.SignIn(email, Password);
        Assert.That(browser.Now.Path, Does.Not.StartWith("/sign-in"), browser.Now.Text);
        return browser;
    }

    public async Task<Seen> SignIn(string email, string password, string then = "/accounts")
    {
        await Go($"/sign-in?then={Uri.EscapeDataString(then)}");
        var form = Markup.Forms(Now.Html).First(f => f.Html.Contains("name=\"password\"", StringComparison.Ordinal));
        var (method, to, filled) = form.Fill(null, [("email", email), ("password", password)]);
        return await Send(method, to.Length == 0 ? Now.Path : to, new FormUrlEncodedContent(filled));
    }

    private async Task<Seen> Send(HttpMethod method, string path, HttpContent? content)
    {
        const int MostRedirects = 8;
        for (var hop = 0; hop < MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            var response = await _client.SendAsync(request);
            if (response.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther) || response.Headers.Location is not { } next)
            {
                return Now = new Seen((int)response.StatusCode, path, await response.Content.ReadAsStringAsync(), response);
            }

            Assert.That(next.IsAbsoluteUri && next.Scheme is "http" or "https" ? next.Host : "localhost", Is.EqualTo("localhost"), "a page led out of the exchange");
            (method, content) = (HttpMethod.Get, null);
            path = next.IsAbsoluteUri ? next.PathAndQuery : next.OriginalString;
        }

        throw new InvalidOperationException($"{path} leads round and round.");
    }
}
