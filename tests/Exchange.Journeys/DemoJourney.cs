using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Exchange.Journeys;

/// <summary>What somebody finds who starts the exchange for the first time, and then a second time.</summary>
sealed partial class DemoJourney
{
    static readonly string[] States =
    [
        "offered", "accepted", "in_progress", "waiting_placer", "on_hold", "resolved", "closed", "declined", "recalled", "returned",
    ];

    static readonly (string Script, int From, int To)[] Scripts =
    [
        ("Latin", 'A', 'z'), ("Greek", 0x0370, 0x03ff), ("Cyrillic", 0x0400, 0x04ff), ("Hebrew", 0x0590, 0x05ff), ("Arabic", 0x0600, 0x06ff),
        ("Devanagari", 0x0900, 0x097f), ("Kana", 0x3040, 0x30ff), ("Han", 0x4e00, 0x9fff), ("Hangul", 0xac00, 0xd7a3), ("Emoji", 0x1f300, 0x1faff),
    ];

    ExchangeProcess exchange = null!;
    string firstLog = "";
    Desk[] firstDesks = [];
    Desk[] desks = [];

    [OneTimeSetUp]
    public async Task Start_twice()
    {
        exchange = await ExchangeProcess.Start(new Setup("--Exchange:Demo=true"));
        await Eventually.Holds("the first start has greeted", () => Task.FromResult(Greeted(exchange.Log())));
        firstLog = exchange.Log();
        firstDesks = await Desks(firstLog);
        await exchange.Stop();
        await exchange.StartAgain();
        await Eventually.Holds("the second start has greeted", () => Task.FromResult(Greeted(exchange.Log()[firstLog.Length..])));
        desks = await Desks(firstLog);
    }

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [Test]
    public void Three_companies_have_about_forty_tickets_of_their_own()
    {
        Assert.That(desks.Select(desk => desk.Name), Is.EqualTo(["Nordwind", "Brightfix", "Kolibri Service"]));
        Assert.That(desks.Select(desk => Own(desk).Count()), Has.All.GreaterThanOrEqualTo(8));
        Assert.That(desks.Sum(desk => Own(desk).Count()), Is.InRange(38, 50));
    }

    [Test]
    public void Every_state_that_the_commands_reach_occurs()
    {
        var handoffs = desks.SelectMany(desk => desk.Handoffs).DistinctBy(handoff => handoff.Need("id"), StringComparer.Ordinal).ToList();
        Assert.That(handoffs.Select(handoff => handoff.Need("state")).Distinct(StringComparer.Ordinal), Is.SupersetOf(States));
        Assert.That(handoffs, Has.Count.GreaterThanOrEqualTo(13));
        Assert.That(handoffs.Select(handoff => handoff.Number("reworkCount")), Has.Some.GreaterThan(0), "reworked");
        Assert.That(handoffs.Select(handoff => handoff.Text("parentId")), Has.Some.Not.Null, "handed on");
    }

    [Test]
    public void One_ticket_is_with_two_partners_and_each_desk_agrees_with_the_exchange()
    {
        var tickets = desks.SelectMany(desk => desk.Tickets).ToList();
        Assert.That(tickets.Select(ticket => Ties(ticket, "out").Count(tie => tie.Text("state") is "in_progress" or "on_hold")), Has.Some.EqualTo(2));
        var truth = desks.SelectMany(desk => desk.Handoffs).DistinctBy(h => h.Need("id"), StringComparer.Ordinal).ToDictionary(h => h.Need("id"), h => h.Need("state"), StringComparer.Ordinal);
        Assert.That(tickets.SelectMany(ticket => ticket.Items("handoffs")).Where(tie => tie.Need("state") != truth[tie.Need("id")]), Is.Empty);
    }

    [TestCase("new")]
    [TestCase("open")]
    [TestCase("waiting")]
    [TestCase("check")]
    [TestCase("resolved")]
    [TestCase("closed")]
    public void Some_tickets_stay_at_home_in_every_status(string status) =>
        Assert.That(desks.SelectMany(desk => desk.Tickets).Where(ticket => ticket.Items("handoffs").Count == 0 && ticket.Is("status", status)), Is.Not.Empty);

    [Test]
    public void The_subjects_are_written_in_many_scripts()
    {
        var runes = desks.SelectMany(desk => desk.Tickets).SelectMany(ticket => ticket.Need("subject").EnumerateRunes()).Select(rune => rune.Value).ToHashSet();
        var found = Scripts.Where(script => runes.Any(rune => rune >= script.From && rune <= script.To)).Select(script => script.Script);
        Assert.That(found.ToList(), Has.Count.GreaterThanOrEqualTo(8));
    }

