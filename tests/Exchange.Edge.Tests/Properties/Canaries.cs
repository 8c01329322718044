using System.Text;
using System.Text.RegularExpressions;
using Exchange.Edge.Tests.TestKit;

namespace Exchange.Edge.Tests.Properties;

/// <summary>
/// Words that are written once and may stand in certain places alone. A place is a row's owner: a note or message of an account, its
/// tickets and files, an offer, the talk of a handoff. What was refused has no place at all.
/// </summary>
internal sealed partial class Canaries
{
    private readonly Dictionary<string, HashSet<string>> _places = new(StringComparer.Ordinal);

    public string New()
    {
        var word = $"canary{_places.Count:D5}x";
        _places[word] = [];
        return word;
    }

    /// <summary>From now on, what is in this text may stand there too.</summary>
    public void Spread(string? text, string place)
    {
        foreach (var word in In(text))
        {
            _places[word].Add(place);
        }
    }

    /// <summary>The words in this text that none of these places allows.</summary>
    public IEnumerable<string> Strays(string text, Func<string, bool> allowed) => In(text).Where(word => !_places[word].Any(allowed));

    public IEnumerable<string> Strays(string text, string? place) => Strays(text, p => p == place);

    public static string TextOf(object value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => "",
    };

    /// <summary>Searches every column of every row.</summary>
    public IEnumerable<string> StraysIn(World world, Func<string, Dictionary<string, object>, string?> placeOf)
    {
        using var connection = world.Tables();
        foreach (var (table, row) in Rows.Everything(connection))
        {
            var place = placeOf(table, row);
            foreach (var (column, value) in row)
            {
                foreach (var word in Strays(TextOf(value), place))
                {
                    yield return $"I10: {word}, which belongs to [{string.Join(", ", _places[word])}], stands in {table}.{column} of {place ?? "nobody"}";
                }
            }
        }
    }

    private static IEnumerable<string> In(string? text) => text is null ? [] : Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).Distinct(StringComparer.Ordinal);

    [GeneratedRegex("canary[0-9]{5}x", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Word();
}
