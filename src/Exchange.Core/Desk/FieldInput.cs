using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Exchange.Core.Desk;

/// <summary>What somebody gives a field: typed on a page, or as a program's JSON sends it.</summary>
/// <param name="Text">A text, or a JSON number or <c>true</c> or <c>false</c> as it stands there.</param>
[JsonConverter(typeof(FieldInputJson))]
public sealed record FieldInput(string Text, FieldInputFrom From)
{
    /// <summary>As a field of a page has it: everything is text there.</summary>
    public static FieldInput Typed(string text) => new(text, FieldInputFrom.Page);

    /// <summary>Whether a field of this kind may be given so at all.</summary>
    public bool Fits(string kind) => From switch
    {
        FieldInputFrom.Page => true,
        FieldInputFrom.Number => kind == FieldKind.Number,
        FieldInputFrom.YesNo => kind == FieldKind.YesNo,
        _ => kind is FieldKind.Text or FieldKind.Date or FieldKind.Choice,
    };
}

public enum FieldInputFrom
{
    Page,
    Text,
    Number,
    YesNo,
}

/// <summary>What a ticket has in a field, as it is kept.</summary>
/// <param name="Text">As <see cref="FieldText"/> writes it.</param>
[JsonConverter(typeof(FieldValueJson))]
public sealed record FieldValue(string Kind, string Text);

/// <summary>Reads a JSON text, number, <c>true</c> or <c>false</c>.</summary>
public sealed class FieldInputJson : JsonConverter<FieldInput>
{
    public override FieldInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        // No database here keeps U+0000.
        JsonTokenType.String => new FieldInput(reader.GetString()!.Replace("\0", "", StringComparison.Ordinal), FieldInputFrom.Text),
        JsonTokenType.Number => new FieldInput(reader.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : "", FieldInputFrom.Number),
        JsonTokenType.True or JsonTokenType.False => new FieldInput(reader.GetBoolean() ? "true" : "false", FieldInputFrom.YesNo),
        _ => throw new JsonException("A field takes a text, a number, true or false; null clears it."),
    };

    public override void Write(Utf8JsonWriter writer, FieldInput value, JsonSerializerOptions options) => writer.WriteStringValue($"{value.From} {value.Text}");
}

/// <summary>Writes a value as the JSON of its kind.</summary>
public sealed class FieldValueJson : JsonConverter<FieldValue>
{
    public override FieldValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Values are told, not read.");

    public override void Write(Utf8JsonWriter writer, FieldValue value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            case FieldKind.Number:
                writer.WriteRawValue(value.Text);
                break;
            case FieldKind.YesNo:
                writer.WriteBooleanValue(value.Text == "true");
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