    [Test]
    public async Task Every_file_becomes_available_and_is_what_its_name_says()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var desk in desks)
        {
            foreach (var ticket in desk.Tickets)
            {
                foreach (var file in await Available(desk.Company, ticket.Need("id")))
                {
                    var reply = (await desk.Company.Download(file.Need("id"))).Must(200);
                    Assert.That(Convert.ToHexStringLower(SHA256.HashData(reply.Bytes)), Is.EqualTo(file.Need("sha256")), file.Need("name"));
                    Assert.That(file.Need("contentType") is "application/pdf" ? PdfTrouble(reply.Bytes) : PngTrouble(reply.Bytes), Is.Null, file.Need("name"));
                    seen[$"{file.Need("contentType")} {file.Text("audience")}"] = seen.GetValueOrDefault($"{file.Need("contentType")} {file.Text("audience")}") + 1;
                }
            }
        }

        string[] kinds = ["application/pdf", "image/png"];
        Assert.That(seen.Keys, Is.SupersetOf(kinds.SelectMany(kind => new[] { $"{kind} internal", $"{kind} customer", $"{kind} partner" })));
    }

    [Test]
    public async Task Notes_and_keys_stand_in_no_log_line_and_no_note_in_another_desk()
    {
        var said = new List<(string Company, JsonNode Comment)>();
        foreach (var desk in desks)
        {
            foreach (var ticket in desk.Tickets)
            {
                said.AddRange((await desk.Company.Comments(ticket.Need("id"))).Select(comment => (desk.Name, comment)));
            }
        }

        var notes = said.Where(item => item.Comment.Is("audience", "internal")).Select(item => item.Comment.Need("body")).ToList();
        Assert.That(notes, Has.Count.GreaterThan(8));
        Assert.That(said.Where(item => item.Comment.Is("audience", "internal")).Where(note => said.Any(other =>
            other.Company != note.Company && other.Comment.Text("body") is { } body && body.Contains(note.Comment.Need("body"), StringComparison.Ordinal))), Is.Empty);
        var log = string.Join('\n', exchange.Log().Split('\n').Where(line => LogLine().IsMatch(line)));
        Assert.That(log, Is.Not.Empty);
        foreach (var secret in notes.Concat(desks.Select(desk => desk.Company.Key)))
        {
            Assert.That(log, Does.Not.Contain(secret));
        }

        Assert.That(said.Select(item => item.Comment.At("retracted")?.GetValue<bool>()), Has.Some.True, "one comment was retracted");
    }

    [Test]
    public void The_start_says_in_one_line_what_it_filled() =>
        Assert.That(Filled().Matches(firstLog).Select(match => match.Value), Is.EqualTo([string.Create(CultureInfo.InvariantCulture,
            $"Demo: 3 companies, {desks.Sum(desk => Own(desk).Count())} tickets, {desks.SelectMany(desk => desk.Handoffs).DistinctBy(h => h.Need("id"), StringComparer.Ordinal).Count()} handoffs")]));

    [Test]
    public void The_second_start_gives_the_same_keys_and_fills_nothing_again()
    {
        var secondLog = exchange.Log()[firstLog.Length..];
        Assert.That(Key().Matches(secondLog).Select(match => match.Groups["key"].Value), Is.EqualTo(desks.Select(desk => desk.Company.Key)));
        Assert.That(secondLog, Does.Not.Contain("Demo:"));
        Assert.That(desks.Select(Ids), Is.EqualTo(firstDesks.Select(Ids)));
    }

    [Test]
    public async Task Only_its_owner_can_read_the_file_with_the_keys() =>
        Assert.That((await Shell.Run("stat", ["-c", "%a", Path.Combine(exchange.Data, "demo-keys.json")])).Output.Trim(), Is.EqualTo("600"));

    [Test]
    public async Task Without_the_demo_there_is_nobody_and_no_key()
    {
        await using var empty = await ExchangeProcess.Start(new Setup("--Exchange:Demo=false"));
        await Eventually.Holds("it has greeted", () => Task.FromResult(Greeted(empty.Log())));
        Assert.That(Key().IsMatch(empty.Log()), Is.False, empty.Log());
        Assert.That(File.Exists(Path.Combine(empty.Data, "demo-keys.json")), Is.False);
        await Company.Nobody(empty).Post("accounts", new { name = "Nordwind", slug = "demo-nordwind" });
    }

    [Test]
    public async Task A_demo_that_was_left_half_filled_is_named_as_such_and_left_alone()
    {
        var data = Directory.CreateTempSubdirectory("exchange-half-demo-").FullName;
        await using (var before = await ExchangeProcess.Start(new Setup { Data = data }))
        {
            await Company.SignUp(before, "Nordwind");
        }

        // What a kill leaves behind that comes after the first account.
        await File.WriteAllTextAsync(Path.Combine(data, "demo-filling"), "");
        await using (var after = await ExchangeProcess.Start(new Setup("--Exchange:Demo=true") { Data = data }))
        {
            Assert.That(after.Log(), Does.Match("warn.*demo data is incomplete.*delete the folder").And.Contain(data));
            Assert.That(after.Log(), Does.Not.Contain("Demo:"));
        }

        Directory.Delete(data, recursive: true);
    }

    async Task<Desk[]> Desks(string log)
    {
        var found = new List<Desk>();
        foreach (Match key in Key().Matches(log))
        {
            var company = Company.WithKey(exchange, key.Groups["key"].Value);
            found.Add(new((await company.Get("account")).Need("name"), company, await company.All("tickets"), await company.All("handoffs")));
        }

        return [.. found];
    }

    static async Task<IReadOnlyList<JsonNode>> Available(Company company, string ticketId)
    {
        IReadOnlyList<JsonNode> files = [];
        await Eventually.Holds("every file is available", async () =>
        {
            files = await company.Files(ticketId);
            return files.FirstOrDefault(file => !file.Is("state", "available"))?.ToJsonString();
        });
        return files;
    }

    static string? Greeted(string log) => log.Contains("stop         Ctrl+C", StringComparison.Ordinal) ? null : log;

    static IEnumerable<JsonNode> Own(Desk desk) => desk.Tickets.Where(ticket => !Ties(ticket, "in").Any());

    static IEnumerable<JsonNode> Ties(JsonNode ticket, string direction) => ticket.Items("handoffs").Where(tie => tie.Is("direction", direction));

    static string Ids(Desk desk) => string.Join(' ', desk.Tickets.Concat(desk.Handoffs).Select(item => item.Need("id")));

    /// <summary>What a reader would stumble over: the table of objects has to point at each of them.</summary>
    static string? PdfTrouble(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        if (!text.StartsWith("%PDF-", StringComparison.Ordinal) || !text.EndsWith("%%EOF\n", StringComparison.Ordinal))
        {
            return "it does not begin and end as a PDF";
        }

        var table = int.Parse(StartOfTable().Match(text).Groups["at"].Value, CultureInfo.InvariantCulture);
        var entries = Entry().Matches(text[table..]).Select(entry => int.Parse(entry.Groups["at"].Value, CultureInfo.InvariantCulture)).ToList();
        var wrong = entries.Where((at, i) => !text[at..].StartsWith(string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n"), StringComparison.Ordinal)).ToList();
        return text[table..].StartsWith("xref\n", StringComparison.Ordinal) && entries.Count > 0 && wrong.Count == 0 ? null : $"its table is wrong: {text}";
    }

    static string? PngTrouble(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]))
        {
            return "it has no PNG signature";
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
        for (var at = 8; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (Encoding.ASCII.GetString(bytes, at + 4, 4) is "IDAT")
            {
                using var dots = new MemoryStream();
                using var zlib = new ZLibStream(new MemoryStream(bytes, at + 8, length), CompressionMode.Decompress);
                zlib.CopyTo(dots);
                return dots.Length == height * (width + 1) ? null : "its dots are too few or too many";
            }

            at += length + 12;
        }

        return "it has no dots";
    }

    [GeneratedRegex(@"\bkey\s+(?<key>tx_\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT", RegexOptions.None, 1000)]
    private static partial Regex LogLine();

    [GeneratedRegex(@"Demo: \d+ companies, \d+ tickets, \d+ handoffs", RegexOptions.None, 1000)]
    private static partial Regex Filled();

    [GeneratedRegex(@"startxref\n(?<at>\d+)\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StartOfTable();

    [GeneratedRegex(@"^(?<at>\d{10}) 00000 n $", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Entry();

    sealed record Desk(string Name, Company Company, IReadOnlyList<JsonNode> Tickets, IReadOnlyList<JsonNode> Handoffs);
}
