using Exchange.Core.Kernel;
using Exchange.Core.Store;

namespace Exchange.Api.Http;

/// <summary>Words in a query string.</summary>
internal static class Query
{
    /// <summary>Null when it was not asked for.</summary>
    public static T? Word<T>(string name, string? text)
        where T : struct, Enum => text is null
        ? null
        : Words<T>.TryParse(text) ?? throw new Refusal(Fault.Invalid(name, $"'{name}' is one of: {string.Join(", ", Words<T>.All)}."));
}
