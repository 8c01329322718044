using System.Globalization;
using System.Reflection;
using Exchange.Core.Accounts;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Http;

/// <summary>Who sends this request, and the headers that every command honours.</summary>
/// <param name="Once">The Idempotency-Key, in the caller's own scope.</param>
/// <param name="IfVersion">The version that <c>If-Match</c> names.</param>
public sealed record Me(Caller Caller, Once? Once, long? IfVersion)
{
    public static ValueTask<Me> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var bearer = context.Features.Get<Bearer>();
        var caller = bearer?.Caller ?? Caller.Stranger;
        var scope = bearer is null ? $"address {context.Connection.RemoteIpAddress}" : caller.Account.ToString();
        return new(new Me(caller, ReadKey(context, scope), ReadVersion(context)));
    }

    private static Once? ReadKey(HttpContext context, string scope)
    {
        var sent = context.Request.Headers["Idempotency-Key"];
        if (sent.Count == 0)
        {
            return null;
        }

        var key = sent.ToString();
        return key.Length is > 0 and <= ReplayRow.MaxKey && key.All(c => c is >= ' ' and <= '~')
            ? new Once(scope, key)
            : throw new BadHttpRequestException($"An Idempotency-Key has 1 to {ReplayRow.MaxKey} printable ASCII characters.");
    }

    private static long? ReadVersion(HttpContext context)
    {
        var sent = context.Request.Headers.IfMatch;
        if (sent.Count == 0 || sent == "*")
        {
            return null;
        }

        var text = sent.ToString();
        return text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && long.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new BadHttpRequestException("If-Match is the ETag that was read, such as \"3\", with its quotes.");
    }
}

/// <summary>A page of a list: <c>?limit=</c> and <c>?after=</c>.</summary>
public sealed record Paging(PageAsk Page)
{
    public static ValueTask<Paging> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var limit = PageAsk.DefaultLimit;
        if (context.Request.Query.TryGetValue("limit", out var asked)
            && !(int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= PageAsk.MaxLimit))
        {
            throw new Refusal(Fault.Invalid("limit", $"'limit' is a whole number from 1 to {PageAsk.MaxLimit}."));
        }

        Cursor? after = null;
        if (context.Request.Query.TryGetValue("after", out var cursor))
        {
            after = Cursor.TryParse(cursor.ToString()) ?? throw new Refusal(Fault.Invalid("after", "'after' is the value of 'next' from an earlier answer."));
        }

        return new(new Paging(new PageAsk(limit, after)));
    }
}

/// <summary>A refusal found while a request's parameters are read, where there is no other way to answer than to throw.</summary>
internal sealed class Refusal(Fault fault) : Exception(fault.Detail)
{
    public Fault Fault => fault;
}
