using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Exchange.Api.Http;

/// <summary><c>Authorization: Bearer</c> with an API key. What the key may do are its scopes.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Keyring keyring)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Key = "key";
    public const string ScopeClaim = "scope";

    /// <summary>The secret of a Bearer header; null when there is none.</summary>
    public static string? Secret(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }

    public static bool Same(string? one, string? other) => one is not null && other is not null && CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Secret(Request) is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        if (await keyring.Find(secret, Context.RequestAborted) is not { } bearer)
        {
            return AuthenticateResult.Fail("unknown key");
        }

        Context.Features.Set(bearer);
        var identity = new ClaimsIdentity(bearer.Scopes.Select(scope => new Claim(ScopeClaim, scope)), Key);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Key));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Write(Context, new Fault(Codes.Unauthorized, Request.Headers.Authorization.Count == 0
            ? "Send an API key of your account: Authorization: Bearer tx_..."
            : "This API key is unknown or revoked: use another key of your account."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problem.Write(
        Context, new Fault(Codes.Forbidden, "This API key does not have the scope for this: use another key of your account, or make one."));
}
