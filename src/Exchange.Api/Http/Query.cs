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

    /// <summary>Null when it was not asked for.</summary>
    public static T? Word<T>(string name, string? text)
        where T : struct, Enum => text is null
        ? null
        : Words<T>.TryParse(text) ?? throw new Refusal(Fault.Invalid(name, $"'{name}' is one of: {string.Join(", ", Words<T>.All)}."));
}
