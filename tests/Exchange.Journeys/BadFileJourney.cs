using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Exchange.Journeys;

/// <summary>Files cut off, too large, or under names that try to be something else.</summary>
sealed class BadFileJourney
{
    const int Largest = 1_000_000;
    const string FormType = "multipart/form-data; boundary=cut-here";

    ExchangeProcess exchange = null!;
    Company nordwind = null!;
    string ticketId = "";

    [OneTimeSetUp]
    public async Task Start() => exchange = await ExchangeProcess.Start(new Setup(string.Create(CultureInfo.InvariantCulture, $"--Exchange:Files:MaxBytes={Largest}")));

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [SetUp]
    public async Task Open_a_ticket()
    {
        nordwind = await Company.SignUp(exchange, "Nordwind");
        ticketId = (await nordwind.OpenTicket(new { subject = "Files" })).Need("id");
        await nordwind.Upload(ticketId, new Upload("first.bin", [1, 2, 3]));
    }

    // Cut off

    [TestCase(600_000, true, TestName = "An_upload_reset_in_the_middle_leaves_nothing")]
    [TestCase(600_000, false, TestName = "An_upload_ended_in_the_middle_leaves_nothing")]
    [TestCase(-1, true, TestName = "A_chunked_upload_reset_in_the_middle_leaves_nothing")]
    [TestCase(-1, false, TestName = "A_chunked_upload_ended_in_the_middle_leaves_nothing")]
    public async Task An_upload_cut_off_leaves_nothing(long promised, bool reset)
    {
        var before = exchange.StoredFiles();
        for (var i = 0; i < 5; i++)
        {
            await RawHttp.PostCutOff(exchange, nordwind, $"tickets/{ticketId}/files", FormType, promised, Part("cut.bin", 300_000, closed: false), reset);
        }

        await nordwind.Get("account");
        await OnlyTheFirstIsThere(before);
        await nordwind.Upload(ticketId, new Upload("whole.bin", Upload.Noise(300_000, 3)));
        Assert.That((await nordwind.Files(ticketId)).Select(file => file.Text("name")), Is.EquivalentTo(new[] { "first.bin", "whole.bin" }));
        Assert.That(exchange.StoredFiles(), Has.Count.EqualTo(before.Count + 1));
    }

    [Test]
    public async Task A_form_without_its_end_is_refused_although_its_length_is_right()
    {
        var before = exchange.StoredFiles();
        var refused = (await nordwind.Tell($"tickets/{ticketId}/files", Form(Part("open.bin", 100_000, closed: false)))).Must(400);
        Assert.That(refused.Code, Is.AnyOf("malformed", "validation"), refused.ToString());
        await OnlyTheFirstIsThere(before);
    }

    [Test]
    public async Task A_form_without_a_file_names_the_file()
    {
        (await nordwind.Tell($"tickets/{ticketId}/files", Form("--cut-here\r\nContent-Disposition: form-data; name=\"audience\"\r\n\r\ninternal\r\n--cut-here--\r\n"u8.ToArray()))).RefusedFor("file");
        Assert.That((await nordwind.Tell($"tickets/{ticketId}/files", new { file = "x" })).Status, Is.AnyOf(400, 415));
        Assert.That((await nordwind.Tell($"tickets/{ticketId}/files", Form("no form at all"u8.ToArray()))).Must(400).Code, Is.AnyOf("malformed", "validation"));
        var before = exchange.StoredFiles();
        (await nordwind.TryUpload(ticketId, new Upload("a.bin", [1], Audience: "everyone"))).RefusedFor("audience");
        (await nordwind.TryUpload(ticketId, new Upload("a.bin", [1], Audience: "everyone") { FileFirst = true })).RefusedFor("audience");
        await OnlyTheFirstIsThere(before);
    }

    // Too large

