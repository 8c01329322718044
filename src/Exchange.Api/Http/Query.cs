using Exchange.Core.Desk;
using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Http;

/// <summary>Words in a query string.</summary>
internal static class Query
{
    private const int MostWords = 40;

    /// <summary>What is searched for; each word costs, so there is a limit.</summary>
    public static string? Search(string? text) => text is null || (text.Length <= 200 && TicketWord.In(text).Count <= MostWords)
        ? text
        : throw new Refusal(Fault.Invalid("q", $"'q' has at most 200 characters and {MostWords} words (or characters of a script without blanks, and their pairs)."));

    /// <summary>What <c>?field.{key}=</c> narrows a list to. The fields are read only where the query names one.</summary>
    public static async Task<IReadOnlyList<FieldFilter>?> Fields(IQueryCollection query, Caller caller, FieldViews views, CancellationToken ct)
    {
        var said = query.Where(q => q.Key.StartsWith(FieldFilter.Prefix, StringComparison.Ordinal)).Select(q => KeyValuePair.Create(q.Key, q.Value.ToString())).ToList();
        if (said.Count == 0)
        {
            return null;
        }

        var filter = FieldFilter.Of(await views.All(caller, ct), said, out var wrong);
        return wrong.Count == 0 ? filter : throw new Refusal(new Fault(Codes.Validation, wrong.Values.First())
        {
            Errors = wrong.ToDictionary(w => w.Key, w => new[] { w.Value }, StringComparer.Ordinal),
        });
    }

    /// <summary>Null when it was not asked for.</summary>
    public static T? Word<T>(string name, string? text)
        where T : struct, Enum => text is null
        ? null
        : Words<T>.TryParse(text) ?? throw new Refusal(Fault.Invalid(name, $"'{name}' is one of: {string.Join(", ", Words<T>.All)}."));
}
