using System.Globalization;
using Exchange.Core.Kernel;

namespace Exchange.Api.Http;

/// <summary>Answers that routes share.</summary>
internal static class Reply
{
    /// <summary>The thing as it is now, with its version as ETag; or the refusal.</summary>
    public static async Task<IResult> With<T, TView>(this HttpContext context, Outcome<T> outcome, Func<T, Task<TView?>> view, Func<TView, long> version, string? created = null)
        where TView : class
    {
        if (!outcome.Ok)
        {
            return new Problem(outcome.Fault);
        }

        var shown = await view(outcome.Value) ?? throw new InvalidOperationException("What was just made or changed is not there.");
        return context.Tagged(shown, version(shown), created);
    }

    public static IResult Tagged<TView>(this HttpContext context, TView shown, long version, string? created = null)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        return created is null ? TypedResults.Ok(shown) : TypedResults.Created(created, shown);
    }

    public static IResult Found<TView>(this HttpContext context, TView? shown, string what, Func<TView, long> version)
        where TView : class =>
        shown is null ? new Problem(Fault.NotFound(what)) : context.Tagged(shown, version(shown));

    public static IResult Listed<TPage>(TPage? page, string what)
        where TPage : class =>
        page is null ? new Problem(Fault.NotFound(what)) : TypedResults.Ok(page);
}
