using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Exchange.Contracts.V1;

/// <summary>An entry's body as read back from its exact bytes.</summary>
/// <param name="Data">What it says; null for a type this code does not know (it stays verifiable, and applies as nothing).</param>
public sealed record EntryBody(int V, string Salt, string Side, Actor Actor, DateTimeOffset At, IEntryData? Data, JsonElement RawData);

/// <summary>
/// Writes and reads the bytes of an entry: UTF-8 JSON <c>{v, salt, side, actor, at, data}</c>.
/// The bytes are what is hashed and kept, so they are written once and never again.
/// </summary>
public static class EntryCodec
{
    private static readonly JsonSerializerOptions Json = Options();
    private static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        [EntryTypes.Offered] = typeof(OfferedData),
        [EntryTypes.Accepted] = typeof(AcceptedData),
        [EntryTypes.Declined] = typeof(DeclinedData),
        [EntryTypes.Recalled] = typeof(RecalledData),
        [EntryTypes.Started] = typeof(StartedData),
        [EntryTypes.Asked] = typeof(AskedData),
        [EntryTypes.Answered] = typeof(AnsweredData),
        [EntryTypes.Resumed] = typeof(ResumedData),
        [EntryTypes.Held] = typeof(HeldData),
        [EntryTypes.Unheld] = typeof(UnheldData),
        [EntryTypes.Returned] = typeof(ReturnedData),
        [EntryTypes.Resolved] = typeof(ResolvedData),
        [EntryTypes.Confirmed] = typeof(ConfirmedData),
        [EntryTypes.Reworked] = typeof(ReworkedData),
        [EntryTypes.Commented] = typeof(CommentedData),
        [EntryTypes.FileAdded] = typeof(FileAddedData),
        [EntryTypes.Retracted] = typeof(RetractedData),
        [EntryTypes.Countered] = typeof(CounteredData),
        [EntryTypes.CounterAccepted] = typeof(CounterAcceptedData),
        [EntryTypes.CounterRejected] = typeof(CounterRejectedData),
        [EntryTypes.Expired] = typeof(ExpiredData),
        [EntryTypes.RecallRequested] = typeof(RecallRequestedData),
        [EntryTypes.RecallAgreed] = typeof(RecallAgreedData),
        [EntryTypes.RecallRefused] = typeof(RecallRefusedData),
        [EntryTypes.RecallWithdrawn] = typeof(RecallWithdrawnData),
        [EntryTypes.Severed] = typeof(SeveredData),
        [EntryTypes.Revealed] = typeof(RevealedData),
        [EntryTypes.Skipped] = typeof(SkippedData),
        [EntryTypes.Rated] = typeof(RatedData),
        [EntryTypes.RatingChanged] = typeof(RatingChangedData),
        [EntryTypes.RatingReplied] = typeof(RatingRepliedData),
    };

    private static readonly Dictionary<Type, string> Names = Types.ToDictionary(t => t.Value, t => t.Key);

    /// <summary>All wire names with the type that carries each.</summary>
    public static IReadOnlyDictionary<string, Type> All => Types;

    public static string TypeOf(IEntryData data) => Names[data.GetType()];

    /// <param name="salt">Random, so that the hash of a body tells nothing about a guessed text once the bytes are erased.</param>
    public static byte[] Write(string side, Actor actor, DateTimeOffset at, string salt, IEntryData data)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Writer);
        json.WriteStartObject();
        json.WriteNumber("v"u8, 1);
        json.WriteString("salt"u8, salt);
        json.WriteString("side"u8, side);
        json.WriteStartObject("actor"u8);
        json.WriteString("kind"u8, actor.Kind);
        json.WriteString("id"u8, actor.Id);
        json.WriteString("name"u8, actor.Name);
        json.WriteEndObject();
        json.WriteString("at"u8, UtcTime.Show(at));
        json.WritePropertyName("data"u8);
        JsonSerializer.Serialize(json, data, data.GetType(), Json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static EntryBody Read(string type, ReadOnlySpan<byte> bytes)
    {
        var raw = JsonSerializer.Deserialize<RawBody>(bytes, Json)!;
        var data = Types.TryGetValue(type, out var known) ? (IEntryData?)raw.Data.Deserialize(known, Json) : null;
        return new EntryBody(raw.V, raw.Salt, raw.Side, raw.Actor, raw.At, data, raw.Data);
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new UtcTime());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>One way to write a time: UTC, to the microsecond, with a Z.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Show(value));
    }

    private sealed record RawBody(int V, string Salt, string Side, Actor Actor, DateTimeOffset At, JsonElement Data);
}
