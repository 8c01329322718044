using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Exchange.Core.Kernel;
using Exchange.Core.Store;
using Microsoft.AspNetCore.Diagnostics;

namespace Exchange.Api.Http;

/// <summary>A fault as an answer: RFC 9457, with the stable code and what is true now.</summary>
public sealed class Problem(Fault fault) : IResult
{
    private static readonly Dictionary<string, (int Status, string Title)> Known = new(StringComparer.Ordinal)
    {
        [Codes.Validation] = (400, "The request is not valid"),
        [Codes.Malformed] = (400, "The request cannot be read"),
        [Codes.Unauthorized] = (401, "A valid API key is needed"),
        [Codes.Forbidden] = (403, "Not for you"),
        [Codes.NotFound] = (404, "Not found"),
        [Codes.StateConflict] = (409, "Not possible in this state"),
        [Codes.Over] = (409, "The handoff is over"),
        [Codes.LinkNotActive] = (409, "The link is not active"),
        [Codes.ChainCycle] = (409, "Already in the chain"),
        [Codes.DepthExceeded] = (409, "The chain is too deep"),
        [Codes.ChildrenOpen] = (409, "A partner is still at it"),
        [Codes.TicketHasOpenHandoffs] = (409, "The ticket has open handoffs"),
        [Codes.TicketClosed] = (409, "The ticket is closed"),
        [Codes.AlreadyLinked] = (409, "Already linked"),
        [Codes.AlreadyHandedOver] = (409, "Already handed over"),
        [Codes.AlreadyRated] = (409, "Already rated"),
        [Codes.AlreadyAnswered] = (409, "Already answered"),
        [Codes.InFlight] = (409, "The same request is under way"),
        [Codes.EventsForgotten] = (410, "Events after this were forgotten"),
        [Codes.VersionConflict] = (412, "Somebody was quicker"),
        [Codes.TooLarge] = (413, "Too large"),
        [Codes.FileTooLarge] = (413, "The file is too large"),
        [Codes.AudienceForbidden] = (422, "Not for this audience"),
        [Codes.ShareForbidden] = (422, "The terms do not allow it"),
        [Codes.KeyReused] = (422, "The Idempotency-Key was used before"),
        [Codes.RateLimited] = (429, "Too many requests"),
        [Codes.NotReady] = (503, "Not ready"),
    };

    public static IReadOnlyDictionary<string, (int Status, string Title)> All => Known;

    /// <summary>A problem outside the list of faults, such as a bug.</summary>
    public static Task Write(HttpContext context, int status, string code, string title, string detail, Fault? fault = null)
    {
        var body = new JsonObject
        {
            ["type"] = $"https://ticket-exchange.example/problems/{code}",
            ["title"] = title,
            ["status"] = status,
            ["detail"] = detail,
            ["code"] = code,
        };
        if (fault?.Errors is { } errors)
        {
            body["errors"] = JsonSerializer.SerializeToNode(errors, JsonSerializerOptions.Web);
        }

        if (fault?.Truth is { } truth)
        {
            body["state"] = truth.State;
            body["version"] = truth.Version;
            body["allowed"] = JsonSerializer.SerializeToNode(truth.Allowed, JsonSerializerOptions.Web);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(body.ToJsonString(Json.Plain), context.RequestAborted);
    }

    public static Task Write(HttpContext context, Fault fault)
    {
        var (status, title) = Known[fault.Code];
        return Write(context, status, fault.Code, title, fault.Detail, fault);
    }

    public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, fault);
}

/// <summary>What went wrong outside a deed: a request that cannot be read, or a bug.</summary>
internal sealed partial class Exceptions(IDialect dialect, ILogger<Exceptions> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            return true;
        }

        if (exception is Refusal refusal)
        {
            await Problem.Write(httpContext, refusal.Fault);
            return true;
        }

        if (exception is BadHttpRequestException bad)
        {
            await Problem.Write(httpContext, Read(bad));
            return true;
        }

        if (dialect.IsAway(exception))
        {
            // Commands say so themselves; this is a look-up, of the key or of what was asked for.
            log.LogWarning("A request to {Route} could not be answered: the database is away ({Why})", Route(httpContext), exception.GetBaseException().Message);
            await Problem.Write(httpContext, new Fault(Codes.NotReady, "The database cannot be read now. Send the request again later."));
            return true;
        }

        log.LogError(exception, "A request to {Route} failed", Route(httpContext));
        await Problem.Write(httpContext, 500, "internal", "Something is broken here",
            "This is a fault of the exchange, not of your request; it is in its log. Nothing was half done: the same request may be sent again.");
        return true;
    }

    private static string? Route(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName;

    private static Fault Read(BadHttpRequestException bad) => bad.StatusCode switch
    {
        413 => Unreadable.TooLarge,
        415 => Unreadable.NotJson,
        _ when bad.InnerException is JsonException json => new Fault(Codes.Malformed, $"The body is not the JSON that is wanted here{Where(json)}."),
        _ when Unbound().Match(bad.Message) is { Success: true } member =>
            Fault.Invalid(Spelt(member), $"'{Spelt(member)}' cannot be read: {Wanted(member.Groups["type"].Value)} is wanted."),
        _ when bad.Message.StartsWith("Implicit body", StringComparison.Ordinal) => Unreadable.NoBody,
        _ => new Fault(Codes.Malformed, bad.Message),
    };

    private static string Wanted(string type) => type.Contains("bool", StringComparison.Ordinal) ? "true or false" : type.Contains("int", StringComparison.Ordinal) ? "a whole number" : "another value";

    // The framework gives no more than this sentence about a member of the query that it cannot read.
    [GeneratedRegex("^Failed to bind parameter \"(?<type>\\S+) (?<name>\\w+)\" from ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unbound();

    // As the query has it: the framework names the member of the record that is bound.
    private static string Spelt(Match member) => JsonNamingPolicy.CamelCase.ConvertName(member.Groups["name"].Value);

    private static string Where(JsonException json) => string.IsNullOrEmpty(json.Path) ? "" : $"; look at {json.Path}";
}

/// <summary>Refusals of bodies that never reached a route, whether the framework threw or only set a status.</summary>
internal static class Unreadable
{
    public static Fault TooLarge => new(Codes.TooLarge, "The body is too large: at most 1 MiB, files apart.");

    public static Fault NoBody => new(Codes.Malformed, "A body is wanted here, and none came: send JSON, {} at least.");

    public static Fault NotJson => new(Codes.Malformed, "Send JSON, and say so: Content-Type: application/json.");

    public static Fault CutOff => new(Codes.Malformed, "The body ended too early or cannot be read: nothing was done. Send it again.");
}
