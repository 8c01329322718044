using System.Text;

namespace Exchange.Core.Store;

/// <summary>Enums as the words of the semantics: <c>WaitingPlacer</c> is <c>waiting_placer</c> on the wire and in the database.</summary>
public static class Words<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, v => WordExtensions.Snake(v.ToString()));
    private static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => ByWord.Keys;

    public static string Of(T value) => ByValue[value];

    /// <exception cref="KeyNotFoundException">The word is not one of them: validate what comes from outside first.</exception>
    public static T Parse(string word) => ByWord[word];

    public static T? TryParse(string? word) => word is not null && ByWord.TryGetValue(word, out var value) ? value : null;
}

public static class WordExtensions
{
    /// <summary>WaitingPlacer is waiting_placer.</summary>
    internal static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    public static string Word<T>(this T value)
        where T : struct, Enum => Words<T>.Of(value);
}
