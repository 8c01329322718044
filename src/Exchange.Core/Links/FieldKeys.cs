using System.Text.Json;
using System.Text.Json.Serialization;

namespace Exchange.Core.Links;

/// <summary>The fields that terms name, by their keys: in one order, so that two lists of the same keys are equal.</summary>
/// <param name="Joined">The keys, joined by blanks.</param>
[JsonConverter(typeof(FieldKeysJson))]
public sealed record FieldKeys(string Joined)
{
    /// <summary>So many fields may terms name.</summary>
    public const int Most = 30;

    [JsonIgnore]
    public IReadOnlyList<string> All => Joined.Split(' ');

    /// <summary>Null where none is named.</summary>
    public static FieldKeys? Of(IEnumerable<string>? keys) =>
        string.Join(' ', (keys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? new FieldKeys(joined) : null;

    /// <summary>Whether it can be a key at all.</summary>
    public static bool IsKey(string? key) => key is { Length: > 0 and <= 40 } && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>Reads and writes a list of texts.</summary>
public sealed class FieldKeysJson : JsonConverter<FieldKeys>
{
    public override FieldKeys? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FieldKeys.Of(JsonSerializer.Deserialize<string[]>(ref reader, options));

    public override void Write(Utf8JsonWriter writer, FieldKeys value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.All, options);
}