    [Test]
    public async Task A_file_over_the_limit_is_too_large_and_one_at_the_limit_is_not()
    {
        var before = exchange.StoredFiles();
        (await nordwind.TryUpload(ticketId, new Upload("over.bin", Upload.Noise(Largest + 1, 4)))).Refused(413, "file-too-large");
        (await nordwind.TryUpload(ticketId, new Upload("over.bin", Upload.Noise(Largest + 1, 4)) { FileFirst = true, Audience = "internal" })).Refused(413, "file-too-large");
        await OnlyTheFirstIsThere(before);
        var most = new Upload("most.bin", Upload.Noise(Largest, 5));
        Assert.That((await nordwind.Upload(ticketId, most)).Text("sha256"), Is.EqualTo(most.Sha256));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_file_of_100_MB_is_refused_while_it_streams(bool chunked)
    {
        var before = exchange.StoredFiles();
        var refused = await RawHttp.Post(exchange, nordwind, $"tickets/{ticketId}/files", FormType, 100 * 1024 * 1024, chunked, Part("huge.bin", 1000, closed: false));
        Assert.That(refused.Must(413).Code, Is.AnyOf("file-too-large", "too-large"));
        await OnlyTheFirstIsThere(before);
    }

    // Names

    [TestCase("../../x")]
    [TestCase(@"..\..\x")]
    [TestCase("/etc/passwd")]
    [TestCase(@"C:\Windows\x.ini")]
    [TestCase("..")]
    [TestCase(".")]
    [TestCase("a/b/../../../x")]
    [TestCase("x\u0000.pdf", TestName = "A_name_with_U_0000_is_only_a_name")]
    [TestCase("x\r\nX-Evil: 1\r\n\r\n<script>", TestName = "A_name_with_line_ends_is_only_a_name")]
    [TestCase("x\u0001\u001b[31m.txt", TestName = "A_name_with_control_characters_is_only_a_name")]
    [TestCase("say \"hi\"; filename=evil.exe")]
    [TestCase("\u202Efdp.exe", TestName = "A_name_that_reads_backwards_is_only_a_name")]
    [TestCase("Grüße, 回答 👩‍🔧.pdf")]
    [TestCase("CON")]
    [TestCase(" ")]
    [TestCase("%2e%2e%2fx")]
    public async Task A_name_is_only_a_name(string name)
    {
        await IsSafe(name);
    }

    [Test]
    public async Task A_very_long_name_is_shortened_or_refused()
    {
        await IsSafe(new string('n', 5000) + ".pdf");
    }

    [Test]
    public async Task A_page_that_calls_itself_an_image_is_downloaded_and_never_shown()
    {
        var page = new Upload("photo.png", "<html><script>alert(1)</script></html>"u8.ToArray(), ContentType: "text/html");
        var file = await nordwind.Upload(ticketId, page);
        var download = (await nordwind.Download(file.Need("id"))).Must(200);
        Assert.That(download.Header("Content-Disposition"), Does.StartWith("attachment"));
        Assert.That(download.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
    }

    [TestCase("bytes=900-", 206)]
    [TestCase("bytes=-10", 206)]
    [TestCase("bytes=0-0", 206)]
    [TestCase("bytes=5000-", 416)]
    public async Task A_range_is_given_as_asked_or_not_satisfiable(string range, int status)
    {
        var upload = new Upload("range.bin", Upload.Noise(1000, 6));
        var file = await nordwind.Upload(ticketId, upload);
        using var request = nordwind.Request(HttpMethod.Get, $"files/{file.Need("id")}/content");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await exchange.Http.SendAsync(request);
        var part = (await Reply.From(answer)).Must(status);
        if (status == 206)
        {
            Assert.That(part.Bytes, Is.EqualTo(range switch { "bytes=900-" => upload.Content[900..], "bytes=-10" => upload.Content[^10..], _ => upload.Content[..1] }));
        }
    }

    async Task IsSafe(string name)
    {
        var outside = Directory.GetFileSystemEntries(exchange.Folder).Length;
        var answer = await nordwind.Tell($"tickets/{ticketId}/files", FormNamed(name));
        if (answer.Status == 400)
        {
            Assert.That(answer.Code, Is.AnyOf("validation", "malformed"), answer.ToString());
            return;
        }

        var file = answer.Must(201).Json;
        var kept = file.Need("name");
        Assert.That(kept, Is.Not.Empty.And.Not.EqualTo(".").And.Not.EqualTo(".."));
        Assert.That(kept, Has.Length.LessThanOrEqualTo(255));
        Assert.That(kept.Where(c => c is '/' or '\\' || char.IsControl(c)), Is.Empty, kept);
        Assert.That(kept.Where(c => c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069'), Is.Empty, "a name that reads backwards hides what it is");

        var download = (await nordwind.Download(file.Need("id"))).Must(200);
        Assert.That(Encoding.UTF8.GetString(download.Bytes), Is.EqualTo("content"));
        Assert.That(download.Headers.Keys, Does.Not.Contain("X-Evil"));
        Assert.That(ContentDispositionHeaderValue.TryParse(download.Header("Content-Disposition"), out var disposition), Is.True, download.Header("Content-Disposition"));
        Assert.That(disposition!.DispositionType, Is.EqualTo("attachment"));
        var offered = disposition.FileNameStar ?? disposition.FileName?.Trim('"') ?? "";
        Assert.That(offered.Where(c => c is '/' or '\\' || char.IsControl(c)), Is.Empty, offered);
        Assert.That(Directory.GetFileSystemEntries(exchange.Folder), Has.Length.EqualTo(outside), "nothing is written beside the data folder");
        Assert.That(exchange.StoredFiles().Where(stored => stored.Contains("passwd", StringComparison.Ordinal) || stored.StartsWith('x')), Is.Empty, "names are no paths");
    }

    async Task OnlyTheFirstIsThere(IReadOnlyList<string> stored)
    {
        await Eventually.Holds("no bytes of it are left", () => Task.FromResult(
            exchange.StoredFiles().SequenceEqual(stored, StringComparer.Ordinal) ? null : string.Join(", ", exchange.StoredFiles().Except(stored, StringComparer.Ordinal))));
        Assert.That((await nordwind.Files(ticketId)).Select(file => file.Text("name")), Is.EqualTo(new[] { "first.bin" }));
    }

    static byte[] Part(string name, int size, bool closed) =>
    [
        .. Encoding.UTF8.GetBytes($"--cut-here\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"),
        .. Upload.Noise(size, size),
        .. closed ? "\r\n--cut-here--\r\n"u8.ToArray() : [],
    ];

    /// <summary>The name as it is, as browsers and curl send it (quotes and line ends escaped), and once more as filename*.</summary>
    static ByteArrayContent FormNamed(string name)
    {
        var quoted = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        var form = $"--cut-here\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{quoted}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}\r\n\r\ncontent\r\n--cut-here--\r\n";
        return Form(Encoding.UTF8.GetBytes(form));
    }

    static ByteArrayContent Form(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", FormType);
        return content;
    }
}
