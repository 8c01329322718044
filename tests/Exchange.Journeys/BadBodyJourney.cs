using System.Net.Http.Headers;
using System.Text;

namespace Exchange.Journeys;

/// <summary>Bodies, fields and parameters that are not what the API asks for.</summary>
sealed class BadBodyJourney
{
    const int OneHundredMegabytes = 100 * 1024 * 1024;

    ExchangeProcess exchange = null!;
    Scene scene = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        exchange = await ExchangeProcess.Start();
        scene = await Scene.Linked(exchange);
    }

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    // Bytes

    [TestCase(false, TestName = "A_body_of_100_MB_with_its_length_is_too_large")]
    [TestCase(true, TestName = "A_body_of_100_MB_in_chunks_is_too_large")]
    public async Task A_body_of_100_MB_is_too_large(bool chunked)
    {
        var company = await Company.SignUp(exchange, "Huge");
        var start = "{\"subject\":\""u8.ToArray();
        (await RawHttp.Post(exchange, company, "tickets", "application/json", OneHundredMegabytes, chunked, start)).Refused(413, "too-large");
        Assert.That(await company.All("tickets"), Is.Empty);
        await company.OpenTicket(new { subject = "It goes on serving" });
    }

    [Test]
    public async Task Bytes_that_are_not_UTF_8_are_malformed()
    {
        var company = await Company.SignUp(exchange, "Bytes");
        foreach (var bytes in new byte[][]
        {
            [.. "{\"subject\":\""u8, 0xff, 0xfe, .. "\"}"u8],
            [.. "{\"subject\":\""u8, 0xc3, .. "\"}"u8],
            [.. "{\"subject\":\""u8, 0xed, 0xa0, 0x80, .. "\"}"u8],
            [.. "{\"subject\":\""u8, 0xc0, 0xaf, .. "\"}"u8],
            [0xff, 0xfe, .. Encoding.Unicode.GetBytes("{\"subject\":\"x\"}")],
        })
        {
            (await company.Tell("tickets", Bytes(bytes))).Refused(400, "malformed");
        }

        (await company.Tell("tickets", Bytes("{\"subject\":\"\\ud800\"}"u8.ToArray()))).Must(400);
        Assert.That(await company.All("tickets"), Is.Empty);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{\"subject\":")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"subject\"")]
    [TestCase("{\"subject\":\"a\"}{\"subject\":\"b\"}")]
    [TestCase("<ticket/>")]
    public async Task A_body_that_is_not_the_JSON_asked_for_is_refused(string body)
    {
        var refused = (await scene.Nordwind.Tell("tickets", Bytes(Encoding.UTF8.GetBytes(body)))).Must(400);
        Assert.That(refused.Code, Is.AnyOf("malformed", "validation"), refused.ToString());
    }

    [Test]
    public async Task JSON_nested_a_hundred_thousand_deep_is_malformed()
    {
        var deep = $"{{\"subject\":{new string('[', 100_000)}{new string(']', 100_000)}}}";
        Assert.That((await scene.Nordwind.Tell("tickets", Bytes(Encoding.UTF8.GetBytes(deep)))).Must(400).Code, Is.AnyOf("malformed", "validation"));
    }

    [Test]
    public async Task A_body_of_another_type_is_refused_as_a_client_error()
    {
        var refused = await scene.Nordwind.Tell("tickets", new StringContent("subject=Hello", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.That(refused.Status, Is.AnyOf(400, 415), refused.ToString());
    }

    [Test]
    public async Task U_0000_is_stripped_wherever_text_comes_in()
    {
        var ticket = await scene.Nordwind.OpenTicket(new { subject = "be\0lt\0", description = "\0hums", contact = new { name = "A\0da" } });
        Assert.That((ticket.Text("subject"), ticket.Text("description"), ticket.Text("contact.name")), Is.EqualTo(("belt", "hums", "Ada")));
        var shared = await scene.Accepted("nul\0l");
        var comment = await scene.Nordwind.Say(shared.HandoffId, "o\0ne");
        Assert.That(comment.Text("body"), Is.EqualTo("one"));
        await scene.Brightfix.Do(shared.HandoffId, "start");
        await scene.Brightfix.Do(shared.HandoffId, "ask", new { question = "wh\0y?" });
        foreach (var entry in await scene.Brightfix.Entries(shared.HandoffId))
        {
            // Not Does.Contain: by culture, U+0000 is in every text.
            var body = Canaries.Decoded(entry);
            Assert.That(body.Contains('\0', StringComparison.Ordinal) || body.Contains("\\u0000", StringComparison.Ordinal), Is.False, body);
        }

        (await scene.Nordwind.Tell("tickets", new { subject = "\0\0" })).RefusedFor("subject");
        (await scene.Nordwind.Tell($"handoffs/{shared.HandoffId}/comments", new { body = "\0" })).RefusedFor("body");
    }

    [Test]
    public async Task Text_of_every_script_comes_back_as_it_went_in()
    {
        const string every = "Grüße, 回答, عربى, हिन्दी, 👩‍🔧, \u200bzero, <b>bold</b>";
        var shared = await scene.Accepted(every);
        Assert.That((await scene.Brightfix.Ticket(shared.MirrorId)).Text("subject"), Is.EqualTo(every));
    }

    // Fields

    [Test]
    public async Task Validation_names_the_field()
    {
        var (ticket, shared) = ((await scene.Nordwind.OpenTicket(new { subject = "Fields" })).Need("id"), await scene.InProgress());
        (Company Who, string Path, object Body, string Field)[] asks =
        [
            (Company.Nobody(exchange), "accounts", new { slug = Company.Slug("x") }, "name"),
            (Company.Nobody(exchange), "accounts", new { name = "X", slug = "Not a slug!" }, "slug"),
            (Company.Nobody(exchange), "accounts", new { name = "X", slug = Company.Slug("x"), timeZone = "Moon/Base" }, "timeZone"),
            (scene.Nordwind, "tickets", new { }, "subject"),
            (scene.Nordwind, "tickets", new { subject = " " }, "subject"),
            (scene.Nordwind, "tickets", new { subject = new string('x', 100_000) }, "subject"),
            (scene.Nordwind, "tickets", new { subject = "x", priority = "sky" }, "priority"),
            (scene.Nordwind, $"tickets/{ticket}/comments", new { }, "body"),
            (scene.Nordwind, $"tickets/{ticket}/comments", new { body = "x", audience = "everyone" }, "audience"),
            (scene.Nordwind, $"handoffs/{shared.HandoffId}/comments", new { body = "" }, "body"),
            (scene.Brightfix, $"handoffs/{shared.HandoffId}/ask", new { }, "question"),
            (scene.Brightfix, $"handoffs/{shared.HandoffId}/hold", new { }, "reason"),
            (scene.Brightfix, $"handoffs/{shared.HandoffId}/hold", new { reason = "lunch" }, "reason"),
            (scene.Brightfix, $"handoffs/{shared.HandoffId}/return", new { reason = "bored" }, "reason"),
            (scene.Brightfix, $"handoffs/{shared.HandoffId}/resolve", new { minutes = 5 }, "solution"),
            (scene.Brightfix, $"handoffs/{shared.HandoffId}/resolve", new { solution = "x", minutes = -1 }, "minutes"),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (var (who, path, body, field) in asks)
            {
                Assert.That((await who.Tell(path, body)).Problem(field), Is.Null);
            }

            var contact = (await scene.Nordwind.Tell("tickets", new { subject = "x", contact = new { email = "a@b.example" } })).Refused(400, "validation");
            Assert.That(contact.Json.At("errors")!.ToJsonString(), Does.Contain("contact"));
            Assert.That((await scene.Nordwind.Change($"tickets/{ticket}", new { status = "asleep" })).Problem("status"), Is.Null);
            Assert.That((await scene.Nordwind.Change($"tickets/{ticket}", new { priority = 7 })).Code, Is.AnyOf("validation", "malformed"));
            Assert.That((await scene.Nordwind.Tell($"tickets/{ticket}/handoffs", new { linkId = scene.LinkId, acceptBy = "yesterday" })).Code, Is.AnyOf("validation", "malformed"));
        }

        Assert.That((await scene.Brightfix.Handoff(shared.HandoffId)).Text("state"), Is.EqualTo("in_progress"), "nothing half done");
    }

    [Test]
    public async Task A_slug_is_taken_once()
    {
        var slug = Company.Slug("Taken");
        await Company.Nobody(exchange).Post("accounts", new { name = "First", slug });
        var refused = await Company.Nobody(exchange).Tell("accounts", new { name = "Second", slug });
        Assert.That(refused.Status, Is.AnyOf(400, 409), refused.ToString());
        Assert.That(refused.Body, Does.Contain("slug"));
    }

    // Parameters

    [TestCase("tickets")]
    [TestCase("handoffs")]
    [TestCase("links")]
    public async Task A_page_size_out_of_bounds_or_a_garbage_cursor_is_refused_by_name(string list)
    {
        foreach (var limit in new[] { "0", "201", "abc", "-1", "99999999999999999999", "1.5" })
        {
            (await scene.Nordwind.Ask($"{list}?limit={limit}")).RefusedFor("limit");
        }

        foreach (var after in new[] { "garbage", "%F0%9F%92%A9", "AAAA", "..%2F..", "1%27%20OR%201=1" })
        {
            (await scene.Nordwind.Ask($"{list}?after={after}")).RefusedFor("after");
        }

        await scene.Nordwind.Get($"{list}?limit=1");
        await scene.Nordwind.Get($"{list}?limit=200");
    }

    [Test]
    public async Task Filters_take_only_words_that_exist()
    {
        (await scene.Nordwind.Ask("tickets?status=asleep")).RefusedFor("status");
        (await scene.Nordwind.Ask("handoffs?direction=sideways")).RefusedFor("direction");
        (await scene.Nordwind.Ask("handoffs?state=lost")).RefusedFor("state");
        foreach (var hostile in new[] { "%25", "_", "'", "\"", "*", "a%20OR%201=1", "%00", new string('q', 2000) })
        {
            Assert.That((await scene.Nordwind.Ask($"tickets?q={hostile}")).Status, Is.AnyOf(200, 400), hostile);
        }
    }

    [Test]
    public async Task Pages_by_a_cursor_give_everything_once()
    {
        var company = await Company.SignUp(exchange, "Pages");
        for (var i = 0; i < 7; i++)
        {
            await company.OpenTicket(new { subject = $"Ticket {i}" });
        }

        var byThree = (await company.All("tickets", limit: 3)).Select(ticket => ticket.Text("subject"));
        Assert.That(byThree, Is.EqualTo(Enumerable.Range(0, 7).Reverse().Select(i => $"Ticket {i}")), "newest first");
    }

    static ByteArrayContent Bytes(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
