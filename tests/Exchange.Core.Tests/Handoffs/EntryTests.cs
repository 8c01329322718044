using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Exchange.Contracts.V1;
using Exchange.Core.Handoffs;
using FsCheck;
using FsCheck.Fluent;

namespace Exchange.Core.Tests.Handoffs;

public sealed class The_hash_chain_of_entries
{
    [Test]
    public void Is_whole_for_another_verifier()
    {
        var chain = Chain.Of(new StartedData("in_progress"), new CommentedData("Grüße, 修理 🚲", []), new ConfirmedData("closed"));
        Assert.That(Chain.FirstBreak(chain, chain[^1].Hash), Is.Null);
    }

    [Property(MaxTest = 300)]
    public bool Has_the_hash_of_the_five_fields(byte[] previous, long seq, Guid opId, NonNull<string> type, byte[] body)
    {
        var (before, bodyHash) = (SHA256.HashData(previous ?? []), SHA256.HashData(body ?? []));
        var word = WellFormed(type.Get);
        return Entry.HashOf(before, seq, opId, word, bodyHash).SequenceEqual(Chain.Hash(before, seq, opId.ToString("D"), word, bodyHash));
    }

    /// <summary>Figures made outside .NET, by hashlib.</summary>
    [Test]
    public void Has_the_hashes_that_were_computed_elsewhere()
    {
        var first = Entry.HashOf(
            new byte[32], 1, Guid.Parse("01890A5D-AC96-774B-BCCE-B302099A8057"), "offered", SHA256.HashData("""{"v":1}"""u8));
        Assert.That(Convert.ToHexStringLower(first), Is.EqualTo("ae89e8b5fe37024a6ce0d0c8ef1c06d94a165634f9230a6b44f5bf825d6023f3"));

        var second = Entry.HashOf(
            first, 258, Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8058"), "file_added", SHA256.HashData("""{"v":1,"text":"Grüße 修理"}"""u8));
        Assert.That(Convert.ToHexStringLower(second), Is.EqualTo("02f7410cd3150dc435428e42f511732b8c8b7233005ebbebda5662ba1c0183a9"));
    }

    [Test]
    public void Keeps_what_it_hashed()
    {
        var entry = Chain.Of(new CommentedData("x", []))[0];
        Assert.That(entry.BodyHash, Is.EqualTo(SHA256.HashData(entry.Bytes)));
        Assert.That(entry.Hash, Is.EqualTo(Chain.Hash(new byte[32], 1, entry.OpId.ToString("D"), "commented", entry.BodyHash)));
        Assert.That(entry.Type, Is.EqualTo("commented"));
    }

    [Property(MaxTest = 200)]
    public bool Shows_any_changed_byte_of_a_body(PositiveInt size, NonNegativeInt which, NonNegativeInt at, byte mask)
    {
        var chain = Some(size);
        var head = chain[^1].Hash;
        var i = which.Get % chain.Count;
        var bytes = Chain.Flipped(chain[i].Bytes, at.Get, mask);
        var lazy = chain.ToList();
        lazy[i] = Chain.With(chain[i], bytes: bytes);
        var clever = chain.ToList();
        clever[i] = Chain.With(chain[i], bytes: bytes, bodyHash: SHA256.HashData(bytes));
        return Chain.FirstBreak(lazy, head) == i + 1 && Chain.FirstBreak(clever, head) == i + 1;
    }

    [Property(MaxTest = 200)]
    public bool Shows_a_changed_number_id_type_or_hash(PositiveInt size, NonNegativeInt which, NonNegativeInt at, byte mask)
    {
        var chain = Some(size);
        var head = chain[^1].Hash;
        var i = which.Get % chain.Count;
        var e = chain[i];
        Entry[] forged =
        [
            Chain.With(e, seq: e.Seq + 1),
            Chain.With(e, opId: new Guid(Chain.Flipped(e.OpId.ToByteArray(), at.Get, mask))),
            Chain.With(e, type: e.Type + "x"),
            Chain.With(e, bodyHash: Chain.Flipped(e.BodyHash, at.Get, mask)),
            Chain.With(e, hash: Chain.Flipped(e.Hash, at.Get, mask)),
        ];
        return forged.All(f => Chain.FirstBreak([.. chain.Take(i), f, .. chain.Skip(i + 1)], head) == i + 1);
    }

    [Property(MaxTest = 200)]
    public bool Shows_a_removed_entry_the_last_one_by_the_head_that_the_other_side_holds(PositiveInt size, NonNegativeInt which)
    {
        var chain = Some(size);
        var i = which.Get % chain.Count;
        return Chain.FirstBreak([.. chain.Where((_, n) => n != i)], chain[^1].Hash) is not null;
    }

    [Property(MaxTest = 200)]
    public Property Shows_swapped_entries(PositiveInt size, NonNegativeInt one, NonNegativeInt other)
    {
        var chain = Some(size);
        var (i, j) = (one.Get % chain.Count, other.Get % chain.Count);
        var swapped = chain.ToList();
        (swapped[i], swapped[j]) = (chain[j], chain[i]);
        var renumbered = swapped.Select((e, n) => Chain.With(e, seq: n + 1)).ToList();
        return (Chain.FirstBreak(swapped, chain[^1].Hash) is not null && Chain.FirstBreak(renumbered, chain[^1].Hash) is not null).When(i != j);
    }

    [Test]
    public void Shows_a_history_that_was_rewritten_whole_by_the_head_that_the_other_side_holds()
    {
        var told = Chain.Of(new CommentedData("I did it.", []), new CommentedData("Thanks", []));
        var retold = Chain.Of(new CommentedData("You did it.", []), new CommentedData("Thanks", []));
        Assert.That(Chain.FirstBreak(retold, retold[^1].Hash), Is.Null);
        Assert.That(Chain.FirstBreak(retold, told[^1].Hash), Is.EqualTo(3));
    }

    [Test]
    public void Salts_each_entry_anew()
    {
        var salts = Enumerable.Range(0, 500).Select(_ => Chain.Of(new CommentedData("yes", []))[0]).ToList();
        Assert.That(salts.Select(e => e.Body.Salt), Is.Unique);
        Assert.That(salts.Select(e => Convert.FromBase64String(e.Body.Salt).Length), Is.All.GreaterThanOrEqualTo(12), "a guessed text must not be found by its hash");
        Assert.That(salts.Select(e => Convert.ToHexString(e.BodyHash)), Is.Unique);
    }

    private static List<Entry> Some(PositiveInt size) =>
        Chain.Of([.. Enumerable.Range(0, 1 + (size.Get % 6)).Select(i => (IEntryData)new CommentedData($"Number {i} ü 修", []))]);

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

public sealed class The_bytes_of_an_entry
{
    [Test]
    public void Are_json_with_exactly_these_members_in_this_order()
    {
        var entry = Chain.Of(new AskedData("waiting_placer", "Which floor?"))[0];
        using var json = JsonDocument.Parse(entry.Bytes);
        Assert.That(json.RootElement.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "v", "salt", "side", "actor", "at", "data" }));
        Assert.That(json.RootElement.GetProperty("v").GetInt32(), Is.EqualTo(1));
        Assert.That(json.RootElement.GetProperty("side").GetString(), Is.EqualTo("placer"));
        Assert.That(json.RootElement.GetProperty("actor").EnumerateObject().Select(p => (p.Name, p.Value.GetString())), Is.EqualTo(new[]
        {
            ("kind", "person"), ("id", Chain.Anna.Id), ("name", "Anna Ährlich"),
        }));
        Assert.That(json.RootElement.GetProperty("data").EnumerateObject().Select(p => (p.Name, p.Value.GetString())), Is.EqualTo(new[]
        {
            ("state", "waiting_placer"), ("question", "Which floor?"),
        }));
    }

    [Test]
    public void Are_plain_utf8_without_a_mark_and_without_blanks_between_members()
    {
        var bytes = Chain.Of(new CommentedData("Grüße 修理 🚲 <b>&amp;</b> 'x'", []))[0].Bytes;
        Assert.That(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), Does.StartWith("{\"v\":1,\"salt\":").And.Contain("Grüße 修理"));
    }

    [TestCase(0, "2026-03-02T12:00:00.000000Z")]
    [TestCase(10, "2026-03-02T12:00:00.000001Z")]
    [TestCase(1_234_560, "2026-03-02T12:00:00.123456Z")]
    [TestCase(9_999_990, "2026-03-02T12:00:00.999999Z")]
    public void Say_the_time_in_utc_with_microseconds(long ticks, string expected)
    {
        foreach (var zone in (int[])[0, 2, -7])
        {
            var at = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddTicks(ticks).ToOffset(TimeSpan.FromHours(zone));
            var entry = Entry.Next(Chain.Handoff, 1, new byte[32], Chain.OpId(0), Side.Placer, Chain.Anna, at, new StartedData("in_progress"));
            using var json = JsonDocument.Parse(entry.Bytes);
            Assert.That(json.RootElement.GetProperty("at").GetString(), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Name_the_side_as_the_semantics_do([Values] Side side)
    {
        var entry = Entry.Next(Chain.Handoff, 1, new byte[32], Chain.OpId(0), side, Chain.Anna, Chain.At, new StartedData("in_progress"));
        using var json = JsonDocument.Parse(entry.Bytes);
        Assert.That(json.RootElement.GetProperty("side").GetString(), Is.EqualTo(side switch { Side.Placer => "placer", Side.Fulfiller => "fulfiller", _ => "exchange" }));
    }

    [Property(MaxTest = 300)]
    public bool Read_back_as_what_was_said(NonNull<string> text)
    {
        var body = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
        var fresh = Chain.Of(new CommentedData(body, []))[0];
        var read = Chain.With(fresh);
        return ((CommentedData)read.Body.Data!).Body == body && ((CommentedData)fresh.Body.Data!).Body == body
            && read.Body.Salt == fresh.Body.Salt && read.Body.At == fresh.Body.At && read.Body.Actor == fresh.Body.Actor && read.Body.Side == fresh.Body.Side;
    }

    [Test]
    public void Do_not_travel_in_the_envelope()
    {
        var entry = Chain.Of(new CommentedData("CANARY", []))[0];
        var envelope = entry.ToEnvelope();
        Assert.That((envelope.Handoff, envelope.Seq, envelope.Type, envelope.Side), Is.EqualTo((Chain.Handoff.Value, 1L, "commented", "placer")));
        Assert.That(envelope.Hash, Is.EqualTo(entry.Hash));
        Assert.That(JsonSerializer.Serialize(envelope), Does.Not.Contain("CANARY"));
    }
}
