using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Exchange.Contracts.V1;
using Exchange.Edge.Tests.House;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Wire;

/// <summary>Contracts only grow: every shape ever shipped is a file that the newest code reads.</summary>
public sealed class Entries_on_the_wire
{
    private static readonly string Folder = Repository.In("tests", "Exchange.Edge.Tests", "Wire", "Samples");

    private static readonly JsonSerializerOptions Bus = new(JsonSerializerDefaults.Web);

    public static IEnumerable<TestCaseData> Shapes() => Wire.Shapes.All.Select(shape => new TestCaseData(shape.File).SetArgDisplayNames(shape.File));

    [Test]
    public void Have_a_sample_for_every_type_and_no_other_file()
    {
        Assert.That(Wire.Shapes.All.Select(s => s.Type).Distinct(StringComparer.Ordinal), Is.EquivalentTo(EntryCodec.All.Keys));
        foreach (var type in EntryCodec.All.Keys)
        {
            Assert.That(Wire.Shapes.All.Select(s => s.File), Does.Contain($"{type}.v1.json"));
        }

        Assert.That(Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)), Is.EquivalentTo(Wire.Shapes.All.Select(s => s.File).Concat(["entries-appended.v1.json", "changed.v1.json", "probe.v1.json"])));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Read_as_what_they_said(string file)
    {
        var shape = Of(file);
        var read = EntryCodec.Read(shape.Type, Bytes(file));
        Assert.That((read.V, read.Salt, read.Side, read.Actor, read.At), Is.EqualTo((1, Wire.Shapes.Salt, shape.Side, Wire.Shapes.Anna, Wire.Shapes.At)));
        Assert.That(read.At.Offset, Is.EqualTo(TimeSpan.Zero));
        Same(read.Data, shape.Data);
        Assert.That(EntryCodec.TypeOf(read.Data!), Is.EqualTo(shape.Type));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Are_written_as_the_same_bytes(string file)
    {
        var shape = Of(file);
        var bytes = Bytes(file);
        var read = EntryCodec.Read(shape.Type, bytes);
        Assert.That(Text(EntryCodec.Write(shape.Side, Wire.Shapes.Anna, Wire.Shapes.At, Wire.Shapes.Salt, shape.Data)), Is.EqualTo(Text(bytes)));
        Assert.That(EntryCodec.Write(read.Side, read.Actor, read.At, read.Salt, read.Data!), Is.EqualTo(bytes));
    }

    [TestCaseSource(nameof(Shapes))]
    public void May_hold_members_that_this_code_does_not_know(string file)
    {
        var shape = Of(file);
        var json = JsonNode.Parse(Bytes(file))!;
        foreach (var part in (JsonObject[])[json.AsObject(), json["actor"]!.AsObject(), json["data"]!.AsObject()])
        {
            part.Insert(0, "future", JsonNode.Parse("""{"a":[1,{"b":null}]}"""));
            part["later"] = "x";
        }

        foreach (var deeper in (string[])["contact", "asset", "file"])
        {
            (json["data"]![deeper] as JsonObject)?.Add("future", 1);
        }

        foreach (var known in json["data"]!["files"]?.AsArray() ?? [])
        {
            known!["future"] = true;
        }

        var read = EntryCodec.Read(shape.Type, Encoding.UTF8.GetBytes(json.ToJsonString()));
        Assert.That((read.V, read.Salt, read.Side, read.Actor, read.At), Is.EqualTo((1, Wire.Shapes.Salt, shape.Side, Wire.Shapes.Anna, Wire.Shapes.At)));
        Same(read.Data, shape.Data);
    }

    [TestCaseSource(nameof(Shapes))]
    public void Of_an_unknown_type_say_nothing_and_stay_readable(string file)
    {
        var shape = Of(file);
        foreach (var type in (string[])["sung", "", shape.Type.ToUpperInvariant(), $"{shape.Type} "])
        {
            var read = EntryCodec.Read(type, Bytes(file));
            Assert.That(read.Data, Is.Null, type);
            Assert.That((read.Side, read.Actor, read.At), Is.EqualTo((shape.Side, Wire.Shapes.Anna, Wire.Shapes.At)));
            Assert.That(read.RawData.GetRawText(), Is.EqualTo(JsonDocument.Parse(Bytes(file)).RootElement.GetProperty("data").GetRawText()));
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public void Leave_out_what_is_absent_and_name_all_else_in_camel_case(string file)
    {
        using var json = JsonDocument.Parse(Bytes(file));
        Assert.That(json.RootElement.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "v", "salt", "side", "actor", "at", "data" }));
        Assert.That(Text(Bytes(file)), Does.Not.Contain("null"));
        Assert.That(Names(json.RootElement), Is.All.Match("^[a-z][a-zA-Z0-9]*$"));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Are_files_of_exact_bytes(string file)
    {
        var bytes = Bytes(file);
        Assert.That((bytes[0], bytes[^1]), Is.EqualTo(((byte)'{', (byte)'}')), "no mark before, no line end after");
        Assert.That(bytes, Does.Not.Contain((byte)'\r').And.Not.Contain((byte)'\n'));
    }

    [Test]
    public void Say_their_own_state_where_they_move_the_handoff()
    {
        foreach (var shape in Wire.Shapes.All)
        {
            var state = JsonNode.Parse(Bytes(shape.File))!["data"]!["state"]?.GetValue<string>();
            Assert.That(state, shape.Data is IStateEntry ? Is.Not.Null : Is.Null, shape.File);
            Assert.That((shape.Data as IStateEntry)?.State, Is.EqualTo(state));
        }
    }

    [Test]
    public void Are_rung_for_by_a_message_that_holds_no_text()
    {
        var bytes = Bytes("entries-appended.v1.json");
        var read = JsonSerializer.Deserialize<EntriesAppended>(bytes, Bus)!;
        Assert.That(read.Envelopes.Select(e => (e.Handoff, e.Seq, e.Type, e.Side, Convert.ToHexString(e.Hash))),
            Is.EqualTo(Wire.Shapes.Bus.Envelopes.Select(e => (e.Handoff, e.Seq, e.Type, e.Side, Convert.ToHexString(e.Hash)))));
        Assert.That(JsonSerializer.SerializeToUtf8Bytes(read, Bus), Is.EqualTo(bytes));
        Assert.That(Names(JsonDocument.Parse(bytes).RootElement).Distinct(StringComparer.Ordinal), Is.EquivalentTo(new[] { "envelopes", "handoff", "seq", "type", "side", "hash" }));
    }

    [Test]
    public void Are_rung_for_by_a_message_that_may_hold_more_than_this_code_knows()
    {
        var json = JsonNode.Parse(Bytes("entries-appended.v1.json"))!;
        json["future"] = 1;
        json["envelopes"]![0]!["bytes"] = "AAAA";
        var read = json.Deserialize<EntriesAppended>(Bus)!;
        Assert.That(read.Envelopes.Select(e => (e.Handoff, e.Seq)), Is.EqualTo(Wire.Shapes.Bus.Envelopes.Select(e => (e.Handoff, e.Seq))));
    }

    [Test]
    public void Change_what_others_show_by_a_message_of_ids_alone()
    {
        var read = JsonSerializer.Deserialize<Changed>(Bytes("changed.v1.json"), Bus)!;
        Assert.That((read.Node, read.Changes), Is.EqualTo((Wire.Shapes.Changed.Node, Wire.Shapes.Changed.Changes)).Using<(Guid, IReadOnlyList<Change>)>(
            (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2)));
        Assert.That(JsonSerializer.SerializeToUtf8Bytes(read, Bus), Is.EqualTo(Bytes("changed.v1.json")));
        Assert.That(Names(JsonDocument.Parse(Bytes("changed.v1.json")).RootElement).Distinct(StringComparer.Ordinal), Is.EquivalentTo(new[] { "node", "changes", "account", "kind", "id" }));
    }

    [Test]
    public void Share_their_queues_with_a_probe()
    {
        var read = JsonSerializer.Deserialize<Probe>(Bytes("probe.v1.json"), Bus);
        Assert.That(read, Is.EqualTo(Wire.Shapes.Probe));
        Assert.That(JsonSerializer.SerializeToUtf8Bytes(read, Bus), Is.EqualTo(Bytes("probe.v1.json")));
    }

    [TestCase("changed.v1.json")]
    [TestCase("probe.v1.json")]
    public void Share_the_bus_with_messages_that_may_hold_more_than_this_code_knows(string file)
    {
        var json = JsonNode.Parse(Bytes(file))!;
        json["future"] = 1;
        (json["changes"]?[0] as JsonObject)?.Add("future", "x");
        Assert.That(file[0] == 'c' ? json.Deserialize<Changed>(Bus)!.Changes.Count : json.Deserialize<Probe>(Bus)!.Hops, Is.EqualTo(3));
    }

    private static Shape Of(string file) => Wire.Shapes.All.Single(s => s.File == file);

    private static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    private static string Text(byte[] bytes) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);

    /// <summary>Member by member, lists by their items.</summary>
    private static void Same(IEntryData? read, IEntryData said)
    {
        Assert.That(read, Is.TypeOf(said.GetType()));
        Assert.That(JsonSerializer.Serialize(read, said.GetType()), Is.EqualTo(JsonSerializer.Serialize(said, said.GetType())));
    }

    private static IEnumerable<string> Names(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Names(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}
